import type { ApplicationForm } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid } from '#shared/forms/refused.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { Outline } from '../application.ts'
import { formOfDraft } from '../form-of-draft.server.ts'
import { fieldAt } from '../form/filled.ts'
import { readPath, writePath } from '../path.ts'
import '../applications-tables.server.ts'

/** A part of a form that people talk about: a question, or a section. */
export type Part = { title: Words }

/** What stands at the path of a field, or of a section (`relevance`, `profile@<participant>`); undefined: nothing. */
export function partAt(form: ApplicationForm, outline: Outline, path: string): Part | undefined {
  const at = readPath(path)
  const section = form.sections.find(({ id }) => id === at?.section)
  if (!at || !section || !of(outline, at.participant)) return undefined
  if (at.question !== undefined) {
    const field = fieldAt(form, path)
    return field && field !== 'rows' ? { title: field.ask } : undefined
  }
  return (section.of === 'participant') === (at.participant !== undefined)
    ? { title: section.title }
    : undefined
}

function of({ participants }: Outline, participant: string | undefined): boolean {
  return participant === undefined || participants.some(({ id }) => id === participant)
}

/** Whether a part is (still) there: people may talk about a row or a participant that is gone meanwhile. */
export type Standing = 'stands' | 'row-gone' | 'participant-gone' | 'no-such-field'

/** @param rowsAt the list of rows at its path, as it is answered now */
export function standingOf(
  form: ApplicationForm,
  outline: Outline,
  path: string,
  rowsAt: (path: string) => unknown
): Standing {
  const at = readPath(path)
  if (!at) return 'no-such-field'
  const { participant, row } = at
  const gone = !of(outline, participant)
  // Whoever is gone had the same parts as those who are there.
  const among = gone
    ? { ...outline, participants: [{ ...outline.participants[0]!, id: participant! }] }
    : outline
  if (!partAt(form, among, path)) return 'no-such-field'
  if (gone) return 'participant-gone'
  if (row === undefined) return 'stands'
  const rows = rowsAt(listOf(path))
  return Array.isArray(rows) && rows.includes(row) ? 'stands' : 'row-gone'
}

/** The part that somebody is about to talk about, if it stands. */
export async function partThatStands(
  app: { programmes: Programmes },
  transaction: Database,
  outline: Outline,
  path: string
): Promise<Part | Refused> {
  const form = await formOfDraft({ ...app, database: transaction }, outline)
  const lists = await transaction
    .selectFrom('applications.answer')
    .select(['path', 'value'])
    .where('application', '=', outline.id)
    .where('path', '=', listOf(path))
    .execute()
  const standing = standingOf(form, outline, path, (list) => lists.find((one) => one.path === list)?.value)
  if (standing === 'stands') return partAt(form, outline, path)!
  return standing === 'no-such-field'
    ? invalid('path', 'applications-writing.problem.no-such-field')
    : invalid('path', `applications-writing.problem.talk-${standing}`)
}

/** The path of the list that the row of a path stands in. */
function listOf(path: string): string {
  const { section, participant } = readPath(path) ?? { section: '' }
  return writePath({ section, ...(participant !== undefined && { participant }) })
}
