/** Something with an amount in whole cents and a name that settles ties. */
export type Share = { key: string; cents: number }

/**
 * Splits a total over shares in proportion to their amounts, in whole cents that add up exactly: the largest
 * remainders get the cents that are left, and between equal ones the key decides, so that order never does.
 * @param total whole cents, at most the sum of the shares
 * @returns what each share keeps, in the order given; never more than it had
 */
export function spread(shares: readonly Share[], total: number): number[] {
  const sum = shares.reduce((all, { cents }) => all + cents, 0)
  if (total >= sum) return shares.map(({ cents }) => cents)
  if (sum === 0 || total <= 0) return shares.map(() => 0)
  const parts = shares.map(({ key, cents }, at) => {
    const product = BigInt(cents) * BigInt(total)
    return { key, at, whole: Number(product / BigInt(sum)), rest: product % BigInt(sum) }
  })
  let left = total - parts.reduce((all, { whole }) => all + whole, 0)
  const kept = parts.map(({ whole }) => whole)
  const byRest = [...parts].sort((a, b) =>
    a.rest === b.rest ? (a.key < b.key ? -1 : 1) : a.rest > b.rest ? -1 : 1
  )
  for (const { at } of byRest) {
    if (left === 0) break
    kept[at]!++
    left--
  }
  return kept
}

/** A percentage of whole cents, rounded down: never more than the share. */
export function percentOf(cents: number, percent: number): number {
  return Number((BigInt(cents) * BigInt(percent)) / 100n)
}
