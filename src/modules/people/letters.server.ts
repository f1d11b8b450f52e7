import type { Temporal } from 'temporal-polyfill'
import type { Mail, MailHref } from '#shared/mail/index.ts'
import { type Language, type TextKey, texts } from '#shared/texts/index.ts'
import { linkHours } from './links.server.ts'
import type { Person } from './persons.server.ts'

/** The mails about accounts. None says more to a stranger who gets it by mistake than that somebody typed the address. */

/** A link just made, for its letter. */
type Made = { secret: string; expires: Temporal.Instant }

/** Where a link leads. What opens it stands behind the “?”, which no log keeps. */
export const linkPath = {
  'sign-up': 'sign-up/finish',
  password: 'sign-in/password',
  'new-address': 'people/address',
  'old-address': 'people/address-back'
} as const

function hrefOf(opens: keyof typeof linkPath, language: Language, secret: string): MailHref {
  return `/${language}/${linkPath[opens]}?link=${secret}`
}

/** Why somebody gets a link: what was asked for, and whether there is an account with the address. */
export type Asked = 'account' | 'password'

/** Answers who asked for an account or for a new password, whether or not there is an account already. */
export function linkLetter(
  asked: Asked,
  to: { email: string; language: Language; person?: string },
  made: Made
): Mail {
  const t = texts(to.language)
  const opens = to.person ? 'password' : 'sign-up'
  const [about, label] = {
    'account sign-up': ['sign-up', t('people.mail.sign-up.link')] as const,
    'account password': ['already', t('people.mail.already.link')] as const,
    'password password': ['password', t('people.mail.password.link')] as const,
    'password sign-up': ['no-account', t('people.mail.no-account.link')] as const
  }[`${asked} ${opens}` as const]
  return {
    to: to.email,
    language: to.language,
    kind: 'people.' + about,
    subject: t(`people.mail.${about}.subject`),
    paragraphs: [
      t(`people.mail.${about}.text`),
      t('people.mail.link-lasts', { hours: linkHours[opens] }),
      t(`people.mail.${about}.not-you`)
    ],
    link: { label, href: hrefOf(opens, to.language, made.secret) },
    ...(to.person && { person: to.person }),
    opens: 'account',
    worthlessAfter: made.expires
  }
}

/** To the new address: whoever reads it confirms it. Without a name: whose address it is, is not known yet. */
export function newAddressLetter(person: Person, email: string, made: Made): Mail {
  const t = texts(person.language)
  return {
    ...to(person),
    to: email,
    kind: 'people.new-address',
    subject: t('people.mail.new-address.subject'),
    paragraphs: [
      t('people.mail.new-address.text'),
      t('people.mail.link-lasts', { hours: linkHours['new-address'] }),
      t('people.mail.new-address.not-you')
    ],
    link: {
      label: t('people.mail.new-address.link'),
      href: hrefOf('new-address', person.language, made.secret)
    },
    opens: 'account',
    worthlessAfter: made.expires
  }
}

/** To the address that holds so far: a change was asked for. */
export function addressAskedLetter(person: Person, email: string): Mail {
  const t = texts(person.language)
  return {
    ...to(person),
    kind: 'people.address-asked',
    subject: t('people.mail.address-asked.subject'),
    paragraphs: [t('people.mail.address-asked.text', { email }), t('people.mail.not-you')],
    link: { label: t('people.mail.not-you-link'), href: forgottenHref(person) }
  }
}

/** To the address that held: it was changed, and can be changed back. */
export function addressChangedLetter(person: Person, oldAddress: string, made: Made): Mail {
  const t = texts(person.language)
  return {
    ...to(person),
    to: oldAddress,
    kind: 'people.address-changed',
    subject: t('people.mail.address-changed.subject'),
    paragraphs: [
      t('people.mail.address-changed.text', { email: person.email }),
      t('people.mail.address-changed.not-you', { days: linkHours['old-address'] / 24 })
    ],
    link: {
      label: t('people.mail.address-changed.link'),
      href: hrefOf('old-address', person.language, made.secret)
    },
    opens: 'account'
  }
}

/** What changed about how somebody signs in. */
export type Change =
  | 'password-changed'
  | 'codes-added'
  | 'codes-removed'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'passkey-added'
  | 'passkey-removed'
  | 'provider-linked'
  | 'provider-unlinked'
  | 'token-made'
  | 'address-restored'

/** Tells somebody that how they sign in has changed, in case it was not they. @param named what it is called */
export function changeLetter(person: Person, change: Change, named = ''): Mail {
  const t = texts(person.language)
  return {
    ...to(person),
    kind: 'people.' + change,
    subject: t('people.mail.change.subject'),
    paragraphs: [
      (t as (key: TextKey, args: object) => string)(`people.mail.change.${change}`, { named }),
      t('people.mail.not-you')
    ],
    link: { label: t('people.mail.not-you-link'), href: forgottenHref(person) }
  }
}

/** Tells somebody of a role that an administrator gave them. */
export function roleLetter(person: Person, role: 'expert' | 'administrator'): Mail {
  const t = texts(person.language)
  return {
    ...to(person),
    kind: 'people.role-given',
    subject: t('people.mail.role.subject'),
    paragraphs: [t(`people.mail.role.${role}`), t('people.mail.role.switch')],
    link: { label: t('people.mail.role.link'), href: `/${person.language}/people/account` }
  }
}

/** Tells somebody that they were signed in where they had not been before. */
export function newDeviceLetter(person: Person, device: string): Mail {
  const t = texts(person.language)
  return {
    ...to(person),
    kind: 'people.new-device',
    subject: t('people.mail.new-device.subject'),
    paragraphs: [
      device ? t('people.mail.new-device.text', { device }) : t('people.mail.new-device.unnamed'),
      t('people.mail.not-you')
    ],
    link: { label: t('people.mail.not-you-link'), href: forgottenHref(person) }
  }
}

/** Warns somebody whose password was right, but whose second factor was guessed at. */
export function guessingLetter(person: Person): Mail {
  const t = texts(person.language)
  return {
    ...to(person),
    kind: 'people.guessing',
    subject: t('people.mail.guessing.subject'),
    paragraphs: [t('people.mail.guessing.text')],
    link: { label: t('people.mail.not-you-link'), href: forgottenHref(person) }
  }
}

/** The last mail: the account is erased. Belongs to nobody any more. */
export function erasedLetter(person: Person): Mail {
  const t = texts(person.language)
  return {
    to: person.email,
    language: person.language,
    kind: 'people.erased',
    subject: t('people.mail.erased.subject'),
    paragraphs: [t('people.mail.erased.text')]
  }
}

function to(person: Person): Pick<Mail, 'to' | 'language' | 'person'> {
  return { to: person.email, language: person.language, person: person.id }
}

function forgottenHref({ language }: Person): MailHref {
  return `/${language}/sign-in/forgotten`
}
