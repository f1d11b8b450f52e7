import type { Words } from '#shared/rules/vocabulary.ts'
import { actionView, type ActionView } from './action-view.server.ts'
import type { EditionData } from './edition.ts'
import { inEdition } from '#shared/rules/editions.ts'
import type { Consortium } from '#shared/rules/consortium.ts'
import { budgetRulesOf } from './budget-rules.server.ts'
import type { BudgetRules } from './budget-rules.ts'
import { cited, type Cited } from './citations.server.ts'
import type { ApplicationForm } from './form-data.ts'
import { formFor } from './forms/form-for.server.ts'
import type { FormWanted } from './forms/making.server.ts'
import type { FactData, Field, PlaceData, PriorityData } from './programme-data.ts'
import { editionData, existsIn, type Programmes } from './programmes.server.ts'

/** The guide is public; so is what we know of it. */
export const permission = 'public'

type Holding = { programmes: Programmes }

export type ActionEntry = {
  action: string
  names: Words
  summary: Words
  family: string
  fields: Field[]
  editions: number[]
}

/** Every action of the programme, or those of one edition. */
export function listActions({ programmes }: Holding, edition?: number): ActionEntry[] {
  return [...programmes.programme.actions.values()]
    .map((files) => ({
      action: files.action.action,
      names: files.action.names,
      summary: files.action.summary,
      family: files.action.family,
      fields: files.action.fields,
      editions: existsIn(files)
    }))
    .filter(({ editions }) => edition === undefined || editions.includes(edition))
}

/** Everything known about an action in an edition; undefined when it did not exist in it. */
export function showAction({ programmes }: Holding, action: string, edition: number): ActionView | undefined {
  return actionView(programmes.programme, action, edition)
}

/**
 * The money rules of an action in an edition, as data a browser can compute with. Field, answers, duration and
 * partners of the consortium decide which apply. Undefined when the action did not exist in the edition.
 */
export function budgetRules(
  { programmes }: Holding,
  of: { action: string; edition: number; consortium: Consortium }
): BudgetRules | undefined {
  const { programme } = programmes
  const files = programme.actions.get(of.action)
  const edition = programmes.edition(of.edition)
  if (!files || !edition || !existsIn(files).includes(of.edition)) return undefined
  return budgetRulesOf(programme, edition.lexicon, files, of.edition, of.consortium)
}

/** What a check of the edition needs, as data a browser can compile. */
export function editionForBrowser({ programmes }: Holding, edition: number): EditionData | undefined {
  return programmes.editions.includes(edition) ? editionData(programmes.programme, edition) : undefined
}

/** The application form of an action in an edition; undefined when it did not exist in it. */
export function showForm({ programmes }: Holding, wanted: FormWanted): ApplicationForm | undefined {
  return formFor(programmes, wanted)
}

/** The families of actions, in the order pages show them. */
export function listFamilies({ programmes }: Holding): { id: string; names: Words }[] {
  return programmes.programme.families
}

export type PriorityEntry = Cited & Pick<PriorityData, 'id' | 'kind' | 'field' | 'names'>

/** What projects of an edition are asked to work on: horizontal priorities first, then those of each field. */
export function listPriorities({ programmes }: Holding, edition: number): PriorityEntry[] {
  const { programme } = programmes
  return programme.priorities
    .filter(({ editions }) => inEdition(editions, edition))
    .map((one) => ({
      ...cited(programme, one, edition),
      id: one.id,
      kind: one.kind,
      ...(one.field && { field: one.field }),
      names: one.names
    }))
}

export type LifecycleFact = Cited & Pick<FactData, 'id' | 'says' | 'values'>

/** A fact about how applications are handled in an edition, such as deadline-hour; undefined when none is known. */
export function lifecycleFact(
  { programmes }: Holding,
  id: string,
  edition: number
): LifecycleFact | undefined {
  const { programme } = programmes
  const fact = programme.lifecycle.find((one) => one.id === id && inEdition(one.editions, edition))
  return (
    fact && {
      ...cited(programme, fact, edition),
      id: fact.id,
      says: fact.says,
      ...(fact.values && { values: fact.values })
    }
  )
}

/** The towns that distances are computed between. */
export function listPlaces({ programmes }: Holding): PlaceData[] {
  return programmes.programme.places
}
