import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { personsOf, rolesIn } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import '../organisations-tables.server.ts'
import { type MemberRole, requestDays } from './membership.ts'

/** A request to join that waits for an answer. */
export type OpenRequest = {
  id: string
  organisation: string
  person: string
  role: MemberRole
  reason: string | undefined
  askedAt: Temporal.Instant
}

const openRequests = (database: Database) =>
  database
    .selectFrom('organisations.join_request')
    .select(['id', 'organisation', 'person', 'role', 'reason', 'asked_at'])
    .where('decision', 'is', null)
    .where('asked_at', '>', sql<never>`clock_timestamp() - make_interval(days => ${sql.lit(requestDays)})`)
    .orderBy('asked_at')

type RequestRow = Omit<OpenRequest, 'reason' | 'askedAt'> & {
  reason: string | null
  asked_at: Temporal.Instant
}

const toRequest = ({ asked_at, reason, ...row }: RequestRow): OpenRequest => ({
  ...row,
  reason: reason ?? undefined,
  askedAt: asked_at
})

/** The requests that wait at an organisation. */
export async function requestsAt(database: Database, organisation: string): Promise<OpenRequest[]> {
  return (await openRequests(database).where('organisation', '=', organisation).execute()).map(toRequest)
}

/** All requests that wait, the oldest first, with the country of their organisation. */
export async function allRequests(database: Database): Promise<(OpenRequest & { country: string })[]> {
  const requests = (await openRequests(database).execute()).map(toRequest)
  if (requests.length === 0) return []
  const rows = await database
    .selectFrom('organisations.organisation')
    .select(['id', 'country'])
    .where(
      'id',
      'in',
      requests.map(({ organisation }) => organisation)
    )
    .execute()
  const countries = new Map(rows.map(({ id, country }) => [id, country]))
  return requests.map((request) => ({ ...request, country: countries.get(request.organisation)! }))
}

/** One request that waits, held until the transaction ends. */
export async function holdRequest(transaction: Database, id: string): Promise<OpenRequest | undefined> {
  const row = await openRequests(transaction).where('id', '=', asId(id)).forUpdate().executeTakeFirst()
  return row && toRequest(row)
}

/** Notes what became of a request. */
export async function closeRequest(
  transaction: Database,
  id: string,
  outcome: { decision: 'accepted' | 'declined' | 'withdrawn'; by: string; answer?: string | undefined }
): Promise<void> {
  await transaction
    .updateTable('organisations.join_request')
    .set({
      decision: outcome.decision,
      decided_by: outcome.by,
      answer: outcome.answer ?? null,
      decided_at: sql`clock_timestamp()`
    })
    .where('id', '=', id)
    .execute()
}

/** An invitation that can still be accepted. */
export type OpenInvitation = {
  id: string
  organisation: string
  email: string
  role: MemberRole
  from: Temporal.Instant | undefined
  until: Temporal.Instant | undefined
  invitedBy: string
  invitedAt: Temporal.Instant
  expiresAt: Temporal.Instant
}

const openInvitations = (database: Database) =>
  database
    .selectFrom('organisations.invitation')
    .select([
      'id',
      'organisation',
      'email',
      'role',
      'role_from',
      'role_until',
      'invited_by',
      'invited_at',
      'expires_at'
    ])
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('email', 'is not', null)
    .where('expires_at', '>', sql<never>`clock_timestamp()`)

type InvitationRow = {
  id: string
  organisation: string
  email: string | null
  role: MemberRole
  role_from: Temporal.Instant | null
  role_until: Temporal.Instant | null
  invited_by: string
  invited_at: Temporal.Instant
  expires_at: Temporal.Instant
}

const toInvitation = (row: InvitationRow): OpenInvitation => ({
  id: row.id,
  organisation: row.organisation,
  email: row.email!,
  role: row.role,
  from: row.role_from ?? undefined,
  until: row.role_until ?? undefined,
  invitedBy: row.invited_by,
  invitedAt: row.invited_at,
  expiresAt: row.expires_at
})

/** The invitations of an organisation that can still be accepted. */
export async function invitationsOf(database: Database, organisation: string): Promise<OpenInvitation[]> {
  const rows = await openInvitations(database)
    .where('organisation', '=', organisation)
    .orderBy('invited_at')
    .execute()
  return rows.map(toInvitation)
}

/** The invitation of a link. @param held until the transaction ends, where it is to be accepted */
export async function invitationOf(
  database: Database,
  digest: Buffer,
  held: 'held' | 'seen'
): Promise<OpenInvitation | undefined> {
  const query = openInvitations(database).where('secret_digest', '=', digest)
  const row = await (held === 'held' ? query.forUpdate() : query).executeTakeFirst()
  return row && toInvitation(row)
}

/** The same, by its id. */
export async function invitationBy(transaction: Database, id: string): Promise<OpenInvitation | undefined> {
  const row = await openInvitations(transaction).where('id', '=', asId(id)).forUpdate().executeTakeFirst()
  return row && toInvitation(row)
}

/** What people are in an organisation now. */
export async function membersOf(database: Database, organisation: string): Promise<Member[]> {
  const roles = await rolesIn(database, { organisation })
  const people = await personsOf(
    database,
    roles.map(({ person }) => person)
  )
  return roles.flatMap(({ held, person, from, until, insteadOf }) => {
    const who = people.get(person)
    if (!who || (held.role !== 'member' && held.role !== 'representative')) return []
    return [
      {
        role: held.id,
        as: held.role,
        person,
        name: who.name,
        email: who.email,
        language: who.language,
        from,
        until,
        insteadOf
      }
    ]
  })
}

export type Member = {
  /** people.role */
  role: string
  as: MemberRole
  person: string
  name: string
  email: string
  language: 'lv' | 'en'
  from: Temporal.Instant
  until: Temporal.Instant | null
  insteadOf: string | null
}
