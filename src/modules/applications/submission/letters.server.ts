import type { Database } from '#shared/database/index.ts'
import { type Mail, queueMail } from '#shared/mail/index.ts'
import { texts } from '#shared/texts/index.ts'
import { type Outline, coordinatorOf } from '../application.ts'
import type { To } from '../consortium/letters.server.ts'
import { errorOfClock, moment } from './moment.ts'
import type { Submission } from './submission.ts'

/** Letters about what was handed in, each in the language of whom it is to. */

/** The receipt, for somebody who represents a participant. */
export function receiptLetter(
  { email, language, person }: To,
  { outline, submission }: { outline: Outline; submission: Submission }
): Mail {
  const t = texts(language)
  const said = { title: outline.title, number: submission.number, coordinator: coordinatorOf(outline).name }
  return {
    ...{ to: email, language, ...(person && { person }) },
    kind: 'applications.receipt',
    subject: t('applications-submission.mail.submitted', said),
    paragraphs: [
      t('applications-submission.mail.submitted-text', said),
      {
        items: [
          `${t('applications-submission.receipt.code')}: ${outline.code}`,
          `${t('applications-submission.receipt.number')}: ${submission.number}`,
          `${t('applications-submission.receipt.received')}: ${moment(submission.receivedAt, language, 'Europe/Brussels')}`,
          `${t('applications-submission.receipt.utc')}: ${moment(submission.receivedAt, language, 'UTC')}`,
          `${t('applications-submission.receipt.error')}: ${errorOfClock(submission.clockError, language)}`,
          `${t('applications-submission.receipt.hash')}: ${submission.hash}`
        ]
      },
      t('applications-submission.mail.keep')
    ],
    link: {
      label: t('applications-submission.mail.to-receipt'),
      href: `/${language}/applications/${outline.code}/receipt?number=${submission.number}`
    }
  }
}

/** It was withdrawn, or taken back to write on. */
export async function writeChange(
  transaction: Database,
  to: readonly To[],
  {
    outline,
    submission,
    what
  }: { outline: Outline; submission: Submission; what: 'withdrawn' | 'taken-back' }
): Promise<void> {
  for (const { email, language, person } of to) {
    const t = texts(language)
    const said = { title: outline.title, number: submission.number, coordinator: coordinatorOf(outline).name }
    await queueMail(transaction, {
      ...{ to: email, language, ...(person && { person }) },
      kind: `applications.${what}`,
      subject: t(`applications-submission.mail.${what}`, said),
      paragraphs: [t(`applications-submission.mail.${what}-text`, said)],
      link: {
        label: t('applications-submission.mail.see'),
        href: `/${language}/applications/${outline.code}/submission`
      }
    })
  }
}
