import { timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { hasConfirmed, personOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import '../applications-tables.server.ts'
import type { Shown } from './connection.ts'
import './consortium-tables.server.ts'
import { digestOfAddress, digestOfLink } from './link.server.ts'

/** For so many days after it agreed by a mailed link a partner can be connected to an account. */
export const connectionDays = 180

/** A mandate that was given by a mailed link, as somebody who brings a secret of it finds it. */
export type Acceptance = {
  /** applications.invitation */
  invitation: string
  participant: string
  application: string
  /** How the reader shows that it was they who agreed; undefined: they have the link, and nothing else. */
  shown: Shown | undefined
}

/** What the secret of a receipt, or of a link that was answered by agreeing, stands for. */
export async function acceptanceBySecret(
  database: Database,
  caller: Caller,
  secret: string
): Promise<Acceptance | undefined> {
  const digest = digestOfLink(secret)
  const row = await database
    .selectFrom('applications.invitation as i')
    .innerJoin('applications.participant as p', 'p.id', 'i.participant')
    .select(['i.id', 'i.participant', 'p.application', 'i.receipt_digest', 'i.address_digest'])
    .where((where) =>
      where.or([where('i.receipt_digest', '=', digest), where('i.secret_digest', '=', digest)])
    )
    .where('i.answer', '=', 'accepted')
    .where('i.receipt_digest', 'is not', null)
    .where(
      'i.answered_at',
      '>',
      sql<never>`clock_timestamp() - make_interval(days => ${sql.lit(connectionDays)})`
    )
    .where('p.state', '=', 'accepted')
    .where('p.ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const { id, participant, application, receipt_digest, address_digest } = row
  const acceptance = { invitation: id, participant, application }
  if (receipt_digest?.equals(digest)) return { ...acceptance, shown: 'receipt' }
  const own = address_digest !== null && (await isTheirs(database, caller, secret, address_digest))
  return { ...acceptance, shown: own ? 'address' : undefined }
}

/** Whether the link was mailed to the address that the caller has confirmed as their own. */
async function isTheirs(database: Database, caller: Caller, secret: string, kept: Buffer): Promise<boolean> {
  const person = isSignedIn(caller) ? await personOf(database, caller.person) : undefined
  if (!person || !(await hasConfirmed(database, person.id, person.email))) return false
  return timingSafeEqual(digestOfAddress(secret, person.email), kept)
}

/** Writes down which record of the register a partner is. Its name stays as in the mandate that it gave. */
export async function connectParticipant(
  transaction: Database,
  participant: string,
  organisation: string
): Promise<void> {
  await transaction
    .updateTable('applications.participant')
    .set({ organisation })
    .where('id', '=', participant)
    .execute()
}

/** Nobody can connect a partner any more by what was mailed or shown. */
export async function forgetProofs(transaction: Database, participant: string): Promise<void> {
  await transaction
    .updateTable('applications.invitation')
    .set({ receipt_digest: null, address_digest: null })
    .where('participant', '=', participant)
    .where('receipt_digest', 'is not', null)
    .execute()
}

/** The same for all that were given too long ago. */
export async function forgetOldProofs(database: Database): Promise<void> {
  await database
    .updateTable('applications.invitation')
    .set({ receipt_digest: null, address_digest: null })
    .where('receipt_digest', 'is not', null)
    .where(
      'answered_at',
      '<',
      sql<never>`clock_timestamp() - make_interval(days => ${sql.lit(connectionDays)})`
    )
    .execute()
}
