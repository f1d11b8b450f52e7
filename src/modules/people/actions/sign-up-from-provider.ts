import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { makeAccount } from '../accounts.server.ts'
import { endCeremony, findCeremony } from '../ceremonies.server.ts'
import { type Entered, letIn } from '../entering.server.ts'
import { personName } from '../person-name.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = 'public'

const schema = z.object({ name: personName(), news: ticked() })

/**
 * Makes an account for somebody who came from a provider that knows their address to be theirs. Where it does not,
 * a link is mailed first: askForLink, then signUp.
 */
export async function signUpFromProvider(
  app: { database: Database },
  visit: Visit,
  ceremony: string | undefined,
  given: unknown,
  language: Language
): Promise<Entered | Refused> {
  const pending = await findCeremony(app.database, ceremony, 'outside-identity')
  if (!pending) return notNow('people.providers.too-late')
  const { email, emailConfirmed } = pending.facts.person
  if (!email || !emailConfirmed) return refused('not-allowed')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  return app.database.transaction().execute(async (transaction) => {
    const outside = (await endCeremony(transaction, ceremony, 'outside-identity'))?.facts
    if (!outside) return notNow('people.providers.too-late')
    const person = await makeAccount(transaction, { ...read.data, email, language, outside })
    if (!person) return notNow('people.link.account-exists')
    const { secondFactor } = outside.person
    return letIn(transaction, person, visit, { secondFactor, next: outside.next })
  })
}
