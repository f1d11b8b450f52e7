import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow } from '#shared/forms/refused.ts'
import type { Language } from '#shared/texts/language.ts'
import { digestOf, newSecret } from './secrets.server.ts'
import './people-tables.server.ts'

/**
 * What a mailed link opens.
 * - `sign-up`: an account for the address · `password`: a new password · `new-address`: the address becomes that of
 *   the account · `old-address`: it becomes so again, and whoever is signed in is signed out
 */
export type LinkOpens = 'sign-up' | 'password' | 'new-address' | 'old-address'

/** How long a link can be used, in hours. */
export const linkHours: Readonly<Record<LinkOpens, number>> = {
  'sign-up': 48,
  password: 2,
  'new-address': 48,
  'old-address': 30 * 24
}

export type Link = {
  opens: LinkOpens
  person: string | null
  email: string
  language: Language
  next: string | null
  made: Temporal.Instant
}

/** A link as it is found: good, or why not. */
export type FoundLink = { state: 'good'; link: Link } | { state: 'unknown' | 'used' | 'expired' }

/** Makes a link. What stands in it is kept nowhere else. @param hours how long it lasts, if not as usual */
export async function makeLink(
  transaction: Database,
  link: Omit<Link, 'next' | 'made'> & { next?: string | undefined },
  hours = linkHours[link.opens]
): Promise<{ secret: string; expires: Temporal.Instant }> {
  const secret = newSecret()
  const { expires_at } = await transaction
    .insertInto('people.link')
    .values({
      ...link,
      next: link.next ?? null,
      secret_digest: digestOf(secret),
      expires_at: sql`clock_timestamp() + make_interval(hours => ${hours})`
    })
    .returning('expires_at')
    .executeTakeFirstOrThrow()
  return { secret, expires: expires_at }
}

/** Looks at a link without using it: opening the page, as mail scanners do, changes nothing. */
export async function findLink(database: Database, opens: LinkOpens, secret: string): Promise<FoundLink> {
  const row = await database
    .selectFrom('people.link')
    .select([...columns, 'used_at'])
    .select(sql<boolean>`expires_at <= clock_timestamp()`.as('expired'))
    .where('secret_digest', '=', digestOf(secret))
    .where('opens', '=', opens)
    .executeTakeFirst()
  if (!row) return { state: 'unknown' }
  if (row.used_at) return { state: 'used' }
  if (row.expired) return { state: 'expired' }
  return { state: 'good', link: toLink(row) }
}

/** Uses a link, once: of two who come with the same, the second finds it used. */
export async function useLink(transaction: Database, opens: LinkOpens, secret: string): Promise<FoundLink> {
  const used = await transaction
    .updateTable('people.link')
    .set({ used_at: sql`clock_timestamp()` })
    .where('secret_digest', '=', digestOf(secret))
    .where('opens', '=', opens)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<never>`clock_timestamp()`)
    .returning(columns)
    .executeTakeFirst()
  return used ? { state: 'good', link: toLink(used) } : findLink(transaction, opens, secret)
}

const columns = ['opens', 'person', 'email', 'language', 'next', 'made_at'] as const

function toLink(row: Omit<Link, 'made'> & { made_at: Temporal.Instant }): Link {
  const { opens, person, email, language, next, made_at } = row
  return { opens, person, email, language, next, made: made_at }
}

/** Ends what is still open of somebody's links, once one of them was used. Their row is locked (lockPerson). */
export async function endLinks(
  transaction: Database,
  person: string,
  opens: readonly LinkOpens[],
  madeSince?: Temporal.Instant
): Promise<void> {
  await transaction
    .updateTable('people.link')
    .set({ used_at: sql`clock_timestamp()` })
    .where('opens', 'in', opens)
    .where('used_at', 'is', null)
    .where('person', '=', person)
    .$if(madeSince !== undefined, (query) => query.where('made_at', '>=', madeSince!.toString() as never))
    .execute()
}

/** A link that opens nothing (any more), as a refusal that says what to do instead. */
export function refusedLink(found: FoundLink): Refused | undefined {
  return found.state === 'good' ? undefined : notNow(`people.link.${found.state}`)
}
