import type { Consortium, Partner } from '#shared/rules/consortium.ts'
import {
  inputNotes,
  partnersOf,
  same,
  shown,
  choiceOf,
  yearsText,
  type InputNotes,
  type InputProblem
} from './input-problem.ts'
import type { Knowledge, KnownAction } from './knowledge.ts'
import { fold, foldName, nearest } from './nearest.ts'
import { fields as knownFields } from './programme-data.ts'
import { readAnswers, type Asked } from './read-answers.ts'
import { readIndependence } from './read-independence.ts'
import { readPartner, unknown } from './read-partner.ts'
import { groupOf, numberOf, readEuros, readMonths, wrongKind } from './read-values.ts'
import { warnOfUnknown } from './unknown-fields.ts'

/** A consortium has at most so many partners. */
export const mostPartners = 200

/** The fields of a consortium file, in the order they are written. */
export const consortiumFields = [
  'action',
  'field',
  'callYear',
  'durationMonths',
  'grantEur',
  'partners',
  'answers'
] as const

/** What is asked: a consortium, perhaps held against one action, perhaps in one edition. */
export type ConsortiumRequest = Asked & { consortium: Consortium }

/** Without problems there is a request; warnings never stand in its way. */
export type ReadConsortium = {
  request?: ConsortiumRequest
  problems: InputProblem[]
  warnings: InputProblem[]
}

/**
 * What a reader may be told besides: `asked` beats the action and edition of the file (flags of a command),
 * `today` (YYYY-MM-DD) is the day after which a founding day lies in the future.
 */
export type ReadOptions = { asked?: Asked; today?: string }

/**
 * Reads a consortium from any value, whoever wrote it: it never throws, tells everything that is wrong at once, and
 * guesses nothing. Missing and null mean unknown.
 */
export function readConsortium(
  value: unknown,
  knowledge: Knowledge,
  options: ReadOptions = {}
): ReadConsortium {
  const notes = inputNotes()
  const request = readRequest(value, knowledge, options, notes)
  const { problems, warnings } = notes.all()
  return { ...(request && notes.isClean() && { request }), problems, warnings }
}

function readRequest(
  value: unknown,
  knowledge: Knowledge,
  options: ReadOptions,
  notes: InputNotes
): ConsortiumRequest | undefined {
  const given = groupOf(value)
  if (!given) {
    notes.problem([], 'input.expects-consortium', () => ({ words: { found: shown(value) } }))
    return undefined
  }
  warnOfUnknown(given.keys(), consortiumFields, [], notes)
  const asked = readAsked(
    options.asked?.action ?? given.get('action'),
    options.asked?.edition ?? given.get('callYear'),
    knowledge,
    notes
  )
  const field = readField(given.get('field'), notes)
  const durationMonths = readMonths(given.get('durationMonths'), ['durationMonths'], notes)
  const grantEur = readEuros(given.get('grantEur'), ['grantEur'], notes)
  const partners = readPartners(given.get('partners'), {
    knowledge,
    notes,
    ...(options.today && { today: options.today })
  })
  const answers = readAnswers(given.get('answers'), ['answers'], { knowledge, notes, asked })
  return {
    ...asked,
    consortium: {
      ...(field !== undefined && { field }),
      ...(durationMonths !== undefined && { durationMonths }),
      ...(grantEur !== undefined && { grantEur }),
      partners,
      ...(answers !== undefined && { answers })
    }
  }
}

function readAsked(action: unknown, year: unknown, knowledge: Knowledge, notes: InputNotes): Asked {
  const known = readAction(action, knowledge, notes)
  const edition = readEdition(year, knowledge, notes)
  if (known && edition !== undefined && !known.editions.includes(edition)) {
    notes.problem(['callYear'], 'input.action-not-in-edition', () => ({
      args: { edition, editions: yearsText(known.editions) },
      words: { action: known.names }
    }))
  }
  return { ...(known && { action: known.id }), ...(edition !== undefined && { edition }) }
}

