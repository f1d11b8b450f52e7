import type { JsonValue } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { AtHand } from './asked.ts'
import { frameOf } from './decide.server.ts'
import { type SealedContent, contentFormat } from './manifest.ts'
import '../applications-tables.server.ts'

/** The content of an application as it stands now, in the form in which it would be frozen. */
export async function contentAtHand(
  database: Database,
  { outline, budget, files }: Pick<AtHand, 'outline' | 'budget' | 'files'>
): Promise<SealedContent> {
  const rows = await database
    .selectFrom('applications.answer')
    .select(['path', 'text', 'value'])
    .where('application', '=', outline.id)
    .orderBy('path')
    .execute()
  const answers = Object.fromEntries(
    rows.map(({ path, text, value }) => [path, (text ?? value) as JsonValue])
  )
  return {
    format: contentFormat,
    ...frameOf(outline, { budget: budget.lines, files, declaration: null }),
    answers
  }
}
