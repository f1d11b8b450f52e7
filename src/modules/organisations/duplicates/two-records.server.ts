import type { Caller } from '#shared/identity/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Holding, bodiesAbout } from '../record/insiders.server.ts'
import { type Head, holdRecord } from '../record/record-store.server.ts'

/** The bodies that look after both of two organisations, for who acts for one. */
export async function bodiesOfBoth(
  app: Holding,
  caller: Caller,
  one: string,
  other: string
): Promise<string[] | undefined> {
  const heads = await app.database
    .selectFrom('organisations.organisation')
    .select('country')
    .where('id', 'in', [one, other])
    .execute()
  const bodies = await Promise.all(heads.map(({ country }) => bodiesAbout(app, caller, country)))
  const [first = [], second = first] = bodies.map((list) => list ?? [])
  return first.filter((body) => second.includes(body))
}

/** Holds two records until the transaction ends, always in the same order, so that two never wait for each other. */
export async function holdBoth(
  transaction: Database,
  one: string,
  other: string
): Promise<[Head, Head] | undefined> {
  if (one === other) return undefined
  const held = new Map<string, Head>()
  for (const id of [one, other].sort()) {
    const head = await holdRecord(transaction, id)
    if (head) held.set(id, head)
  }
  const [first, second] = [held.get(one), held.get(other)]
  return first && second ? [first, second] : undefined
}
