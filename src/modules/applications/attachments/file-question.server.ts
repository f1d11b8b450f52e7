import type { FormQuestion } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Draft } from '../draft.server.ts'
import { filledOf } from '../form-of-draft.server.ts'
import { pathOf } from '../form/filled.ts'
import { shownQuestions } from '../form/conditions.ts'
import { shownSections } from '../form/shown.ts'

export type FileQuestion = FormQuestion & { kind: 'file' }

/** The question at a path that asks for a file, as far as it is asked now. */
export async function fileQuestionAt(
  app: { database: Database; programmes: Programmes },
  draft: Draft,
  path: string
): Promise<FileQuestion | undefined> {
  const filled = await filledOf(app, draft)
  for (const place of shownSections(filled).flatMap(({ places }) => places)) {
    for (const question of shownQuestions(filled, place)) {
      if (question.kind === 'file' && pathOf(place, question.id) === path) return question
    }
  }
  return undefined
}
