import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { JsonValue } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { accessOf } from '../access.ts'
import type { Outline } from '../application.ts'
import type { How } from '../applications-tables.server.ts'
import type { Delta } from './delta.ts'
import { type Fitting, fitting } from './fitting.server.ts'
import { keep } from './keep.server.ts'
import {
  type Field,
  type Latest,
  type Version,
  forget,
  keyOf,
  latestOf,
  remember,
  versionsAfter
} from './latest.server.ts'
import { type Merged, keptDelta, mergeDelta, mergeText, unseenOf } from './merge.ts'
import { type Asking, rememberedOutline, takesDrafts } from './outlines.server.ts'
import { charactersIn } from '#shared/forms/tidy-text.ts'
import type { Save, Saved } from './wire.ts'
import { publish } from './published.ts'

export type Holding = {
  database: Database
  programmes: Programmes
  clock: () => Temporal.Instant
  log?: Logger | undefined
}

/** The most that one field holds. */
export const longest = 200_000 // not of a guide: UTF-16 units
const attempts = 20

/**
 * Keeps what was saved into a field, merged with what others saved meanwhile, and answers once it is durable.
 * `file`: the value names a file that was uploaded there, which nobody can do by saving alone.
 * The hot path: see docs/decisions/116-saves-of-the-same-moment.md.
 */
export async function saveInto(
  app: Holding,
  caller: SignedIn,
  where: { application: string; path: string },
  asked: Save,
  { how = 'typed', file = false }: { how?: How; file?: boolean } = {}
): Promise<Saved | Refused> {
  // Where nobody heard whether it was kept, it is tried again: by its number it is known.
  const given = { ...asked, save: asked.save ?? randomUUID() }
  let asking: Asking = 'lately'
  let anew = false
  for (let attempt = 0; attempt < attempts; attempt++) {
    const outline = await rememberedOutline(app.database, where.application, asking)
    if (!outline) return refused('not-found')
    const fits =
      (await refusalToSave(app, outline, caller, where.path, asking)) ??
      (await fitting(app, outline, { path: where.path, save: given, asking }, { file }))
    if (isRefused(fits)) {
      if (asking === 'anew') return fits
      // What was remembered may be stale: nobody is refused by it.
      asking = 'anew'
      continue
    }
    const field = { application: outline.id, path: where.path }
    const saved = await inTurn(app.database, field, () =>
      attemptTo(app, caller, outline, field, fits, { how, anew })
    )
    if (saved === 'other-outline') {
      asking = 'anew'
    } else if (saved === 'other-version' || (isChanged(saved) && !anew)) {
      // What was remembered may be stale here, too: the answer may have moved with its question.
      forget(app.database, field)
      anew = true
    } else return saved
  }
  throw new Error('Others save into the same field without a pause.')
}

function isChanged(saved: Saved | Refused): boolean {
  return isRefused(saved) && saved.refused === 'changed'
}

async function refusalToSave(
  app: Holding,
  outline: Outline,
  caller: SignedIn,
  path: string,
  asking: Asking
): Promise<Refused | undefined> {
  const access = accessOf(outline, caller)
  if (isRefused(access)) return access
  if (!access.edits(path)) return refused('not-allowed')
  if (outline.state !== 'draft') return notNow(`applications-writing.not-now.${outline.state}`)
  if (!(await takesDrafts(app, outline.call, asking))) return notNow('applications-writing.not-now.over')
  return undefined
}

/** One save of a field after the other: two of one process would only get into each other's way. */
const turns = new WeakMap<Database, Map<string, Promise<unknown>>>()

async function inTurn<Result>(
  database: Database,
  field: Field,
  work: () => Promise<Result>
): Promise<Result> {
  let here = turns.get(database)
  if (!here) turns.set(database, (here = new Map()))
  const key = keyOf(field)
  const before = here.get(key)
  const mine = before ? before.then(work, work) : work()
  here.set(key, mine)
  try {
    return await mine
  } finally {
    if (here.get(key) === mine) here.delete(key)
  }
}

