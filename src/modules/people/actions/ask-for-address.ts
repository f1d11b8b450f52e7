import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { emailAddress } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { countAttempt } from '../attempts.server.ts'
import { addressAskedLetter, newAddressLetter } from '../letters.server.ts'
import { linksFrom, linksTo } from '../limits.server.ts'
import { endLinks, makeLink } from '../links.server.ts'
import { ownerOf, refusalBeforeMail } from '../owner.server.ts'
import { lockPerson } from '../persons.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = ['person']

const schema = z.object({ email: emailAddress() })

/**
 * Asks for another address: a link is mailed to it, and the address that holds is told. Whether somebody else has the
 * new address already shows only when the link is used.
 */
export async function askForAddress(
  app: { database: Database },
  caller: Caller,
  visit: Visit,
  given: unknown
): Promise<{ email: string } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  const mailFirst = await refusalBeforeMail(app.database, owner)
  if (mailFirst) return mailFirst
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { email } = read.data
  const tooOften = await countAttempt(app.database, [...linksFrom(visit), linksTo(email)])
  if (tooOften) return tooOften

  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    if (person.email === email) return invalid('email', 'people.address.same')
    // Whoever changes their mind is not followed by the earlier link.
    await endLinks(transaction, person.id, ['new-address'])
    const link = await makeLink(transaction, {
      opens: 'new-address',
      person: person.id,
      email,
      language: person.language
    })
    await queueMail(transaction, newAddressLetter(person, email, link))
    await queueMail(transaction, addressAskedLetter(person, email))
    return { email }
  })
}
