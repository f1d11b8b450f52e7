import type { PersonalData } from '#shared/identity/index.ts'

/** Stands where somebody stood who is erased: nobody has this number. */
export const nobodyAnyMore = '00000000-0000-0000-0000-000000000000'

type Stay = Awaited<ReturnType<PersonalData['stays']>>[number]

/** What stays of somebody who is erased, with how many there are; nothing where there are none. */
export function staysWhereAny(count: number, says: Pick<Stay, 'what' | 'why'>): Stay[] {
  return count === 0 ? [] : [{ ...says, args: { count } }]
}

/** Rows as they are handed out: their moment as text, under one name. */
export function withMoment<Key extends string, Row extends { [K in Key]: { toString(): string } | null }>(
  rows: readonly Row[],
  key: Key
): (Omit<Row, Key> & { at: string | null })[] {
  return rows.map(({ [key]: moment, ...row }) => ({ ...row, at: moment?.toString() ?? null }))
}
