import type { Temporal } from 'temporal-polyfill'
import { personsOf } from '#server/people'
import type { ApplicationLimit } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { formatDate, formatInstant } from '#shared/texts/format.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import { type Outline, coordinatorOf } from '../application.ts'

/** Letters about who takes part in an application, each in the language of whom it is to. */

export type To = { email: string; language: Language; person?: string | undefined }

const receiver = ({ email, language, person }: To) => ({ to: email, language, ...(person && { person }) })

/** Invites a partner that is known by an address only. The link is the proof that this mail was read. */
export async function writeInvitation(
  transaction: Database,
  to: To,
  about: { outline: Outline; partner: string; secret: string; expires: Temporal.Instant }
): Promise<void> {
  const t = texts(to.language)
  const { outline, partner } = about
  const said = { coordinator: coordinatorOf(outline).name, title: outline.title, partner }
  const until = formatDate(about.expires.toString(), to.language, 'medium')
  await queueMail(transaction, {
    ...receiver(to),
    kind: 'applications.invitation',
    subject: t('applications-consortium.mail.invited', said),
    paragraphs: [
      t('applications-consortium.mail.invited-text', said),
      t('applications-consortium.mail.invited-what', said),
      t('applications-consortium.mail.invited-until', { until })
    ],
    link: {
      label: t('applications-consortium.mail.invited-link'),
      href: `/${to.language}/applications/mandates/${about.secret}`
    },
    opens: 'account',
    worthlessAfter: about.expires
  })
}

/**
 * Tells the address of a link that it was answered by agreeing, in case somebody else did. No secret stands in it: a
 * mailbox may be read by others (connection.ts).
 */
export async function writeAgreed(
  transaction: Database,
  to: To,
  about: { outline: Outline; partner: string; name: string }
): Promise<void> {
  const t = texts(to.language)
  const { outline, partner, name } = about
  const said = { coordinator: coordinatorOf(outline).name, title: outline.title, partner, name }
  await queueMail(transaction, {
    ...receiver(to),
    kind: 'applications.agreed-by-link',
    subject: t('applications-consortium.mail.agreed', said),
    paragraphs: [
      t('applications-consortium.mail.agreed-text', said),
      t('applications-consortium.mail.agreed-wrong')
    ]
  })
}

/** Asks the people of an organisation of the register, who answer with their own account. */
export async function writeAsked(
  transaction: Database,
  to: readonly To[],
  about: { outline: Outline; partner: string }
): Promise<void> {
  for (const one of to) {
    const t = texts(one.language)
    const { outline, partner } = about
    const said = { coordinator: coordinatorOf(outline).name, title: outline.title, partner }
    await queueMail(transaction, {
      ...receiver(one),
      kind: 'applications.asked',
      subject: t('applications-consortium.mail.invited', said),
      paragraphs: [
        t('applications-consortium.mail.invited-text', said),
        t('applications-consortium.mail.asked-what', said)
      ],
      link: {
        label: t('applications-consortium.mail.invited-link'),
        href: `/${one.language}/applications/${outline.code}/consortium`
      }
    })
  }
}

/** What happened to a partner, told to whoever asked it (people-of.server.ts). */
export type PartnerNews = 'accepted' | 'declined' | 'left' | 'signed-outside'

export async function writePartnerNews(
  transaction: Database,
  persons: readonly string[],
  about: { outline: Outline; partner: string; news: PartnerNews; reason?: string | undefined }
): Promise<void> {
  const people = await personsOf(transaction, persons)
  for (const person of people.values()) {
    const t = texts(person.language)
    const said = { partner: about.partner, title: about.outline.title }
    await queueMail(transaction, {
      ...receiver({ email: person.email, language: person.language, person: person.id }),
      kind: `applications.partner-${about.news}`,
      subject: t(`applications-consortium.mail.partner.${about.news}`, said),
      paragraphs: [
        t(`applications-consortium.mail.partner-text.${about.news}`, said),
        ...(about.reason ? [t('applications-consortium.mail.reason', { reason: about.reason })] : [])
      ],
      link: {
        label: t('applications-consortium.mail.consortium-link'),
        href: `/${person.language}/applications/${about.outline.code}/consortium`
      }
    })
  }
}

/** Tells who asked a partner that somebody connected it to an organisation of the register, and what to do if not. */
export async function writeConnected(
  transaction: Database,
  persons: readonly string[],
  about: { outline: Outline; partner: string; person: string; name: string; code: string }
): Promise<void> {
  const people = await personsOf(transaction, persons)
  for (const { id, email, language } of people.values()) {
    const t = texts(language)
    const { outline, partner, person, name, code } = about
    await queueMail(transaction, {
      ...receiver({ email, language, person: id }),
      kind: 'applications.partner-connected',
      subject: t('applications-consortium.mail.connected', { partner, title: outline.title }),
      paragraphs: [
        t('applications-consortium.mail.connected-text', {
          partner,
          title: outline.title,
          person,
          name,
          code
        }),
        t('applications-consortium.mail.connected-wrong')
      ],
      link: {
        label: t('applications-consortium.mail.consortium-link'),
        href: `/${language}/applications/${outline.code}/consortium`
      }
    })
  }
}

/** Tells a partner that the coordinator took it out. */
export async function writeTakenOut(
  transaction: Database,
  to: readonly To[],
  about: { outline: Outline; partner: string; reason: string | undefined }
): Promise<void> {
  for (const one of to) {
    const t = texts(one.language)
    const { outline, partner, reason } = about
    const said = { coordinator: coordinatorOf(outline).name, title: outline.title, partner }
    await queueMail(transaction, {
      ...receiver(one),
      kind: 'applications.taken-out',
      subject: t('applications-consortium.mail.taken-out', said),
      paragraphs: [
        t('applications-consortium.mail.taken-out-text', said),
        ...(reason ? [t('applications-consortium.mail.reason', { reason })] : [])
      ]
    })
  }
}

/** Tells an organisation that it takes part in more applications of a deadline than count. */
export async function writeOverLimit(
  transaction: Database,
  to: readonly To[],
  about: { limit: ApplicationLimit; counted: readonly string[]; closesAt: Temporal.Instant }
): Promise<void> {
  for (const one of to) {
    const t = texts(one.language)
    const { limit, counted, closesAt } = about
    const most = limit.applications
    await queueMail(transaction, {
      ...receiver(one),
      kind: 'applications.over-limit',
      subject: t('applications-consortium.mail.over-limit', { count: counted.length, most }),
      paragraphs: [
        limit.says[one.language],
        t('applications-consortium.mail.over-limit-text', {
          when: formatInstant(closesAt.toString(), one.language)
        }),
        { items: counted },
        t('applications-consortium.mail.over-limit-order')
      ],
      link: {
        label: t('applications-consortium.applications'),
        href: `/${one.language}/applications`
      },
      worthlessAfter: closesAt
    })
  }
}
