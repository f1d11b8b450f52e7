import type { Messages, Namespace } from '#generated/texts/messages.ts'

export type { Namespace }

/** The languages that are always complete; an address begins with one of them. */
export const languages = ['lv', 'en'] as const

export type Language = (typeof languages)[number]

/** The language of somebody who did not say which. */
export const defaultLanguage: Language = 'lv'

/** True for a language that Kopā speaks. */
export function isLanguage(value: unknown): value is Language {
  return (languages as readonly unknown[]).includes(value)
}

/** The other language, for the switch in the header. */
export function otherLanguage(language: Language): Language {
  return language === 'lv' ? 'en' : 'lv'
}

/** Every key of texts/, as namespace.key. */
export type TextKey = keyof Messages & string

/** The keys of some namespaces (files of texts/<language>/). */
export type KeysOf<Names extends Namespace> = Extract<TextKey, `${Names}.${string}`>

/** What a text needs beside its key: nothing, or one object with its placeholders. */
export type ArgumentsOf<Key extends TextKey> = keyof Messages[Key] extends never ? [] : [args: Messages[Key]]

/** Says a text in one language: t('site.languages', { count: 2 }). Keys and arguments are checked by the compiler. */
export type Say<Keys extends TextKey = TextKey> = <Key extends Keys>(
  key: Key,
  ...args: ArgumentsOf<Key>
) => string
