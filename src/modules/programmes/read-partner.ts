import type { Partner } from '#shared/rules/consortium.ts'
import type { Role, Words } from '#shared/rules/vocabulary.ts'
import { countryNames, findCountry, nearestCountries } from './find-country.ts'
import {
  findFunction,
  findRole,
  findType,
  nearestFunctions,
  nearestTypes,
  type FoundType
} from './find-kind.ts'
import {
  choiceOf,
  same,
  shortened,
  shown,
  type InputKey,
  type InputNotes,
  type Path
} from './input-problem.ts'
import type { Knowledge } from './knowledge.ts'
import { groupOf, readDay, readName, readYesNo, wrongKind } from './read-values.ts'
import { warnOfUnknown } from './unknown-fields.ts'

/** The fields of a partner, in the order they are written. */
export const partnerFields = [
  'name',
  'country',
  'type',
  'role',
  'functions',
  'charter',
  'establishedOn',
  'nonProfit',
  'europeanNgo',
  'independentOf'
] as const

/** At most so many functions of one organisation are read. */
const mostFunctions = 50

/** What a reader needs beside the value. `today` (YYYY-MM-DD) is passed in: later days are warned of. */
export type Reading = { knowledge: Knowledge; notes: InputNotes; today?: string }

/**
 * One organisation. `independentOf` is left to the reader of the whole, who knows the others.
 * @returns undefined when it is no group of fields
 */
export function readPartner(value: unknown, path: Path, reading: Reading): Partner | undefined {
  const { notes, today } = reading
  const fields = groupOf(value)
  if (!fields) {
    notes.problem(path, 'input.expects-partner', () => ({ words: { found: shown(value) } }))
    return undefined
  }
  warnOfUnknown(fields.keys(), partnerFields, path, notes)
  const at = (field: (typeof partnerFields)[number]) => [fields.get(field), [...path, field]] as const

  const name = readName(...at('name'), notes)
  const country = readCountry(...at('country'), reading)
  const type = readType(...at('type'), reading)
  const role = readRole(...at('role'), reading)
  const declared = readFunctions(...at('functions'), reading)
  const functions = type?.functions.length ? [...new Set([...type.functions, ...(declared ?? [])])] : declared
  const charter = readYesNo(...at('charter'), notes)
  const establishedOn = readDay(...at('establishedOn'), notes, today)
  const nonProfit = readYesNo(...at('nonProfit'), notes)
  const europeanNgo =
    readYesNo(...at('europeanNgo'), notes) ?? type?.europeanNgo ?? nullOf(fields.get('europeanNgo'))
  return {
    ...(name !== undefined && { name }),
    country,
    type: type?.type ?? null,
    role,
    ...(functions !== undefined && { functions }),
    ...(charter !== undefined && { charter }),
    ...(establishedOn !== undefined && { establishedOn }),
    ...(nonProfit !== undefined && { nonProfit }),
    ...(europeanNgo !== undefined && { europeanNgo })
  }
}

function nullOf(value: unknown): null | undefined {
  return value === null ? null : undefined
}

function readCountry(value: unknown, path: Path, { knowledge, notes }: Reading): string | null {
  if (value === undefined || value === null || value === '') return null
  // Older YAML writers turn Norway's code into “false”; nothing is guessed, but the reason is told.
  if (value === false) notes.problem(path, 'input.country-is-false')
  else if (typeof value !== 'string') wrongKind(value, path, 'input.expects-country', notes)
  else {
    const code = findCountry(value)
    if (code !== undefined) return code
    const near = () => nearestCountries(value, knowledge.countries).map(countryChoice)
    unknown(value, path, ['input.unknown-country', 'input.unknown-country-nearest'], near, notes)
  }
  return null
}

/** How a country is offered: LV (Latvia). */
export function countryChoice(code: string): Words {
  const { en, lv } = countryNames(code)
  return { en: `${code} (${en})`, lv: `${code} (${lv})` }
}

function readType(value: unknown, path: Path, { knowledge, notes }: Reading): FoundType | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') {
    wrongKind(value, path, 'input.expects-type', notes)
    return undefined
  }
  const found = findType(value, knowledge)
  if (found) return found
  const near = () => nearestTypes(value, knowledge).map((id) => kindChoice(id, knowledge))
  unknown(value, path, ['input.unknown-type', 'input.unknown-type-nearest'], near, notes)
  return undefined
}

/** How a type or function is offered: its id with its name. */
export function kindChoice(id: string, { types, functions }: Knowledge): Words {
  const names = [...types, ...functions].find((kind) => kind.id === id)?.names
  return names ? { en: `${id} (${names.en})`, lv: `${id} (${names.lv})` } : same(id)
}

function readRole(value: unknown, path: Path, { notes }: Reading): Role | null {
  if (value === undefined || value === null || value === '') return null
  const role = typeof value === 'string' ? findRole(value) : undefined
  if (role) return role
  notes.problem(path, 'input.expects-role', () => ({ words: { found: shown(value) } }))
  return null
}

function readFunctions(
  value: unknown,
  path: Path,
  { knowledge, notes }: Reading
): string[] | null | undefined {
  if (value === undefined || value === null) return value
  const list = typeof value === 'string' ? [value] : value
  if (!Array.isArray(list) || list.length > mostFunctions) {
    wrongKind(value, path, 'input.expects-functions', notes)
    return undefined
  }
  const functions = new Set<string>()
  for (const [index, one] of list.entries()) {
    const found = typeof one === 'string' ? findFunction(one, knowledge) : undefined
    if (found) functions.add(found)
    else if (typeof one !== 'string') wrongKind(one, [...path, index], 'input.expects-functions', notes)
    else {
      const near = () => nearestFunctions(one, knowledge).map((id) => kindChoice(id, knowledge))
      const keys = ['input.unknown-function', 'input.unknown-function-nearest'] as const
      unknown(one, [...path, index], keys, near, notes)
    }
  }
  return [...functions]
}

/** Says that something written is not known, with what may have been meant where anything is near. */
export function unknown(
  written: string,
  path: Path,
  [alone, withNearest]: readonly [InputKey, InputKey],
  nearest: () => Words[],
  notes: Pick<InputNotes, 'problem'>
) {
  notes.problem(path, alone, () => {
    const args = { written: shortened(written) }
    const near = nearest()
    return near.length > 0 ? { key: withNearest, args, words: { nearest: choiceOf(near) } } : { args }
  })
}
