import type { CorrigendumSaid } from '#server/calls'
import type { Mail } from '#shared/mail/index.ts'
import { formatInstant } from '#shared/texts/format.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import type { Outline } from '../application.ts'
import type { Writer } from '../consortium/people-of-drafts.server.ts'
import type { FormChanges } from './carry-drafts-over.server.ts'

/** What a corrigendum did to a draft: not opened any more, or what became of its answers. */
export type Followed = 'not-opened' | FormChanges

/** Tells somebody who writes under a call of a corrigendum, and what became of each of their drafts. */
export function corrigendumLetter(
  { email, language, person, drafts }: Writer,
  said: CorrigendumSaid,
  followed: ReadonlyMap<string, Followed>
): Mail {
  const t = texts(language)
  const { call, number, deadlineMoved } = said
  const { title, reason, changes, effects } = said.words[language]
  const deadline = formatInstant(call.closesAt.toString(), language)
  const only = drafts.length === 1 ? drafts[0] : undefined
  return {
    ...{ to: email, language, person },
    kind: 'applications.corrigendum',
    subject: t('applications.corrigendum.subject', { number, title }),
    paragraphs: [
      t('applications.corrigendum.text', { number, title }),
      t('applications.corrigendum.reason', { reason }),
      { items: changes },
      { items: effects },
      deadlineMoved
        ? t('applications.corrigendum.deadline-moved', { deadline })
        : t('applications.corrigendum.deadline-stays', { deadline }),
      { items: drafts.map((draft) => draftLine(draft, followed.get(draft.id), language)) }
    ],
    link: only
      ? {
          label: t('applications.corrigendum.to-draft'),
          href: `/${language}/applications/${only.code}`
        }
      : { label: t('applications.corrigendum.to-drafts'), href: `/${language}/applications` }
  }
}

/** “Reading bridges (2026-lv-viaa-1-abcde): 1 new question; 2 answers set aside.” */
function draftLine({ title, code }: Outline, followed: Followed | undefined, language: Language): string {
  const t = texts(language)
  const what =
    followed === 'not-opened'
      ? [t('applications.corrigendum.not-opened')]
      : followed
        ? changesIn(followed, language)
        : []
  const said = what.length > 0 ? what.join('; ') : t('applications.corrigendum.all-stands')
  return t('applications.corrigendum.draft', { title, code, said })
}

function changesIn({ added, changed, moved, aside }: FormChanges, language: Language): string[] {
  const t = texts(language)
  return [
    ...(added.length > 0 ? [t('applications.corrigendum.added', { count: added.length })] : []),
    ...(changed.length > 0 ? [t('applications.corrigendum.changed', { count: changed.length })] : []),
    ...(moved.length > 0 ? [t('applications.corrigendum.moved', { count: moved.length })] : []),
    ...(aside.length > 0 ? [t('applications.corrigendum.aside', { count: aside.length })] : [])
  ]
}
