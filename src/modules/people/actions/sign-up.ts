import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { line, ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Permission, nobody } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { noteChange } from '../changes.server.ts'
import { newsConsent, noteConsent } from '../consents.server.ts'
import { type Entered, letIn } from '../entering.server.ts'
import { findLink, refusedLink, useLink } from '../links.server.ts'
import { hashPassword } from '../password-hash.server.ts'
import { passwordProblem } from '../password-rules.server.ts'
import { keepPassword, typedPassword } from '../passwords.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = 'public'

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'people.signed-up': { person: string }
  }
}

const schema = z.object({ name: line(120), password: typedPassword(), news: ticked() })

/**
 * Makes an account for the address that a link was mailed to. Nothing is kept of an address before its owner comes
 * with that link, so nobody can prepare an account for somebody else.
 */
export async function signUp(
  app: { database: Database },
  visit: Visit,
  secret: string,
  given: unknown,
  language: Language
): Promise<Entered | Refused> {
  const found = await findLink(app.database, 'sign-up', secret)
  if (found.state !== 'good') return refusedLink(found)!
  const { email } = found.link
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { name, password, news } = read.data
  const problem = await passwordProblem('password', password, [name, email])
  if (problem) return refused('invalid', { problems: [problem] })
  const encoded = await hashPassword(password)
  if (isRefused(encoded)) return encoded

  return app.database.transaction().execute(async (transaction) => {
    const used = await useLink(transaction, 'sign-up', secret)
    if (used.state !== 'good') return refusedLink(used)!
    const made = await transaction
      .insertInto('people.person')
      .values({ name, email, language, email_confirmed_at: sql`clock_timestamp()` })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    // Somebody with the same address was quicker: by another link, or from a provider.
    if (!made) return notNow('people.link.account-exists')
    const { id } = made
    await keepPassword(transaction, id, encoded)
    if (news) await noteConsent(transaction, id, newsConsent, language)
    await noteChange(transaction, id, nobody, 'signed-up', { name, email })
    await announce(transaction, 'people.signed-up', { person: id })
    const next = used.link.next ?? `/${language}`
    return letIn(transaction, { id, name, email, language }, visit, { secondFactor: false, next })
  })
}
