import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Permission, nobody } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { noteAndTell } from '../changes.server.ts'
import { linkLetter } from '../letters.server.ts'
import { endLinks, findLink, makeLink, refusedLink, useLink } from '../links.server.ts'
import { lockPerson, personAt } from '../persons.server.ts'
import { closeSessionsOf } from '../sessions.server.ts'

/** Whoever has the link that was mailed to the address that held before. */
export const permission: Permission = 'public'

/**
 * Brings back the address that held before somebody changed it: for whoever took an account over would change it
 * first. Everybody is signed out, the password opens nothing any more, what was added since the day before to sign in
 * by is gone, and a link for a new password is mailed.
 */
export async function restoreAddress(
  app: { database: Database },
  secret: string
): Promise<{ email: string } | Refused> {
  const found = await findLink(app.database, 'old-address', secret)
  if (found.state !== 'good') return refusedLink(found)!
  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, found.link.person!)
    const used = await useLink(transaction, 'old-address', secret)
    if (used.state !== 'good') return refusedLink(used)!
    if (!person) return refused('not-found')
    const { email } = used.link
    const owner = await personAt(transaction, email)
    if (owner && owner.id !== person.id) return notNow('people.address.taken')
    const restored = { ...person, email }
    await transaction
      .updateTable('people.person')
      .set({ email, email_confirmed_at: sql`clock_timestamp()` })
      .where('id', '=', person.id)
      .execute()
    await transaction.deleteFrom('people.password').where('person', '=', person.id).execute()
    await endLinks(transaction, person.id, ['new-address', 'password'])
    // A later address may not come back by its own link; an earlier one may: its owner was there first.
    await endLinks(transaction, person.id, ['old-address'], used.link.made)
    await forgetProofs(transaction, person.id, used.link.made.subtract({ hours: 24 }))
    await closeSessionsOf(transaction, person.id)
    await noteAndTell(transaction, restored, nobody, 'address-restored')
    const link = await makeLink(transaction, {
      opens: 'password',
      person: person.id,
      email,
      language: person.language
    })
    await queueMail(transaction, linkLetter('password', { ...restored, person: person.id }, link))
    return { email }
  })
}

/** Takes away what somebody could have added to keep the owner out. */
async function forgetProofs(transaction: Database, person: string, since: Temporal.Instant): Promise<void> {
  const moment = since.toString() as never
  const codes = await transaction
    .deleteFrom('people.one_time_code')
    .where('person', '=', person)
    .where('added_at', '>=', moment)
    .executeTakeFirst()
  if (codes.numDeletedRows > 0n)
    await transaction.deleteFrom('people.recovery_code').where('person', '=', person).execute()
  await transaction
    .deleteFrom('people.passkey')
    .where('person', '=', person)
    .where('added_at', '>=', moment)
    .execute()
  await transaction
    .deleteFrom('people.outside_identity')
    .where('person', '=', person)
    .where('linked_at', '>=', moment)
    .execute()
  await transaction
    .updateTable('people.token')
    .set({ revoked_at: sql`clock_timestamp()` })
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .execute()
}