function readAction(value: unknown, { actions }: Knowledge, notes: InputNotes): KnownAction | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') {
    wrongKind(value, ['action'], 'input.expects-action', notes)
    return undefined
  }
  const candidates = actions.map((action) => ({
    id: action,
    forms: [action.id, action.names.en, action.names.lv].map(fold)
  }))
  const written = fold(value)
  const found = candidates.find(({ forms }) => forms.includes(written))?.id
  if (found) return found
  const near = () =>
    nearest(value, candidates).map(({ id, names }) => ({
      en: `${id} (${names.en})`,
      lv: `${id} (${names.lv})`
    }))
  unknown(value, ['action'], ['input.unknown-action', 'input.unknown-action-nearest'], near, notes)
  return undefined
}

function readEdition(value: unknown, { actions }: Knowledge, notes: InputNotes): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const year = numberOf(value)
  const editions = new Set(actions.flatMap((action) => action.editions))
  if (year !== undefined && editions.has(year)) return year
  notes.problem(['callYear'], 'input.unknown-edition', () => ({
    args: { editions: yearsText([...editions]) },
    words: { found: shown(value) }
  }))
  return undefined
}

function readField(value: unknown, notes: InputNotes): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const written = typeof value === 'string' ? fold(value) : undefined
  const found = knownFields.find((field) => fold(field) === written)
  if (found) return found
  notes.problem(['field'], 'input.unknown-programme-field', () => ({
    words: { found: shown(value), options: choiceOf(knownFields.map(same)) }
  }))
  return undefined
}

function readPartners(
  value: unknown,
  reading: { knowledge: Knowledge; notes: InputNotes; today?: string }
): Partner[] {
  const { notes } = reading
  const path = ['partners']
  if (value === undefined || value === null) {
    notes.problem(path, 'input.partners-missing')
    return []
  }
  if (!Array.isArray(value)) {
    wrongKind(value, path, 'input.expects-partners', notes)
    return []
  }
  if (value.length === 0) notes.problem(path, 'input.no-partners')
  if (value.length > mostPartners) {
    notes.problem(path, 'input.too-many-partners', () => ({
      args: { count: value.length, limit: mostPartners }
    }))
    return []
  }
  const partners = value.map((one, position) => readPartner(one, [...path, position], reading))
  for (const [own, partner] of partners.entries()) {
    const written = groupOf(value[own])?.get('independentOf')
    const independentOf = readIndependence(written, [...path, own, 'independentOf'], { own, partners, notes })
    if (partner && independentOf !== undefined) partner.independentOf = independentOf
  }
  const read = partners.filter((partner) => partner !== undefined)
  if (read.length === value.length && read.length > 0) compareRoles(read, notes)
  compareNames(partners, notes)
  return read
}

/** Exactly one coordinator; while a role is unknown, it may be the coordinator's. */
function compareRoles(partners: readonly Partner[], notes: InputNotes) {
  const coordinators = partners.flatMap(({ role }, position) => (role === 'coordinator' ? [position] : []))
  if (coordinators.length > 1) {
    notes.problem(['partners', coordinators[1]!, 'role'], 'input.several-coordinators', () => ({
      words: { partners: partnersOf(coordinators.slice(0, 20)) }
    }))
  }
  if (coordinators.length === 0 && partners.every(({ role }) => role !== null))
    notes.problem(['partners'], 'input.no-coordinator')
}

/** One organisation twice would be counted twice. */
function compareNames(partners: readonly (Partner | undefined)[], notes: InputNotes) {
  const seen = new Map<string, number>()
  for (const [position, partner] of partners.entries()) {
    if (partner?.name === undefined) continue
    const key = `${partner.country ?? ''} ${foldName(partner.name)}`
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, position)
      continue
    }
    const { name, country } = partner
    const said = () => ({
      args: { first: first + 1, second: position + 1, name: [...name].slice(0, 100).join('') }
    })
    // Without a country nobody knows whether it is the same.
    if (country === null)
      notes.warning(['partners', position, 'name'], 'input.perhaps-same-organisation', said)
    else notes.problem(['partners', position, 'name'], 'input.same-organisation', said)
  }
}
