import type { ParseArgsOptionsConfig } from 'node:util'
import type { Language, Say, TextKey } from '#shared/texts/index.ts'

/** How a command ended, as the shell sees it. */
export const exit = {
  done: 0,
  /** Refused; what was said tells why. */
  refused: 1,
  /** Two answers beside 0 are free for a command: see its help. */
  undetermined: 2,
  wrongUse: 64,
  unreadable: 65,
  accident: 70
} as const

/** One subcommand of ./kopa: a file of this folder, named like it, that exports `command`. */
export type Command = {
  name: string
  /** What follows the name, such as 'FILE [--replace]'. */
  usage: string
  /** One line for the list of commands. */
  summary: TextKey
  /** What it does, its options and exit statuses. */
  help: TextKey
  /** Its options besides --help, --lang and --json. */
  options: ParseArgsOptionsConfig
  /** How many arguments it takes besides options. */
  arguments: { least: number; most: number }
  /** @returns the exit status */
  run: (call: Call) => Promise<number>
}

/** What the person asked for. */
export type Call = {
  arguments: string[]
  options: Record<string, string | boolean | (string | boolean)[] | undefined>
  json: boolean
  language: Language
  t: Say
  /** A line for the person or the machine that called. */
  write: (line: string) => void
  /** A line about what went wrong, or how far it is. */
  remark: (line: string) => void
}
