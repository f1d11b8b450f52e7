import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { formatDate } from '#shared/texts/format.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import { organisationNames } from '../reads.ts'
import type { MemberRole } from './membership.ts'

/** Letters about who works for an organisation, each in the language of whom it is to. */

type To = { email: string; language: Language; person?: string | undefined }

async function named(database: Database, organisation: string, language: Language) {
  const names = await organisationNames(database, [organisation], language)
  return names.get(organisation)!
}

const receiver = ({ email, language, person }: To) => ({ to: email, language, ...(person && { person }) })

const page = (language: Language, code: string, below: string) =>
  `/${language}/organisations/${code}${below}` as const

/** Invites somebody. The link is the proof that they read this mail. */
export async function writeInvitation(
  transaction: Database,
  to: To,
  about: { organisation: string; role: MemberRole; by: string; secret: string; expires: Temporal.Instant }
): Promise<void> {
  const t = texts(to.language)
  const { name } = await named(transaction, about.organisation, to.language)
  const until = formatDate(about.expires.toString(), to.language, 'medium')
  await queueMail(transaction, {
    ...receiver(to),
    kind: 'organisations.invitation',
    subject: t('organisations.mail.invited', { organisation: name }),
    paragraphs: [
      t(`organisations.mail.invited-as.${about.role}`, { by: about.by, organisation: name }),
      t('organisations.mail.invited-until', { until })
    ],
    link: {
      label: t('organisations.mail.invited-link'),
      href: `/${to.language}/organisations/invitations/${about.secret}`
    },
    opens: 'account',
    worthlessAfter: about.expires
  })
}

/** Tells those who decide that somebody wants to join. */
export async function writeRequest(
  transaction: Database,
  to: readonly To[],
  about: { organisation: string; who: string; desk: 'organisation' | 'officers' }
): Promise<void> {
  for (const one of to) {
    const t = texts(one.language)
    const { name, code } = await named(transaction, about.organisation, one.language)
    await queueMail(transaction, {
      ...receiver(one),
      kind: 'organisations.request',
      subject: t('organisations.mail.request', { organisation: name }),
      paragraphs: [t('organisations.mail.request-text', { who: about.who, organisation: name })],
      link: {
        label: t('organisations.mail.request-link'),
        href:
          about.desk === 'officers'
            ? `/${one.language}/organisations/desk`
            : page(one.language, code, '/members')
      }
    })
  }
}

/** Tells somebody what became of their request, or that a role was given or ended. */
export async function writeOutcome(
  transaction: Database,
  to: To,
  about: {
    organisation: string
    what: 'accepted' | 'declined' | 'ended' | 'substitute' | 'representative'
    answer?: string | undefined
  }
): Promise<void> {
  const t = texts(to.language)
  const { name, code } = await named(transaction, about.organisation, to.language)
  await queueMail(transaction, {
    ...receiver(to),
    kind: `organisations.${about.what}`,
    subject: t(`organisations.mail.outcome.${about.what}`, { organisation: name }),
    paragraphs: [
      t(`organisations.mail.outcome-text.${about.what}`, { organisation: name }),
      ...(about.answer ? [t('organisations.mail.answer'), about.answer] : [])
    ],
    link: { label: t('organisations.mail.look'), href: page(to.language, code, '') }
  })
}

/** Asks those who run a domain whether the organisation does. */
export async function writeDomainMail(
  transaction: Database,
  to: To,
  about: { organisation: string; domain: string; secret: string; expires: Temporal.Instant }
): Promise<void> {
  const t = texts(to.language)
  const { name, code } = await named(transaction, about.organisation, to.language)
  const { domain } = about
  await queueMail(transaction, {
    ...receiver(to),
    kind: 'organisations.domain',
    subject: t('organisations.mail.domain', { domain }),
    paragraphs: [
      t('organisations.mail.domain-text', { organisation: name, code, domain }),
      t('organisations.mail.domain-else')
    ],
    link: {
      label: t('organisations.mail.domain-link'),
      href: `/${to.language}/organisations/domain-proofs/${about.secret}`
    },
    opens: 'account',
    worthlessAfter: about.expires
  })
}

/** Tells that the proof of a domain is not where it was, or is over. */
export async function writeDomainLetter(
  transaction: Database,
  to: To,
  about: { organisation: string; domain: string; what: 'missing' | 'lost' }
): Promise<void> {
  const t = texts(to.language)
  const { name, code } = await named(transaction, about.organisation, to.language)
  const said = { domain: about.domain, organisation: name }
  await queueMail(transaction, {
    ...receiver(to),
    kind: `organisations.domain-${about.what}`,
    subject: t(`organisations.mail.domain-${about.what}`, { domain: about.domain }),
    paragraphs: [t(`organisations.mail.domain-${about.what}-text`, said)],
    link: { label: t('organisations.domains.title'), href: page(to.language, code, '/domains') }
  })
}
