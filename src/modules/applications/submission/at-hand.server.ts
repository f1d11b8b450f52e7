import { callTaking, callUnderTerms } from '#server/calls'
import type { CallToCheck, Programmes } from '#server/programmes'
import { lastProofs } from '#server/people'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import { mandateStateOf } from '../consortium/mandate.ts'
import { findOutlines } from '../outline.server.ts'
import type { AnswerAtHand, AskedToSubmit, AtHand } from './asked.ts'
import { filesIn } from './files-at-hand.server.ts'
import { submissionsByForm } from './submissions-store.server.ts'

/**
 * The applications that are asked for, as they stand, in a few statements however many they are.
 * @returns by what was asked; one that is not there is missing
 */
export async function allAtHand(
  { database, programmes }: { database: Database; programmes: Programmes },
  asked: readonly AskedToSubmit[]
): Promise<Map<AskedToSubmit, AtHand>> {
  const sessions = asked.flatMap(({ caller: { by } }) => ('session' in by ? [by.session] : []))
  const [outlines, proofs] = await Promise.all([
    findOutlines(
      database,
      asked.map(({ application }) => application)
    ),
    lastProofs(database, sessions)
  ])
  const there = outlines.filter((one) => one !== undefined)
  if (there.length === 0) return new Map()
  const ids = [...new Set(there.map(({ id }) => id))]
  const forms = asked.map(({ form }) => form)
  const [answers, budgets, mandates, before, calls, applied] = await Promise.all([
    answersOf(database, ids),
    budgetsOf(database, ids),
    mandatesOf(database, there),
    submissionsByForm(database, { applications: ids, forms }),
    callsOf(database, [...new Set(there.map(({ call }) => call))]),
    appliedOf({ database, programmes }, [...new Set(there.map(({ terms }) => terms))])
  ])
  const files = new Map(
    await Promise.all(ids.map(async (id) => [id, await filesIn(database, answers.get(id) ?? none)] as const))
  )
  const found = new Map<AskedToSubmit, AtHand>()
  for (const [at, one] of asked.entries()) {
    const outline = outlines[at]
    const call = outline && calls.get(outline.call)
    if (!outline || !call) continue
    const { by } = one.caller
    found.set(one, {
      outline,
      answers: answers.get(outline.id) ?? none,
      budget: budgets.get(outline.id) ?? { lines: [], versions: 0 },
      files: files.get(outline.id) ?? [],
      mandates: new Map(
        outline.participants.map(({ id, role }) => [id, mandateStateOf(role, mandates.get(id))])
      ),
      call,
      applied: applied.get(outline.terms)!,
      before: before.find(
        ({ form, submission }) => form === one.form && submission.application === outline.id
      )?.submission,
      provedAt: 'session' in by ? proofs.get(by.session) : undefined
    })
  }
  return found
}

const none: AtHand['answers'] = new Map()

/** Answers of one application, column by column: far less to write and to read than a row for each. */
type AnswerColumns = {
  application: string
  paths: string[]
  versions: number[]
  lengths: number[]
  digests: string
  says: (boolean | null)[]
  lines: (string | null)[]
  values: unknown[]
}

async function answersOf(
  database: Database,
  ids: readonly string[]
): Promise<Map<string, AtHand['answers']>> {
  const rows = await runPrepared<AnswerColumns>(database, answersAtHand, [ids])
  return new Map(rows.map((row) => [row.application, new Map(answersIn(row))]))
}

function answersIn({ paths, versions, lengths, digests, says, lines, values }: AnswerColumns) {
  return paths.map((path, at): [string, AnswerAtHand] => {
    const digest = digests.slice(at * digestLength, (at + 1) * digestLength)
    const given = { path, version: versions[at]!, length: lengths[at]!, digest }
    const isText = says[at]! !== null
    return [
      path,
      isText ? { ...given, text: says[at] ? (lines[at] ?? digest) : '' } : { ...given, value: values[at] }
    ]
  })
}

// Of SHA-256 in hexadecimal.
const digestLength = 64

const answersAtHand: Prepared = {
  name: 'applications.answers-at-hand',
  text: `
    select application, json_agg(path) as paths, json_agg(version) as versions, json_agg(length) as lengths,
      encode(string_agg(digest, ''), 'hex') as digests, json_agg(says) as says,
      json_agg(case when length <= 300 then text end) as lines, json_agg(value) as values
    from applications.answer where application = any($1::uuid[]) group by application`
}

type BudgetRow = { application: string; versions: number; lines: BudgetLine[] }

async function budgetsOf(database: Database, ids: readonly string[]): Promise<Map<string, AtHand['budget']>> {
  const rows = await runPrepared<BudgetRow>(database, budgetsAtHand, [ids])
  return new Map(rows.map(({ application, versions, lines }) => [application, { versions, lines }]))
}

const budgetsAtHand: Prepared = {
  name: 'applications.budgets-at-hand',
  text: `
    select application, sum(version)::integer as versions,
      coalesce(json_agg(content || jsonb_build_object('id', id, 'participant', participant) order by place)
        filter (where removed_at is null), '[]') as lines
    from applications.budget_line where application = any($1::uuid[]) group by application`
}

type MandateRow = { participant: string } & NonNullable<Parameters<typeof mandateStateOf>[1]>

async function mandatesOf(database: Database, outlines: readonly Outline[]) {
  const participants = outlines.flatMap((outline) => outline.participants.map(({ id }) => id))
  const rows = await runPrepared<MandateRow>(database, mandatesAtHand, [participants])
  return new Map(rows.map(({ participant, ...mandate }) => [participant, mandate]))
}

const mandatesAtHand: Prepared = {
  name: 'applications.mandates-at-hand',
  text: `
    select participant, way, verdict from applications.mandate
    where participant = any($1::uuid[]) and ended_at is null`
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
