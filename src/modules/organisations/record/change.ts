import { type Fact, type FactKind, type Source, type Statement, sameSaid } from './fact.ts'

/** What changes in a record: facts that end, and statements that begin. */
export type Change = { ended: Fact[]; begun: Statement[] }

/**
 * What has to change so that one source says exactly this of some kinds. What stays as it was keeps its level and
 * its date; what others say is not touched.
 * @param facts those in force
 * @param kinds all kinds that the statements are about: one that is not stated any more ends
 */
export function changeTo(
  facts: readonly Fact[],
  source: Source,
  kinds: readonly FactKind[],
  statements: readonly Statement[]
): Change {
  const before = facts.filter((fact) => fact.source === source && kinds.includes(fact.kind))
  const same = (one: Statement, other: Statement) => sameSaid(one, other) && sameDays(one, other)
  return {
    ended: before.filter((fact) => !statements.some((statement) => same(fact, statement))),
    begun: statements.filter((statement) => !before.some((fact) => same(fact, statement)))
  }
}

/** True when nothing changes. */
export function isNoChange({ ended, begun }: Change): boolean {
  return ended.length === 0 && begun.length === 0
}

function sameDays(one: Statement, other: Statement): boolean {
  return one.validFrom === other.validFrom && one.validUntil === other.validUntil
}
