import { countryName } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Language } from '#shared/texts/language.ts'
import { nutsRegions } from '../../identifiers/nuts.ts'
import {
  type FactGroup,
  type FactKind,
  type Level,
  type Source,
  factGroups,
  groupOf
} from '../../record/fact.ts'
import type { OrganisationView } from '../../reads.ts'

/** A fact in the reader's language; kinds whose values are texts of the page are said there. */
export type ShownFact = {
  kind: FactKind
  detail: string
  value: string
  /** What the value is called; the value itself where it is a name already. */
  said: string
  validFrom: string | undefined
  validUntil: string | undefined
  level: Level
  by: { source: Source; level: Level; evidence: string | undefined; on: string }[]
}

/** A group of facts. `saidBy`: who says all of them, where that is the same for all; then it need be said only once. */
export type ShownGroup = { group: FactGroup; facts: ShownFact[]; saidBy: ShownFact['by'] | undefined }

/** The facts of a record, group by group, in words. */
export function shownFacts(
  { facts }: OrganisationView,
  { programme }: Programmes,
  language: Language
): ShownGroup[] {
  const names = new Map(programme.types.map((type) => [type.id, type.names[language]]))
  const topics = new Map(programme.topics.map((topic) => [topic.id, topic.names[language]]))
  const languages = new Intl.DisplayNames([language], { type: 'language' })
  const sayings: Partial<Record<FactKind, (value: string) => string | undefined>> = {
    country: (value) => countryName(value, language),
    region: (value) => regionName(value),
    type: (value) => names.get(value),
    topic: (value) => topics.get(value),
    language: (value) => languages.of(value)
  }
  const all = facts.map(({ kind, detail, value, validFrom, validUntil, level, by }): ShownFact => ({
    kind,
    detail: kind === 'name' && detail !== '' ? (languages.of(detail) ?? detail) : detail,
    value,
    said: sayings[kind]?.(value) ?? value,
    validFrom,
    validUntil,
    level,
    by: by.map(({ source, level, evidence, statedAt }) => ({
      source,
      level,
      evidence,
      on: statedAt.slice(0, 10)
    }))
  }))
  return factGroups.flatMap((group) => {
    const ofGroup = all.filter(({ kind }) => groupOf(kind) === group)
    return ofGroup.length > 0 ? [{ group, facts: ofGroup, saidBy: saidByAll(ofGroup) }] : []
  })
}

function saidByAll(facts: readonly ShownFact[]): ShownFact['by'] | undefined {
  const [first, ...others] = facts.map(({ by }) => by)
  return others.every((by) => JSON.stringify(by) === JSON.stringify(first)) ? first : undefined
}

/** A region with the larger ones it lies in: Rīga (LV006). */
function regionName(code: string): string {
  const region = nutsRegions.get(code)
  return region ? `${region.name} (${code})` : code
}
