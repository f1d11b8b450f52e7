import type { JsonValue } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { AtHand } from './asked.ts'
import { askedPaths, completeness } from '../form/completeness.ts'
import { frameOf } from './decide.server.ts'
import { filesNamed, namedIn } from './files-at-hand.server.ts'
import { filledOf } from './final-check.server.ts'
import { type SealedContent, contentFormat } from './manifest.ts'
import '../applications-tables.server.ts'

/** The content of an application as it stands now, in the form in which it would be frozen. */
export async function contentAtHand(database: Database, atHand: AtHand): Promise<SealedContent> {
  const { outline, answers: written, budget } = atHand
  const asked = askedPaths(completeness(filledOf(atHand)))
  const files = await filesNamed(database, namedIn(written, asked))
  const rows = await database
    .selectFrom('applications.answer')
    .select(['path', 'text', 'value'])
    .where('application', '=', outline.id)
    .orderBy('path')
    .execute()
  const answers = Object.fromEntries(
    rows.flatMap(({ path, text, value }) => (asked.has(path) ? [[path, (text ?? value) as JsonValue]] : []))
  )
  return {
    format: contentFormat,
    ...frameOf(outline, { budget: budget.lines, files, declaration: null }),
    answers
  }
}
