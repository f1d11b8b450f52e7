import jsonRulesEngine, { type RuleProperties } from 'json-rules-engine'
import type { TwelveRules } from '../../src/shared/rules/twelve-rules.fixture.ts'
import type { Aggregates } from './aggregates.ts'

const { Engine } = jsonRulesEngine
type Condition = { fact: keyof Aggregates; operator: string; value: unknown }

/** One engine an action, built once: a rule whose conditions hold is one that failed. */
export function jsonRulesEngineFor(rules: TwelveRules): (facts: Aggregates) => Promise<string[]> {
  const months = rules.durations.map((one) => one.months)
  const one = (fact: keyof Aggregates, operator: string, value: unknown) => ({
    all: [{ fact, operator, value } satisfies Condition]
  })
  const conditions: Record<string, RuleProperties['conditions']> = {
    organisations: one('organisations', 'lessThan', rules.organisations),
    countries: one('countries', 'lessThan', rules.countries),
    universities: one('universities', 'lessThan', rules.universities),
    enterprises: one('enterprises', 'lessThan', rules.enterprises),
    'most-organisations': one('full', 'greaterThan', rules.mostOrganisations),
    'most-associated': one('associated', 'greaterThan', rules.mostAssociated),
    'barred-countries': one('barred', 'greaterThan', 0),
    'coordinator-country': one('coordinatorInProgramme', 'equal', false),
    charter: one('withoutCharter', 'greaterThan', 0),
    balance: one('organisations', 'lessThan', { fact: 'others' }),
    duration: one('durationMonths', 'notIn', months),
    grant: {
      any: rules.durations.map(({ months: length, ceiling }) => ({
        all: [
          { fact: 'durationMonths', operator: 'equal', value: length },
          { fact: 'grantEur', operator: 'greaterThan', value: ceiling }
        ]
      }))
    }
  }
  const engine = new Engine(
    Object.entries(conditions).map(([type, condition]) => ({ conditions: condition, event: { type } }))
  )
  return async (facts) => {
    const { events } = await engine.run(facts)
    return events.map(({ type }) => type)
  }
}
