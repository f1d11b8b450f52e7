import { callTaking, callUnderTerms } from '#server/calls'
import { lastProofs } from '#server/people'
import type { CallToCheck, Programmes } from '#server/programmes'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import { factsOfDrafts } from '../consortium/check-draft.server.ts'
import { mandateStateOf } from '../consortium/mandate.ts'
import { findOutlines } from '../outline.server.ts'
import type { AskedToSubmit, Circumstances } from './asked.ts'
import { submissionsByForm } from './submissions-store.server.ts'

type Holding = { database: Database; programmes: Programmes }

/**
 * How things stand around the applications that are asked for, in a few statements however many they are.
 * @returns by what was asked; one that is not there is missing
 */
export async function allCircumstances(
  app: Holding,
  asked: readonly AskedToSubmit[]
): Promise<Map<AskedToSubmit, Circumstances>> {
  const { database } = app
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
  const applications = [...new Set(there.map(({ id }) => id))]
  const forms = asked.map(({ form }) => form)
  const [mandates, before, calls, applied] = await Promise.all([
    mandatesOf(database, there),
    submissionsByForm(database, { applications, forms }),
    callsOf(database, [...new Set(there.map(({ call }) => call))]),
    appliedOf(app, [...new Set(there.map(({ terms }) => terms))])
  ])
  const facts = await factsOfDrafts(
    database,
    there.flatMap((outline) => {
      const call = calls.get(outline.call)
      return call ? [{ outline, closesOn: dayOfClosing(call) }] : []
    })
  )
  const found = new Map<AskedToSubmit, Circumstances>()
  for (const [at, one] of asked.entries()) {
    const outline = outlines[at]
    const call = outline && calls.get(outline.call)
    if (!outline || !call) continue
    const { by } = one.caller
    found.set(one, {
      outline,
      mandates: new Map(
        outline.participants.map(({ id, role }) => [id, mandateStateOf(role, mandates.get(id))])
      ),
      ...{ facts, call },
      applied: applied.get(outline.terms)!,
      before: before.find(
        ({ form, submission }) => form === one.form && submission.application === outline.id
      )?.submission,
      provedAt: 'session' in by ? proofs.get(by.session) : undefined
    })
  }
  return found
}

/** The day for which facts about organisations have to hold. ISO. */
export function dayOfClosing({ closesAt, zone }: Circumstances['call']): string {
  return closesAt.toZonedDateTimeISO(zone).toPlainDate().toString()
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
async function appliedOf(app: Holding, terms: readonly string[]) {
  const calls = await Promise.all(terms.map((one) => callUnderTerms(app, one)))
  return new Map<string, CallToCheck>(calls.map((call) => [call.terms, call]))
}
