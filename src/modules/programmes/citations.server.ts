import { inEdition } from '#shared/rules/editions.ts'
import { type Citation, type Cited, type ReadingView, titled } from './citation.ts'
import { confidenceIn, sourcesIn } from './edition-rules.server.ts'
import type { OtherReading, RuleData, SourceRef } from './programme-data.ts'
import type { Programme } from './programme.server.ts'

export type { Citation, Cited, ReadingView } from './citation.ts'

export function cited(
  programme: Programme,
  value: { sources: SourceRef[]; 'other-readings'?: OtherReading[] },
  edition: number
): Cited {
  return {
    sources: citations(programme, value.sources, edition),
    confidence: confidenceIn(programme, value.sources, edition),
    otherReadings: readings(programme, value['other-readings'], edition)
  }
}

export function sourcesOfRule(
  programme: Programme,
  action: string,
  rule: string,
  edition: number
): Citation[] {
  return citations(programme, ruleOf(programme, action, rule, edition)?.sources ?? [], edition)
}

export function otherReadingsOf(
  programme: Programme,
  action: string,
  rule: string,
  edition: number
): ReadingView[] {
  return readings(programme, ruleOf(programme, action, rule, edition)?.['other-readings'], edition)
}

/** The rule as its file has it, of the action or shared. */
function ruleOf(programme: Programme, action: string, rule: string, edition: number): RuleData | undefined {
  const own = programme.actions.get(action)?.eligibility.rules ?? []
  return [...own, ...programme.commonRules].find((one) => one.id === rule && inEdition(one.editions, edition))
}

function citations(programme: Programme, sources: readonly SourceRef[], edition: number): Citation[] {
  return sourcesIn(sources, edition).map(({ document, at }) => {
    const { title, kind, url } = programme.sources.get(document)!
    return { document, ...titled(title), kind, ...(at && { at }), ...(url && { url }) }
  })
}

function readings(
  programme: Programme,
  all: readonly OtherReading[] | undefined,
  edition: number
): ReadingView[] {
  return (all ?? [])
    .filter(({ editions }) => inEdition(editions, edition))
    .map(({ says, sources }) => ({ says, sources: citations(programme, sources, edition) }))
}
