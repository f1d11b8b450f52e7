import type { ActionSpec, Confidence, RuleSpec } from '#shared/rules/check.ts'
import { inEdition } from '#shared/rules/editions.ts'
import type { LexiconData } from '#shared/rules/lexicon.ts'
import { countryCodes } from './countries.ts'
import type { RuleData, SourceRef } from './programme-data.ts'
import type { Programme } from './programme.server.ts'

/** Seeds and official documents state; pages tell; what is not found yet never decides. */
const confidences = {
  seed: 'source-document',
  official: 'source-document',
  page: 'page',
  unverified: 'unverified'
} as const

const ranking: readonly Confidence[] = ['source-document', 'page', 'unverified']

/** The sources that speak for an edition. */
export function sourcesIn(sources: readonly SourceRef[], edition: number): SourceRef[] {
  return sources.filter((source) => inEdition(source.editions, edition))
}

/** The best confidence any source of the edition gives. */
export function confidenceIn(
  programme: Programme,
  sources: readonly SourceRef[],
  edition: number
): Confidence {
  const given = sourcesIn(sources, edition).map(
    ({ document }) => confidences[programme.sources.get(document)!.kind]
  )
  return ranking.find((confidence) => given.includes(confidence)) ?? 'unverified'
}

/** All rules of an action in an edition, the shared ones first; undefined when the action did not exist in it. */
export function actionSpec(programme: Programme, action: string, edition: number): ActionSpec | undefined {
  const files = programme.actions.get(action)
  if (!files?.action.editions.some(({ editions }) => inEdition(editions, edition))) return undefined
  const common = programme.commonRules.filter(({ id }) => files.eligibility.common?.includes(id))
  const rules = [...common, ...files.eligibility.rules]
    .filter((rule) => inEdition(rule.editions, edition))
    .map((rule) => ruleSpec(programme, rule, edition))
  const deadlines = files.action.deadlines
    .filter((deadline) => deadline.edition === edition)
    .map(({ on, fields }) => ({ on, ...(fields && { fields }) }))
  return { action, edition, fields: files.action.fields, deadlines, rules }
}

/** The words of an edition: countries, sets and kinds of organisation. */
export function lexiconData(programme: Programme, edition: number): LexiconData {
  const sets = [...programme.countrySets(edition)].map(([name, { countries }]) => [name, countries] as const)
  const kind = ({ names: _names, codes: _codes, ...rest }: Programme['types'][number]) => rest
  return {
    countries: countryCodes,
    sets: Object.fromEntries(sets),
    types: programme.types.map(kind),
    functions: programme.functions.map(kind)
  }
}

function ruleSpec(programme: Programme, rule: RuleData, edition: number): RuleSpec {
  const { editions: _editions, sources, 'other-readings': _readings, severity, ...body } = rule
  const advice = 'in-the-form' in rule || 'assessor' in rule
  return {
    ...body,
    severity: advice ? 'info' : (severity ?? 'block'),
    confidence: confidenceIn(programme, sources, edition)
  } as RuleSpec
}
