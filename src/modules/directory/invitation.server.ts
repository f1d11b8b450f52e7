import { createHash, randomBytes } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { InvitationTable } from './directory-tables.server.ts'
import { invitationDays } from './limits.ts'

/** An invitation that can still be accepted. */
export type Invitation = {
  id: string
  body: string
  email: string
  head: boolean
  units: string[]
  /** Set for a substitute: the role (people.role) they stand in for, and from when until when. */
  insteadOf:
    { role: string; from: Temporal.Instant; until: Temporal.Instant; reason: string | null } | undefined
  invitedBy: string
  expires: Temporal.Instant
}

type ToBe =
  | { head: boolean; units: readonly string[] }
  | { insteadOf: string; from: string; until: string; reason: string | null }

/** Writes an invitation down. @returns its id, and the secret that only the mail has */
export async function invite(
  transaction: Database,
  { body, email, language, by, ...toBe }: { body: string; email: string; language: string; by: string } & ToBe
): Promise<{ id: string; secret: string }> {
  const secret = randomBytes(32).toString('base64url')
  const { id } = await transaction
    .insertInto('directory.invitation')
    .values({
      body,
      email,
      language,
      secret_digest: digestOf(secret),
      invited_by: by,
      expires_at: sql`clock_timestamp() + make_interval(days => ${sql.lit(invitationDays)})`,
      ...('insteadOf' in toBe
        ? { officer_role: toBe.insteadOf, from_at: toBe.from, until_at: toBe.until, reason: toBe.reason }
        : { head: toBe.head, units: [...toBe.units] })
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, secret }
}

/**
 * The invitation that a link holds the secret of; undefined: unknown, used, withdrawn or too old.
 * @param to 'to-accept' in a transaction: whoever opens the same link meanwhile waits, and finds it used
 */
export async function openInvitation(
  database: Database,
  secret: string,
  to: 'to-look' | 'to-accept' = 'to-look'
): Promise<Invitation | undefined> {
  const query = stillOpen(database).where('secret_digest', '=', digestOf(secret))
  const row = await (to === 'to-accept' ? query.forUpdate() : query).executeTakeFirst()
  return row && toInvitation(row)
}

/** The invitations of a body that nobody accepted yet. */
export async function openInvitations(database: Database, body: string): Promise<Invitation[]> {
  return (await stillOpen(database).where('body', '=', body).orderBy('invited_at').execute()).map(
    toInvitation
  )
}

function stillOpen(database: Database) {
  return database
    .selectFrom('directory.invitation')
    .selectAll()
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', sql<never>`clock_timestamp()`)
}

function toInvitation(row: Selectable<InvitationTable>): Invitation {
  return {
    id: row.id,
    body: row.body,
    email: row.email,
    head: row.head,
    units: row.units,
    insteadOf: row.officer_role
      ? { role: row.officer_role, from: row.from_at!, until: row.until_at!, reason: row.reason }
      : undefined,
    invitedBy: row.invited_by,
    expires: row.expires_at
  }
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
