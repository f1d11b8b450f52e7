import type { Field } from '#modules/programmes'
import type { Typed } from '#shared/forms/read-form.ts'
import type { CallTerms, OpenedAction } from '../../call.ts'
import { type FromForm, listOf, textOf } from './form-values.ts'

/** An action that may be opened, with what the guide says of it. */
export type Choosable = { action: string; name: string; fields: Field[]; rounds: number[] }

/** What is opened, as a form: field.<action>, round.<action>, strands.<action>. */
export function scopeTyped({ actions }: CallTerms): Typed {
  return Object.fromEntries(
    actions.flatMap(({ action, fields, round, strands }) => [
      [`field.${action}`, [...fields]],
      [`round.${action}`, round === undefined ? '' : String(round)],
      [`strands.${action}`, (strands ?? []).join(', ')]
    ])
  )
}

/** An action is opened by ticking at least one of its fields. */
export function scopeFrom(
  typed: Typed,
  choosable: readonly Choosable[]
): FromForm<Pick<CallTerms, 'actions'>> {
  const actions = choosable.flatMap(({ action, fields, rounds }): OpenedAction[] => {
    const chosen = listOf(typed, `field.${action}`)
    const opened = fields.filter((field) => chosen.includes(field))
    if (opened.length === 0) return []
    const round = Number(textOf(typed, `round.${action}`))
    const strands = textOf(typed, `strands.${action}`)
      .split(/[,;\n]/)
      .map((strand) => strand.trim())
      .filter((strand) => strand !== '')
    return [
      {
        action,
        fields: opened,
        ...(rounds.includes(round) && { round }),
        ...(strands.length > 0 && { strands })
      }
    ]
  })
  return { change: { actions } }
}
