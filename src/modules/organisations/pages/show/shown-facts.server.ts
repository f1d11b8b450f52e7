import type { Programmes } from '#server/programmes'
import type { Language } from '#shared/texts/language.ts'
import {
  type FactGroup,
  type FactKind,
  type Level,
  type Source,
  factGroups,
  groupOf
} from '../../record/fact.ts'
import type { OrganisationView } from '../../reads.ts'
import { factWords } from './fact-words.server.ts'

/** A fact in the reader's language. */
export type ShownFact = {
  kind: FactKind
  detail: string
  value: string
  /** The value in words. */
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
  programmes: Programmes,
  language: Language
): ShownGroup[] {
  const say = factWords(programmes, language)
  const languages = new Intl.DisplayNames([language], { type: 'language' })
  const all = facts.map(({ kind, detail, value, validFrom, validUntil, level, by }): ShownFact => ({
    kind,
    detail: kind === 'name' && detail !== '' ? (languages.of(detail) ?? detail) : detail,
    value,
    said: say(kind, value),
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
