import type { Part, RefusalKind, RuleRef } from './budget.ts'
import { spread } from './spread.ts'

/** Takes cents of a part out of the grant, with the rule that says so. */
export function refuse(part: Part, cents: number, kind: RefusalKind, rule?: RuleRef): void {
  if (cents <= 0) return
  part.grant -= cents
  part.refusals.push({ kind, cents, ...(rule && { rule }) })
}

export function refuseAll(part: Part, kind: RefusalKind, rule?: RuleRef): void {
  refuse(part, part.grant, kind, rule)
}

/** Brings parts down to a sum, each in proportion to what it has. */
export function holdTo(parts: readonly Part[], most: number, kind: RefusalKind, rule?: RuleRef): void {
  const sum = parts.reduce((all, { grant }) => all + grant, 0)
  if (sum <= most) return
  const shares = parts.map((part) => ({ key: keyOf(part), cents: part.grant }))
  spread(shares, Math.max(0, most)).forEach((kept, at) => {
    const part = parts[at]!
    refuse(part, part.grant - kept, kind, rule)
  })
}

export function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { grant }) => sum + grant, 0)
}

/** Names a part whatever the order of lines. */
export function keyOf({ line, category }: Part): string {
  return `${line.id} ${category}`
}
