import type { Account } from '#shared/design/reader.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { Reason } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { App as Installation } from './app.ts'

declare global {
  namespace App {
    interface Locals {
      /** The installation that actions and reads work in. */
      app: Installation
      /** The language of the page: that of the address, else the one the browser asks for. */
      language: Language
      /** Who asks for the page. */
      caller: Caller
    }
    interface Error {
      /** Names the accident in the log, so that it can be quoted and found. */
      reference?: string
      /** Why the page is not shown, when somebody may see it and this reader may not. */
      refused?: Reason
      /** With other-role: the role to switch to. */
      role?: string
    }
    interface PageData {
      language: Language
      /** Who is signed in, for the head of the page. */
      account: Account | undefined
      /** Whether this installation only shows Kopā: every page says so. */
      demonstration: boolean
      /** Says the texts of the shell; pages load their own namespaces beside it. No server load gives it. */
      t?: Say<KeysOf<'site'>>
    }
  }
}
