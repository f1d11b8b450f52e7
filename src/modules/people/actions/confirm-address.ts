import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Permission, nobody } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { noteChange } from '../changes.server.ts'
import { addressChangedLetter } from '../letters.server.ts'
import { endLinks, findLink, makeLink, refusedLink, useLink } from '../links.server.ts'
import { lockPerson, personAt } from '../persons.server.ts'

/** Whoever has the link that was mailed to the new address. */
export const permission: Permission = 'public'

/**
 * Makes the address that a link was mailed to that of the account. The old one is told, with a link that brings it
 * back.
 */
export async function confirmAddress(
  app: { database: Database },
  secret: string
): Promise<{ email: string } | Refused> {
  const found = await findLink(app.database, 'new-address', secret)
  if (found.state !== 'good') return refusedLink(found)!
  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, found.link.person!)
    if (!person) return refused('not-found')
    const owner = await personAt(transaction, found.link.email)
    // Before the link is used up: it still works once the address is free.
    if (owner && owner.id !== person.id) return notNow('people.address.taken')
    const used = await useLink(transaction, 'new-address', secret)
    if (used.state !== 'good') return refusedLink(used)!
    const { email } = used.link
    await transaction
      .updateTable('people.person')
      .set({ email, email_confirmed_at: sql`clock_timestamp()` })
      .where('id', '=', person.id)
      .execute()
    // Links mailed to the old address would still open the account.
    await endLinks(transaction, person.id, ['password'])
    const back = await makeLink(transaction, {
      opens: 'old-address',
      person: person.id,
      email: person.email,
      language: person.language
    })
    await noteChange(transaction, person.id, nobody, 'address-changed', { from: person.email, to: email })
    await queueMail(transaction, addressChangedLetter({ ...person, email }, person.email, back))
    return { email }
  })
}
