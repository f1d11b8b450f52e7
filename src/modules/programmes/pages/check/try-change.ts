import type { Change } from '#shared/rules/changes.ts'
import type { Lexicon } from '#shared/rules/lexicon.ts'
import { plainChanges, type Repair } from '#shared/rules/repairs.ts'
import type { Language } from '#shared/texts/language.ts'
import { countryCode } from '../../countries.ts'
import { countryName } from '../../country-names.ts'
import { emptyPartner, withoutRows, type Draft } from './draft.ts'

/** One change as a button carries it: a few words that `withChanges` makes on the form. Rows count from 0. */
export type Step = [what: string, ...rest: (string | number | boolean | (string | number)[])[]]

/** The steps of a set of changes; `rows` tells in which row of the form each partner stands. */
export function stepsOf(repair: Repair, lexicon: Lexicon, rows: readonly number[]): Step[] {
  return plainChanges(repair.changes).map((change) => stepOf(change, lexicon, rows))
}

function stepOf(change: Change, lexicon: Lexicon, rows: readonly number[]): Step {
  switch (change.kind) {
    case 'add': {
      const { kinds, role } = change.addition
      const kind = kinds[0]!
      const country = lexicon.countryCodes[change.country]!
      if (lexicon.typeMasks.has(kind)) return ['add', role, country, kind]
      const type = lexicon.data.functions.find(({ id }) => id === kind)?.['could-be']?.[0] ?? 'other'
      return ['add', role, country, type, kind]
    }
    case 'role':
      return ['role', rowOf(change.partner, rows), change.role]
    case 'value':
      return ['value', change.name, change.value]
    case 'answer':
      return ['answer', change.key, change.value as string]
    default:
      return [change.kind, rowOf(change.partner, rows)]
  }
}

/** A partner beyond those of the form is one the same set adds: counted on from the last row. */
function rowOf(partner: number, rows: readonly number[]): number {
  return rows[partner] ?? -1 - (partner - rows.length)
}

/** The form after the steps; those that make no sense there (a row that is gone) are passed over. */
export function withChanges(draft: Draft, steps: readonly unknown[], language: Language): Draft {
  const changed = structuredClone(draft)
  const added: number[] = []
  const left = new Set<number>()
  const rowAt = (row: unknown) => {
    const index = typeof row === 'number' ? (row < 0 ? added[-1 - row] : row) : undefined
    return index === undefined ? undefined : changed.partners[index]
  }
  for (const step of steps.slice(0, 50)) {
    if (!Array.isArray(step)) continue
    const [what, first, second, third, fourth] = step as [string, ...(string | number)[]]
    const partner = rowAt(first)
    if (what === 'add') {
      added.push(changed.partners.length)
      // Nobody is linked to an organisation that has just come.
      for (const other of changed.partners)
        if (/\d/.test(other.independentOf)) other.independentOf += `, ${changed.partners.length + 1}`
      changed.partners.push({
        ...emptyPartner(String(first)),
        country: countryCode(String(second)) ? countryName(String(second), language) : '',
        type: String(third),
        functions: fourth ? [String(fourth)] : []
      })
    } else if (what === 'leave-out' && partner) left.add(changed.partners.indexOf(partner))
    else if (what === 'role' && partner) partner.role = String(second)
    else if (what === 'charter' && partner) partner.charter = 'yes'
    else if (what === 'coordinator' && partner) {
      for (const other of changed.partners) if (other.role === 'coordinator') other.role = 'partner'
      partner.role = 'coordinator'
    } else if (what === 'value') setValue(changed, String(first), String(second))
    else if (what === 'answer' && isKey(first)) changed.answers[first] = answerText(second)
  }
  return withoutRows(changed, left)
}

function setValue(draft: Draft, name: string, value: string) {
  if (name === 'durationMonths' || name === 'grantEur') draft[name] = value
  else {
    const key = name.replace(/^answers\./, '')
    if (isKey(key)) draft.answers[key] = value
  }
}

/** A key of an answer, and of nothing an object has by itself. */
function isKey(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][A-Za-z0-9]*$/.test(value) && !(value in Object.prototype)
}

function answerText(value: unknown): string | string[] {
  if (Array.isArray(value)) return value.map(String)
  return value === true ? 'yes' : value === false ? 'no' : String(value)
}
