import type { Temporal } from 'temporal-polyfill'
import { callUnderTerms } from '#server/calls'
import { factsForCheck } from '#server/organisations'
import type { CallToCheck, Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Answer, Outline } from '../application.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import { storedLines } from '../budget/budget-store.server.ts'
import type { Draft } from '../draft.server.ts'
import { askRules } from './ask-rules.server.ts'
import { type KnownFacts, consortiumOf } from './consortium-of.ts'
import { derivedAnswers } from './derived-answers.ts'
import type { DraftCheck } from './draft-check.ts'
import { type LimitWarning, limitsOfDraft } from './limits-of-draft.server.ts'
import { detailsOf } from './participants-store.server.ts'

/** The check of a draft with the limits across applications that the draft touches. */
export type CheckWithLimits = { check: DraftCheck; limits: LimitWarning[] }

/** Checks a draft that was opened for somebody, and counts the applications of those who take part. */
export async function checkOpened(
  app: { database: Database; programmes: Programmes },
  draft: Draft
): Promise<CheckWithLimits> {
  const { outline, access, call } = draft
  const [check, limits] = await Promise.all([
    checkAlone(app, draft),
    limitsOfDraft(app, outline, { own: access.participant, closesAt: call.closesAt })
  ])
  return { check, limits }
}

/** The same without counting applications. */
export async function checkAlone(
  app: { database: Database; programmes: Programmes },
  { outline, answers, call }: Draft
): Promise<DraftCheck> {
  const closesOn = call.closesAt.toZonedDateTimeISO(call.zone).toPlainDate().toString()
  const lines = await storedLines(app.database, outline.id)
  return checkOfDraft(app, { outline, answers, lines, closesOn })
}

/** Checks a draft as it stands: the consortium, the answers that rules ask for, duration and grant. */
export async function checkOfDraft(
  app: { database: Database; programmes: Programmes },
  draft: ToCheck & { closesOn: string }
): Promise<DraftCheck> {
  const [call, facts] = await Promise.all([
    callUnderTerms(app, draft.outline.terms),
    factsOfDrafts(app.database, [draft])
  ])
  return checkUnder(call, draft, facts)
}

type ToCheck = {
  outline: Outline
  answers: ReadonlyMap<string, Answer>
  /** Of the budget. */
  lines: readonly BudgetLine[]
}

/**
 * The same of a draft of which everything is at hand.
 * @param call as it stands in the terms that the draft is written under
 * @param facts of its participants
 */
export function checkUnder(
  call: CallToCheck,
  { outline, answers, lines }: ToCheck,
  facts: ReadonlyMap<string, KnownFacts>
): DraftCheck {
  const written = consortiumOf(outline, facts, answers)
  const derived = derivedAnswers(answers, lines, questionsOf(call, outline))
  return {
    ...askRules(call, outline, { ...written, answers: { ...written.answers, ...derived } }),
    waiting: outline.participants.filter(({ state }) => state === 'invited').length
  }
}

/**
 * What is known of each participant of a draft.
 * @param day ISO day for which facts have to hold
 * @param asOf by the register as it stood at that instant; left out: as it stands
 */
export async function knownFacts(
  database: Database,
  outline: Outline,
  day: string,
  asOf?: Temporal.Instant
): Promise<ReadonlyMap<string, KnownFacts>> {
  return factsOfDrafts(database, [{ outline, closesOn: day }], asOf)
}

/** What is known of each participant: by the register, and what it said itself where the register is silent. */
export async function factsOfDrafts(
  database: Database,
  drafts: readonly { outline: Outline; closesOn: string }[],
  asOf?: Temporal.Instant
): Promise<ReadonlyMap<string, KnownFacts>> {
  const participants = drafts.flatMap(({ outline, closesOn }) =>
    outline.participants.map(({ id, organisation }) => ({ id, organisation, closesOn }))
  )
  const days = [...new Set(drafts.map(({ closesOn }) => closesOn))]
  const [recordsOfDays, details] = await Promise.all([
    Promise.all(
      days.map(async (day) => {
        const of = participants.filter(({ closesOn }) => closesOn === day)
        const ids = of.flatMap(({ organisation }) => organisation ?? [])
        return [day, await factsForCheck(database, ids, day, asOf)] as const
      })
    ),
    detailsOf(
      database,
      drafts.map(({ outline }) => outline.id)
    )
  ])
  const records = new Map(recordsOfDays)
  return new Map(
    participants.map(({ id, organisation, closesOn }) => {
      const record = organisation === null ? undefined : records.get(closesOn)?.get(organisation)
      const said = details.get(id)
      return [
        id,
        {
          country: record?.country,
          type: record?.type ?? said?.type,
          charter: record?.charter,
          nonProfit: record?.nonProfit ?? said?.nonProfit,
          establishedOn: said?.establishedOn,
          europeanNgo: said?.europeanNgo,
          functions: said?.functions
        }
      ]
    })
  )
}

/** What the programme asks of an action before its rules can answer. */
function questionsOf({ programmes }: CallToCheck, { action, edition }: Outline) {
  return programmes.edition(edition)?.actions.get(action)?.questions ?? []
}
