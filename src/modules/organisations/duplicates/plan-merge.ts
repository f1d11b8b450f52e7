import { foldName } from '../names/fold-name.ts'
import {
  type Fact,
  type FactKind,
  type IdentifierKind,
  identifierKinds,
  isMany,
  sameSaid
} from '../record/fact.ts'

/** What merging two records would come to. */
export type MergePlan = {
  /** Identifiers of one kind that differ: two organisations have them, so they cannot be merged. */
  differences: { kind: IdentifierKind; kept: string; merged: string }[]
  /** Facts that the record that stays gets from the other. */
  facts: (Fact & { as: { kind: FactKind; detail: string } })[]
}

/**
 * Decides what a record gets from another one that is the same organisation: what it does not say itself. What it
 * says differently stays as it is; another legal name becomes another name, so that it is still found by it.
 */
export function planMerge(kept: readonly Fact[], merged: readonly Fact[]): MergePlan {
  const differences = identifierKinds.flatMap((kind) => {
    const own = kept.filter((fact) => fact.kind === kind)
    return merged
      .filter((fact) => fact.kind === kind)
      .flatMap((fact) => {
        const same = own.filter(({ detail }) => detail === fact.detail)
        const clash = same.length > 0 && !same.some(({ value }) => value === fact.value)
        return clash ? [{ kind, kept: same[0]!.value, merged: fact.value }] : []
      })
  })
  return {
    differences: differences.filter(
      (one, at) =>
        differences.findIndex((other) => other.kind === one.kind && other.merged === one.merged) === at
    ),
    facts: merged.flatMap((fact) => broughtAs(kept, fact))
  }
}

function broughtAs(kept: readonly Fact[], fact: Fact): MergePlan['facts'] {
  if (kept.some((own) => own.source === fact.source && sameSaid(own, fact))) return []
  const { kind, detail, source } = fact
  const room =
    isMany(kind) || !kept.some((own) => own.kind === kind && own.detail === detail && own.source === source)
  if (room) return [{ ...fact, as: { kind, detail } }]
  const name = kind === 'legal-name' || kind === 'latin-name'
  const known = kept.some((own) => isName(own.kind) && foldName(own.value) === foldName(fact.value))
  return name && !known ? [{ ...fact, as: { kind: 'name', detail: '' } }] : []
}

function isName(kind: FactKind): boolean {
  return kind === 'legal-name' || kind === 'latin-name' || kind === 'name'
}
