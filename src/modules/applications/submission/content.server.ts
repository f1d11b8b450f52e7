import type { JsonValue } from '#shared/audit/index.ts'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { AtHand } from './asked.ts'
import { askedPaths, completeness } from '../form/completeness.ts'
import { frameOf, partsOf } from './decide.server.ts'
import { filledOf } from './final-check.server.ts'
import { type SealedContent, contentFormat } from './manifest.ts'
import '../applications-tables.server.ts'

/** The content of an application as it stands now, in the form in which it would be frozen. */
export async function contentAtHand(
  app: { database: Database; programmes: Programmes },
  atHand: AtHand
): Promise<SealedContent> {
  const { outline, budget } = atHand
  const { given, files } = partsOf(atHand, askedPaths(completeness(filledOf(atHand))))
  const asked = new Set(given.map(({ path }) => path))
  const rows = await app.database
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
