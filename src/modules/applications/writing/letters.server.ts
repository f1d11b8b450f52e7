import type { Database } from '#shared/database/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { texts } from '#shared/texts/index.ts'
import type { Outline } from '../application.ts'
import type { Colleague } from './discussed.server.ts'

/** Letters about a draft, each in the language of whom it is to. What was written stays in the draft. */

type About = { outline: Outline; by: string }

/** Somebody was named in a comment. */
export async function writeMentioned(
  transaction: Database,
  to: Colleague,
  { outline, by }: About
): Promise<void> {
  const t = texts(to.language)
  const said = { by, title: outline.title }
  await queueMail(transaction, {
    to: to.email,
    language: to.language,
    person: to.id,
    kind: 'applications.mentioned',
    subject: t('applications-writing.mail.mentioned', said),
    paragraphs: [t('applications-writing.mail.mentioned-text', said)],
    link: {
      label: t('applications-writing.mail.to-comments'),
      href: `/${to.language}/applications/${outline.code}/discussion`
    }
  })
}

/** Somebody was asked to write a part. */
export async function writeTask(
  transaction: Database,
  to: Colleague,
  { outline, by, part }: About & { part: { lv: string; en: string } }
): Promise<void> {
  const t = texts(to.language)
  const said = { by, title: outline.title, part: part[to.language === 'lv' ? 'lv' : 'en'] }
  await queueMail(transaction, {
    to: to.email,
    language: to.language,
    person: to.id,
    kind: 'applications.task',
    subject: t('applications-writing.mail.task', said),
    paragraphs: [t('applications-writing.mail.task-text', said)],
    link: {
      label: t('applications-writing.mail.to-task'),
      href: `/${to.language}/applications/${outline.code}`
    }
  })
}
