import type { BudgetRules, Citation, Cited } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import { type Budget, type RefusalKind, type RuleRef, ruleBehind } from '../budget/budget.ts'

/** The name of the form in which figures are kept and handed out; another form gets another name. */
export const figuresFormat = 'kopa-figures/1'

/** A rule that money rests on: what it says, where it stands, how sure that is. */
export type RuleCited = {
  /** The category of the budget that it is about; null: all of it. */
  category: string | null
  says: Words | null
  sources: Citation[]
  confidence: Cited['confidence']
}

/** What one line of the budget costs in one category, in whole cents; `cost` is `grant` and all refusals together. */
export type FiguresPart = {
  /** The id of the line in the content's budget, and whose it is. */
  line: string
  participant: string
  category: string
  year: number | null
  workPackage: string | null
  cost: number
  grant: number
  /** Cents that are not granted, and the place of the rule in `rules` that says so. */
  refusals: { kind: RefusalKind; cents: number; rule: number | null }[]
  /** Places in `rules` of the rates it was computed with. */
  rules: number[]
}

/**
 * What a content comes to by the rules of its call: computed from it, from the terms that it names and from what the
 * register says, so no part of what is hashed. It names nobody: participants and lines by their ids in the content.
 */
export type Figures = {
  format: typeof figuresFormat
  /** The call's title in the terms that the application was written under. */
  call: Words
  action: Words
  /** The day of the deadline, ISO, for which facts of the register had to hold. */
  closesOn: string
  /** Whole cents. `unverified`: of the grant what rests on amounts that were found in no document. */
  cost: number
  grant: number
  unverified: number
  /** Places in `rules` of how the money is granted. */
  funding: number[]
  parts: FiguresPart[]
  /** What categories are called, by their ids. */
  categories: Record<string, Words>
  rules: RuleCited[]
}

/** A computed budget with the rules it rests on, as plain data that stays readable when the rules are others. */
export function figuresFrom(
  rules: BudgetRules,
  budget: Budget,
  named: Pick<Figures, 'call' | 'action' | 'closesOn'>
): Figures {
  const cited = new Map<string, { place: number; rule: RuleCited }>()
  const placeOf = (ref: RuleRef): number[] => {
    const shown = ruleBehind(rules, ref)
    if (!shown) return []
    const { says = null, sources, confidence } = shown
    const rule = { category: 'category' in ref ? ref.category : null, says, sources, confidence }
    const key = JSON.stringify(rule)
    if (!cited.has(key)) cited.set(key, { place: cited.size, rule })
    return [cited.get(key)!.place]
  }
  const funding = rules.funding.flatMap(({ sure }, at) => (sure ? placeOf({ funding: at }) : []))
  const parts = budget.parts.map(({ line, category, cost, grant, refusals, rules: used }): FiguresPart => ({
    ...{ line: line.id, participant: line.participant, category },
    ...{ year: line.year ?? null, workPackage: line.workPackage ?? null, cost, grant },
    refusals: refusals.map(({ kind, cents, rule }) => ({
      ...{ kind, cents },
      rule: (rule && placeOf(rule)[0]) ?? null
    })),
    rules: [...new Set(used.flatMap(placeOf))]
  }))
  const used = new Set(budget.parts.flatMap(({ line, category }) => [line.category, category]))
  const categories = Object.fromEntries(
    rules.categories.flatMap(({ id, names }) => (used.has(id) ? [[id, names]] : []))
  )
  return {
    ...{ format: figuresFormat, ...named },
    ...{ cost: budget.cost, grant: budget.grant, unverified: budget.unverified },
    ...{ funding, parts, categories },
    rules: [...cited.values()].map(({ rule }) => rule)
  }
}
