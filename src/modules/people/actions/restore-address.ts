import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Permission, nobody } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { noteAndTell } from '../changes.server.ts'
import { linkLetter } from '../letters.server.ts'
import { endLinks, findLink, makeLink, refusedLink, useLink } from '../links.server.ts'
import { lockPerson, personAt } from '../persons.server.ts'
import { closeSessionsOf } from '../sessions.server.ts'
import { forgetAllWaysIn } from '../ways-in.server.ts'

/** Whoever has the link that was mailed to the address that held before. */
export const permission: Permission = 'public'

/**
 * Brings back the address that held before somebody changed it: for whoever took an account over would change it
 * first. Everybody is signed out; the password and whatever else signs in, or was open, is gone, and a link for a new
 * password is mailed.
 */
export async function restoreAddress(
  app: { database: Database },
  secret: string
): Promise<{ email: string } | Refused> {
  const found = await findLink(app.database, 'old-address', secret)
  if (found.state !== 'good') return refusedLink(found)!
  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, found.link.person!)
    if (!person) return refused('not-found')
    const owner = await personAt(transaction, found.link.email)
    // Before the link is used up: it still brings the address back once that is free again.
    if (owner && owner.id !== person.id) return notNow('people.address.taken')
    const used = await useLink(transaction, 'old-address', secret)
    if (used.state !== 'good') return refusedLink(used)!
    const { email } = used.link
    const restored = { ...person, email }
    await transaction
      .updateTable('people.person')
      .set({ email, email_confirmed_at: sql`clock_timestamp()` })
      .where('id', '=', person.id)
      .execute()
    await forgetAllWaysIn(transaction, person.id)
    // A later address may not come back by its own link; an earlier one may: its owner was there first.
    await endLinks(transaction, person.id, ['old-address'], used.link.made)
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
