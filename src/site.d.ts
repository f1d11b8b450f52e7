import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { App as Installation } from './app.ts'

declare global {
  namespace App {
    interface Locals {
      /** The installation that actions and reads work in. */
      app: Installation
      /** The language of the page: that of the address, else the one the browser asks for. */
      language: Language
    }
    interface Error {
      /** Names the accident in the log, so that it can be quoted and found. */
      reference?: string
    }
    interface PageData {
      language: Language
      /** Says the texts of the shell; pages load their own namespaces beside it. */
      t: Say<KeysOf<'site'>>
    }
  }
}
