import type { Programmes } from '#server/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { Outline } from '../application.ts'
import { formOfDraft } from '../form-of-draft.server.ts'
import { fieldAt } from '../form/filled.ts'
import { readPath } from '../path.ts'

/** A part of a form that people talk about: a question, or a section. */
export type Part = { title: Words }

/** What stands at the path of a field, or of a section (`relevance`, `profile@<participant>`); undefined: nothing. */
export function partAt(app: { programmes: Programmes }, outline: Outline, path: string): Part | undefined {
  const form = formOfDraft(app, outline)
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