async function attemptTo(
  app: Holding,
  caller: SignedIn,
  outline: Outline,
  field: Field,
  { given, save, tidy }: Fitting,
  { how, anew }: { how: How; anew: boolean }
): Promise<Saved | Refused | 'other-outline' | 'other-version'> {
  const { database } = app
  const latest = await latestOf(database, field)
  const later = await versionsAfter(database, field, latest, save.base)
  // Another server may have kept versions that this one has not read yet.
  if (save.base > latest.version) {
    if (anew) return invalid('base', 'applications-writing.problem.no-such-version', { base: save.base })
    return 'other-version'
  }
  const before = later.findIndex((one) => one.save === save.save && one.by === caller.person)
  if (before >= 0) return savedBefore(latest, { later, before }, save, tidy)
  const decided = 'value' in save ? decideValue(latest, save) : decideText(latest, later, save, tidy)
  if (isRefused(decided)) return decided
  if (!decided.changes) return answer(latest, given, decided, app)
  const { text, value, merged } = decided
  const delta = merged ? keptDelta(latest.text ?? '', merged.delta) : null
  const version = {
    delta,
    value,
    save: save.save ?? null,
    by: caller.person
  }
  const length = text === null ? 0 : charactersIn(text)
  const kept = await keep(database, {
    ...field,
    ...version,
    outline: outline.outline,
    base: latest.version,
    text,
    length,
    how: how === 'typed' && later.length > 0 ? 'merged' : how
  })
  if (kept.outcome !== 'kept') return kept.outcome
  const now: Latest = {
    version: kept.version,
    text,
    value,
    length,
    savedAt: kept.savedAt
  }
  if (!database.isTransaction) {
    remember(database, field, now)
    publish(database, { ...field, ...version, version: kept.version })
  }
  return answer(now, given, decided, app)
}

type Decided = {
  changes: boolean
  text: string | null
  value: JsonValue
  /** Of texts. */
  merged: Merged | undefined
  /** Whether others had saved meanwhile. */
  withOthers: boolean
}

function decideText(
  latest: Latest,
  later: readonly Version[],
  save: Extract<Save, { text: string } | { delta: Delta }>,
  tidy: Fitting['tidy']
): Decided | Refused {
  if (latest.version > 0 && latest.text === null)
    return invalid('text', 'applications-writing.problem.no-text')
  const current = latest.text ?? ''
  const kept = later.map(({ delta }) => delta ?? [])
  const merged =
    'text' in save ? mergeText(current, kept, save.text, tidy) : mergeDelta(current, kept, save.delta, tidy)
  if (!merged) return invalid('delta', 'applications-writing.problem.other-text')
  if (merged.text.length > longest)
    return invalid('text', 'applications-writing.problem.too-long', { most: longest })
  const changes = merged.text !== current || (latest.version === 0 && merged.text !== '')
  return { changes, text: merged.text, value: null, merged, withOthers: later.length > 0 }
}

function decideValue(
  latest: Latest,
  { base, value }: Extract<Save, { value: JsonValue }>
): Decided | Refused {
  if (latest.text !== null) return invalid('value', 'applications-writing.problem.is-text')
  const same = JSON.stringify(value) === JSON.stringify(latest.value)
  if (!same && base !== latest.version) {
    const { version, savedAt } = latest
    return refused('changed', { current: { version, value: latest.value, savedAt } })
  }
  return { changes: !same, text: null, value, merged: undefined, withOthers: false }
}

/** What is answered to a save that was kept some time ago: the writer has not heard of it. */
function savedBefore(
  latest: Latest,
  { later, before }: { later: readonly Version[]; before: number },
  save: Save,
  tidy: Fitting['tidy']
): Saved {
  const { version, length, savedAt, text } = latest
  const saved = { version, length, savedAt, merged: later.length > 1 }
  if ('value' in save) return saved
  const current = text ?? ''
  if ('text' in save) return current === save.text ? saved : { ...saved, text: current }
  const kept = later.map(({ delta }) => delta ?? [])
  const delta = unseenOf(current, { kept, at: before }, save.delta, tidy)
  return delta.length > 0 ? { ...saved, delta } : saved
}

function answer(
  { version, length, savedAt }: Latest,
  save: Save,
  { merged, withOthers, text, value }: Decided,
  app: Holding
): Saved {
  const saved = { version, length, savedAt: savedAt || app.clock().toString(), merged: withOthers }
  if ('value' in save || !merged) {
    const other = 'value' in save && JSON.stringify(save.value) !== JSON.stringify(value)
    return other ? { ...saved, value } : saved
  }
  if ('text' in save) return text === save.text ? saved : { ...saved, text: text ?? '' }
  return merged.unseen.length > 0 ? { ...saved, delta: merged.unseen } : saved
}
