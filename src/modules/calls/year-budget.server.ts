import { listActions, type Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type MoneyOfAction, type MoneyUnder, type YearPlan, offeredBy } from './year-plan.ts'
import { offersOf, planOf } from './year-store.server.ts'

type Holding = { database: Database; programmes: Programmes; moneyUnder: MoneyUnder }

export type YearBudget = {
  edition: number
  /** Of the plan, for who writes on it. */
  revision: number
  plan: YearPlan
  /** Every action of the edition, those with money first. */
  money: MoneyOfAction[]
  /** What calls offer for several actions together. */
  unsplit: number
}

/** The money of a year, in cents. */
export async function budgetOfYear(app: Holding, edition: number): Promise<YearBudget> {
  const [{ plan, revision }, offers, decided] = await Promise.all([
    planOf(app.database, edition),
    offersOf(app.database, edition),
    app.moneyUnder(edition)
  ])
  const { byAction, unsplit } = offeredBy(offers)
  const money = listActions(app, edition).map(({ action }): MoneyOfAction => ({
    action,
    envelope: plan.envelopes[action],
    inCalls: byAction.get(action) ?? 0,
    awarded: decided && (decided.get(action)?.awarded ?? 0),
    committed: decided && (decided.get(action)?.committed ?? 0)
  }))
  return {
    edition,
    revision,
    plan,
    money: money.toSorted((a, b) => (b.envelope?.cents ?? b.inCalls) - (a.envelope?.cents ?? a.inCalls)),
    unsplit
  }
}
