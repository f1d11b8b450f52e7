import { ZenEngine } from '@gorules/zen-engine'
import type { Consortium } from '../../src/shared/rules/consortium.ts'
import { programmeCountries, type TwelveRules } from '../../src/shared/rules/twelve-rules.fixture.ts'
import type { Aggregates } from './aggregates.ts'

const engine = new ZenEngine()

/** A decision table whose rows are the rules; a row that hits is a rule that failed. Built once an action. */
export function zenFor(rules: TwelveRules): (facts: Aggregates) => Promise<string[]> {
  return tableOf({
    organisations: `organisations < ${rules.organisations}`,
    countries: `countries < ${rules.countries}`,
    universities: `universities < ${rules.universities}`,
    enterprises: `enterprises < ${rules.enterprises}`,
    'most-organisations': `full > ${rules.mostOrganisations}`,
    'most-associated': `associated > ${rules.mostAssociated}`,
    'barred-countries': 'barred > 0',
    'coordinator-country': 'not coordinatorInProgramme',
    charter: 'withoutCharter > 0',
    balance: 'organisations < others',
    ...durationAndGrant(rules)
  })
}

/** The same over the whole consortium: the engine counts by itself, once, and the table looks at the counts. */
export function zenWholeFor(rules: TwelveRules): (consortium: Consortium) => Promise<string[]> {
  const programme = JSON.stringify(programmeCountries)
  const university = '"higher-education-institution"'
  return tableOf(
    {
      organisations: `len(inside) < ${rules.organisations}`,
      // The language has no distinct values: it asks each programme country whether somebody comes from there.
      countries: `count(${programme}, # in insideCountries) < ${rules.countries}`,
      universities: `count(inside, #.type == ${university}) < ${rules.universities}`,
      enterprises: `count(inside, #.type == "enterprise") < ${rules.enterprises}`,
      'most-organisations': `len(full) > ${rules.mostOrganisations}`,
      'most-associated': `count(partners, #.role == "associated") > ${rules.mostAssociated}`,
      'barred-countries': `some(partners, #.country in ${JSON.stringify(rules.barred)})`,
      'coordinator-country': `some(partners, #.role == "coordinator" and #.country not in ${programme})`,
      charter: `some(inside, #.type == ${university} and not #.charter)`,
      balance: 'len(inside) < len(full) - len(inside)',
      ...durationAndGrant(rules)
    },
    {
      full: 'filter(partners, #.role in ["coordinator", "partner"])',
      inside: `filter($.full, #.country in ${programme})`,
      insideCountries: 'map($.inside, #.country)'
    }
  )
}

function durationAndGrant({ durations }: TwelveRules): Record<string, string> {
  return {
    duration: `durationMonths not in ${JSON.stringify(durations.map(({ months }) => months))}`,
    grant: durations
      .map(({ months, ceiling }) => `(durationMonths == ${months} and grantEur > ${ceiling})`)
      .join(' or ')
  }
}

function tableOf(rows: Record<string, string>, counted?: Record<string, string>) {
  const at = { x: 0, y: 0 }
  const nodes: object[] = [
    { id: 'in', name: 'in', type: 'inputNode', position: at },
    { id: 'table', name: 'table', type: 'decisionTableNode', position: at, content: tableContent(rows) },
    { id: 'out', name: 'out', type: 'outputNode', position: at }
  ]
  if (counted) {
    const expressions = Object.entries(counted).map(([key, value]) => ({ id: key, key, value }))
    const content = { expressions, passThrough: true }
    nodes.push({ id: 'counted', name: 'counted', type: 'expressionNode', position: at, content })
  }
  const path = counted ? ['in', 'counted', 'table', 'out'] : ['in', 'table', 'out']
  const edges = path.slice(1).map((targetId, index) => ({
    id: `edge-${index}`,
    type: 'edge',
    sourceId: path[index],
    targetId
  }))
  const decision = engine.createDecision({ nodes, edges })
  return async (input: object): Promise<string[]> => {
    const { result } = await decision.evaluate(input)
    return (result as { failed: string }[]).map(({ failed }) => failed)
  }
}

function tableContent(rows: Record<string, string>) {
  return {
    hitPolicy: 'collect',
    inputs: [{ id: 'condition', name: 'condition' }],
    outputs: [{ id: 'failed', name: 'failed', field: 'failed' }],
    rules: Object.entries(rows).map(([rule, condition]) => ({
      _id: rule,
      condition,
      failed: JSON.stringify(rule)
    }))
  }
}
