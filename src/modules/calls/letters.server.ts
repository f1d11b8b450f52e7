import type { Mail, MailHref } from '#shared/mail/index.ts'
import { type Language, formatInstant, texts } from '#shared/texts/index.ts'
import { inLanguageOf } from './call.ts'
import type { ListedCall } from './catalogue.ts'
import type { CorrigendumSaid } from './corrigendum-said.server.ts'

/** Where a mail goes, in which language, and how its reader stops more of them. */
export type Recipient = { to: string; language: Language; person: string | undefined; key: string }

/** Somebody asks with an address to be told: the link confirms that it is theirs. */
export function confirmLetter({ to, language, key }: Recipient, what: string): Mail {
  const t = texts(language)
  return {
    to,
    language,
    kind: 'calls.confirm-watch',
    subject: t('calls.letter.confirm.subject'),
    paragraphs: [t('calls.letter.confirm.asked', { what }), t('calls.letter.confirm.not-you')],
    link: { label: t('calls.letter.confirm.link'), href: watchPage(language, key) }
  }
}

/** A call was published that fits what somebody looks for. */
export function newCallLetter(recipient: Recipient, call: ListedCall, body: string): Mail {
  const { language } = recipient
  const t = texts(language)
  const title = inLanguageOf(call.card.title, language)
  return {
    ...common(recipient, 'calls.new-call'),
    subject: t('calls.letter.new.subject', { title }),
    paragraphs: [t('calls.letter.new.published', { title, body }), { items: whenOf(call, language) }],
    link: { label: t('calls.letter.see'), href: callPage(language, call.code) }
  }
}

/** A corrigendum of a call was published. */
export function corrigendumLetter(recipient: Recipient, { call, number, words }: CorrigendumSaid): Mail {
  const { language } = recipient
  const t = texts(language)
  const { title, reason, changes, effects } = words[language]
  return {
    ...common(recipient, 'calls.corrigendum'),
    subject: t('calls.letter.corrigendum.subject', { number, title }),
    paragraphs: [
      t('calls.letter.corrigendum.published', { number, title }),
      t('calls.letter.corrigendum.reason', { reason }),
      { items: changes },
      { items: effects },
      { items: whenOf(call, language) }
    ],
    link: { label: t('calls.letter.see'), href: `${callPage(language, call.code)}#corrigendum-${number}` }
  }
}

/** A deadline is near. Worth nothing after it. */
export function reminderLetter(recipient: Recipient, call: ListedCall, days: number): Mail {
  const { language } = recipient
  const t = texts(language)
  const title = inLanguageOf(call.card.title, language)
  return {
    ...common(recipient, 'calls.reminder'),
    subject: t('calls.letter.reminder.subject', { days, title }),
    paragraphs: [
      t('calls.letter.reminder.near', { title, deadline: formatInstant(call.closesAt.toString(), language) })
    ],
    link: { label: t('calls.letter.see'), href: callPage(language, call.code) },
    worthlessAfter: call.closesAt
  }
}

function common({ to, language, person, key }: Recipient, kind: string) {
  return {
    to,
    language,
    kind,
    ...(person && { person }),
    unsubscribe: {
      href: watchPage(language, key),
      oneClick: `/api/v1/calls/watches/${key}/stop` as MailHref
    }
  }
}

function whenOf(call: ListedCall, language: Language): string[] {
  const t = texts(language)
  return [
    `${t('calls.opens')}: ${formatInstant(call.opensAt.toString(), language)}`,
    `${t('calls.deadline')}: ${formatInstant(call.closesAt.toString(), language)}`
  ]
}

function callPage(language: Language, code: string): MailHref {
  return `/${language}/calls/${code}`
}

/** Where somebody confirms or stops what they follow. */
export function watchPage(language: Language, key: string): MailHref {
  return `/${language}/calls/watches/${key}`
}
