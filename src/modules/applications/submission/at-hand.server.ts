import { callTaking, callUnderTerms } from '#server/calls'
import type { CallToCheck, Programmes } from '#server/programmes'
import { idsToday } from '#server/organisations'
import { lastProofs } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { Outline, Participant } from '../application.ts'
import '../budget/budget-tables.server.ts'
import { mandateStateOf } from '../consortium/mandate.ts'
import '../consortium/consortium-tables.server.ts'
import type { AnswerAtHand, AskedToSubmit, AtHand } from './asked.ts'
import { filesIn } from './files-at-hand.server.ts'
import { submissionOf } from './submissions-store.server.ts'
import '../applications-tables.server.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The applications that are asked for, as they stand, in a few statements however many they are.
 * @returns by what was asked; one that is not there is missing
 */
export async function allAtHand(
  { database, programmes }: { database: Database; programmes: Programmes },
  asked: readonly AskedToSubmit[]
): Promise<Map<AskedToSubmit, AtHand>> {
  const sessions = asked.flatMap(({ caller: { by } }) => ('session' in by ? [by.session] : []))
  const [rows, proofs] = await Promise.all([
    applicationsNamed(database, [...new Set(asked.map(({ application }) => application))]),
    lastProofs(database, sessions)
  ])
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const forms = asked.map(({ form }) => form)
  const [participants, answers, budgets, mandates, before, calls, applied] = await Promise.all([
    participantsOf(database, ids),
    answersOf(database, ids),
    budgetsOf(database, ids),
    mandatesOf(database, ids),
    submittedBy(database, ids, forms),
    callsOf(database, [...new Set(rows.map(({ call }) => call))]),
    appliedOf({ database, programmes }, [...new Set(rows.map(({ terms }) => terms))])
  ])
  const files = new Map(
    await Promise.all(ids.map(async (id) => [id, await filesIn(database, answers.get(id) ?? [])] as const))
  )
  const byName = new Map(rows.flatMap((row) => [[row.id, row] as const, [row.code, row] as const]))
  const found = new Map<AskedToSubmit, AtHand>()
  for (const one of asked) {
    const row = byName.get(one.application)
    const call = row && calls.get(row.call)
    if (!row || !call) continue
    const { form_version: formVersion, ...rest } = row
    const outline: Outline = { ...rest, formVersion, participants: participants.get(row.id) ?? [] }
    const { by } = one.caller
    found.set(one, {
      outline,
      answers: answers.get(row.id) ?? [],
      budget: budgets.get(row.id) ?? { lines: [], versions: 0 },
      files: files.get(row.id) ?? [],
      mandates: new Map(
        outline.participants.map(({ id, role }) => [id, mandateStateOf(role, mandates.get(id))])
      ),
      call,
      applied: applied.get(row.terms)!,
      before: before.find(({ form, submission }) => form === one.form && submission.application === row.id)
        ?.submission,
      provedAt: 'session' in by ? proofs.get(by.session) : undefined
    })
  }
  return found
}

async function applicationsNamed(database: Database, names: readonly string[]) {
  const ids = names.filter((name) => uuid.test(name))
  const codes = names.filter((name) => !uuid.test(name))
  return database
    .selectFrom('applications.application')
    .select([
      'id',
      'code',
      'call',
      'edition',
      'action',
      'field',
      'language',
      'title',
      'terms',
      'form_version',
      'state',
      'outline'
    ])
    .where((where) =>
      where.or([
        ...(ids.length > 0 ? [where('id', 'in', ids)] : []),
        ...(codes.length > 0 ? [where('code', 'in', codes)] : [])
      ])
    )
    .execute()
}

async function participantsOf(
  database: Database,
  ids: readonly string[]
): Promise<Map<string, Participant[]>> {
  const rows = await database
    .selectFrom('applications.participant')
    .select(['application', 'id', 'position', 'role', 'organisation', 'name', 'country', 'state', 'edits'])
    .where('application', 'in', ids)
    .where('ended_at', 'is', null)
    .orderBy('position')
    .execute()
  // An organisation that was merged into another meanwhile is that other (decision 105).
  const today = await idsToday(
    database,
    rows.flatMap(({ organisation }) => organisation ?? [])
  )
  return grouped(
    rows.map((row) => ({
      ...row,
      organisation: row.organisation && (today.get(row.organisation) ?? row.organisation)
    }))
  )
}

async function answersOf(database: Database, ids: readonly string[]): Promise<Map<string, AnswerAtHand[]>> {
  const rows = await database
    .selectFrom('applications.answer')
    .select(({ eb, fn, val }) => [
      'application',
      'path',
      'version',
      'length',
      fn<string>('encode', ['digest', val('hex')]).as('digest'),
      'value',
      // Any letter or sign will do.
      eb(eb.fn.coalesce('text', val('')), '~', val('\\S')).as('isText')
    ])
    .where('application', 'in', ids)
    .execute()
  return grouped(rows as (AnswerAtHand & { application: string })[])
}

async function budgetsOf(database: Database, ids: readonly string[]): Promise<Map<string, AtHand['budget']>> {
  const rows = await database
    .selectFrom('applications.budget_line')
    .select(['application', 'id', 'participant', 'content', 'version', 'removed_at'])
    .where('application', 'in', ids)
    .orderBy('place')
    .execute()
  const budgets = new Map<string, AtHand['budget']>()
  for (const { application, id, participant, content, version, removed_at } of rows) {
    const budget = budgets.get(application) ?? { lines: [], versions: 0 }
    budget.versions += version
    if (removed_at === null) budget.lines.push({ ...content, id, participant })
    budgets.set(application, budget)
  }
  return budgets
}

async function mandatesOf(database: Database, ids: readonly string[]) {
  const rows = await database
    .selectFrom('applications.mandate as m')
    .innerJoin('applications.participant as p', 'p.id', 'm.participant')
    .select(['m.participant', 'm.way', 'm.findings', 'm.verdict'])
    .where('p.application', 'in', ids)
    .where('m.ended_at', 'is', null)
    .execute()
  return new Map(rows.map(({ participant, ...mandate }) => [participant, mandate]))
}

async function submittedBy(database: Database, ids: readonly string[], forms: readonly string[]) {
  const rows = await database
    .selectFrom('applications.submission')
    .selectAll()
    .where('application', 'in', ids)
    .where('form', 'in', forms)
    .execute()
  return rows.map((row) => ({ form: row.form, submission: submissionOf(row) }))
}

async function callsOf(database: Database, codes: readonly string[]) {
  const calls = await Promise.all(codes.map((code) => callTaking({ database }, code)))
  return new Map(calls.flatMap((call) => (call ? [[call.code, call] as const] : [])))
}

/** From memory, but for terms that nobody asked for lately. */
async function appliedOf(app: { database: Database; programmes: Programmes }, terms: readonly string[]) {
  const calls = await Promise.all(terms.map((one) => callUnderTerms(app, one)))
  return new Map<string, CallToCheck>(calls.map((call) => [call.terms, call]))
}

function grouped<Row extends { application: string }>(
  rows: readonly Row[]
): Map<string, Omit<Row, 'application'>[]> {
  const groups = new Map<string, Omit<Row, 'application'>[]>()
  for (const { application, ...rest } of rows) {
    const group = groups.get(application)
    if (group) group.push(rest)
    else groups.set(application, [rest])
  }
  return groups
}
