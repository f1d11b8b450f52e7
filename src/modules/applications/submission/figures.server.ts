import { Temporal } from 'temporal-polyfill'
import { type CallTaking, callTaking, callUnderTerms } from '#server/calls'
import { type Programmes, listActions } from '#server/programmes'
import { historyOf } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import { chainOf } from './acceptance-store.server.ts'
import { draftOf, rulesFor } from '../budget/budget-at-work.server.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import { computeBudget } from '../budget/compute-budget.ts'
import { knownFacts } from '../consortium/check-draft.server.ts'
import { findOutline, lockOutline } from '../outline.server.ts'
import { type Figures, figuresFrom } from './figures.ts'
import { contentOf, copyAnswers } from './frozen-content.server.ts'
import type { SealedContent } from './manifest.ts'
import type { Submission } from './submission.ts'
import { submissionsOf } from './submissions-store.server.ts'
import './submission-tables.server.ts'

type Holding = { database: Database; programmes: Programmes }
type Submitted = { content: SealedContent; submission: Submission }
/** Of which application; for which day facts have to hold, and as of which instant the register is asked. */
type Knowing = { application: string; closesOn: string; asOf?: Temporal.Instant }

/** The figures of content: of what was handed in those that are kept, of a draft as of now. */
export async function figuresFor(
  app: Holding,
  { content, submission }: { content: SealedContent; submission?: Submission | undefined }
): Promise<Figures> {
  return submission ? keepFigures(app, { content, submission }) : figuresNow(app, content)
}

/** The figures for machines: of which content they are, which is all that the hash holds, and then what it comes to. */
export async function figuresJsonOf(
  app: Holding,
  shown: { content: SealedContent; hash: string; submission?: Submission | undefined }
): Promise<Figures & { application: string; number: number | null; sha256: string }> {
  const { content, hash, submission } = shown
  const of = { application: content.application, number: submission?.number ?? null, sha256: hash }
  return { ...of, ...(await figuresFor(app, shown)) }
}

async function figuresNow(app: Holding, content: SealedContent): Promise<Figures> {
  const [outline, call] = await Promise.all([
    findOutline(app.database, content.application),
    callOf(app.database, content.call)
  ])
  if (!outline) throw new Error(`There is no application ${content.application}.`)
  return figuresOf(app, content, { application: outline.id, closesOn: dayIn(call, call.closesAt) })
}

/**
 * The figures of what was handed in, computed once and kept with its answers: from the terms that it names, the register
 * as it stood when it was accepted and the deadline that held then.
 * @throws Error when what stands is not what the hash on record holds
 */
export async function keepFigures(app: Holding, { content, submission }: Submitted): Promise<Figures> {
  const { database } = app
  const before = await keptFigures(database, submission.id)
  if (before) return before
  const figures = await figuresAtAcceptance(app, { content, submission })
  return database.transaction().execute(async (transaction) => {
    // The application before anything of it, as whoever takes it back or withdraws it does.
    await lockOutline(transaction, submission.application)
    const kept = await keptFigures(transaction, submission.id)
    if (kept) return kept
    await copyAnswers(transaction, submission.application)
    await saveFigures(transaction, submission.id, figures)
    return figures
  })
}

/**
 * Keeps all that was handed in of an application whole, answers and figures, before it is opened again: what its people
 * say of their organisations may be another thing then. In the transaction that holds the application.
 */
export async function keepWhole(app: Holding, application: string): Promise<void> {
  const transaction = app.database
  await copyAnswers(transaction, application)
  for (const submission of await submissionsOf(transaction, application)) {
    if (await keptFigures(transaction, submission.id)) continue
    const content = await contentOf(transaction, submission.id)
    await saveFigures(transaction, submission.id, await figuresAtAcceptance(app, { content, submission }))
  }
}

async function keptFigures(database: Database, submission: string): Promise<Figures | undefined> {
  const { figures } = await database
    .selectFrom('applications.submitted_content')
    .select('figures')
    .where('submission', '=', submission)
    .executeTakeFirstOrThrow()
  return figures ?? undefined
}

async function saveFigures(transaction: Database, submission: string, figures: Figures): Promise<void> {
  await transaction
    .updateTable('applications.submitted_content')
    .set({ figures: JSON.stringify(figures) })
    .where('submission', '=', submission)
    .execute()
}

async function figuresAtAcceptance(app: Holding, { content, submission }: Submitted): Promise<Figures> {
  const { application, acceptedAt } = submission
  const call = await callOf(app.database, submission.call)
  // The deadline may have been moved since; the entry in the log names the one that held.
  const [entry] = await historyOf(app.database, chainOf(submission.call), 1, submission.number + 1)
  const deadline = entry?.payload?.['deadline']
  const closesAt = typeof deadline === 'string' ? Temporal.Instant.from(deadline) : call.closesAt
  return figuresOf(app, content, { application, closesOn: dayIn(call, closesAt), asOf: acceptedAt })
}

/** Computed as on the page of the budget, of the lines and organisations of this very content. */
async function figuresOf(
  app: Holding,
  content: SealedContent,
  { application, closesOn, asOf }: Knowing
): Promise<Figures> {
  const { action, edition } = content
  const applied = await callUnderTerms(app, content.terms)
  const outline = { ...content, id: application, code: content.application } as unknown as Outline
  const answers = new Map(
    Object.entries(content.answers).map(([path, given]) => [
      path,
      { path, version: 1, length: 0, ...(typeof given === 'string' ? { text: given } : { value: given }) }
    ])
  )
  const lines = (Array.isArray(content.budget) ? content.budget : []) as unknown as BudgetLine[]
  const facts = await knownFacts(app.database, outline, closesOn, asOf)
  const rules = rulesFor(applied, outline, answers, facts)
  const budget = computeBudget(rules, { ...draftOf(outline, answers), lines })
  const named = listActions(applied, edition).find((one) => one.action === action)
  return figuresFrom(rules, budget, {
    call: applied.title,
    action: named?.names ?? { en: action, lv: action },
    closesOn
  })
}

async function callOf(database: Database, code: string): Promise<CallTaking> {
  const call = await callTaking({ database }, code)
  if (!call) throw new Error(`There is no call ${code}.`)
  return call
}

function dayIn({ zone }: CallTaking, at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(zone).toPlainDate().toString()
}
