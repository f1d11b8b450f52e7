import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { line, ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { makeAccount } from '../accounts.server.ts'
import { endCeremony, findCeremony } from '../ceremonies.server.ts'
import { type Entered, letIn } from '../entering.server.ts'
import { findLink, refusedLink, useLink } from '../links.server.ts'
import type { IsLeaked } from '../leaked-passwords.server.ts'
import { hashPassword } from '../password-hash.server.ts'
import { passwordProblem } from '../password-rules.server.ts'
import { typedPassword } from '../passwords.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = 'public'

const schema = z.object({ name: line(120), password: typedPassword(), news: ticked() })
/** Of whoever signs in at a provider: no password is needed. */
const withoutPassword = schema.omit({ password: true })

/**
 * Makes an account for the address that a link was mailed to. Nothing is kept of an address before its owner comes
 * with that link, so nobody can prepare an account for somebody else.
 * @param ceremony the browser's secret: whoever came from a provider in this very browser is linked to it
 */
export async function signUp(
  app: { database: Database; isLeaked?: IsLeaked },
  visit: Visit,
  secret: string,
  given: unknown,
  { language, ceremony }: { language: Language; ceremony?: string | undefined }
): Promise<Entered | Refused> {
  const found = await findLink(app.database, 'sign-up', secret)
  if (found.state !== 'good') return refusedLink(found)!
  const { email } = found.link
  const outside = await findCeremony(app.database, ceremony, 'outside-identity')
  const read = readInput(outside ? withoutPassword : schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { name, news, password } = read.data as z.output<typeof withoutPassword> & { password?: string }
  const problem = password && (await passwordProblem('password', password, [name, email], app.isLeaked))
  if (problem) return refused('invalid', { problems: [problem] })
  const encoded = password && (await hashPassword(password))
  if (isRefused(encoded)) return encoded

  return app.database.transaction().execute(async (transaction) => {
    const used = await useLink(transaction, 'sign-up', secret)
    if (used.state !== 'good') return refusedLink(used)!
    const from = outside && (await endCeremony(transaction, ceremony, 'outside-identity'))?.facts
    if (outside && !from) return notNow('people.providers.too-late')
    const account = { name, email, language, news, password: encoded, outside: from }
    const person = await makeAccount(transaction, account)
    // Somebody with the same address was quicker: by another link, or from a provider.
    if (!person) return notNow('people.link.account-exists')
    const next = used.link.next ?? `/${language}`
    return letIn(transaction, person, visit, { secondFactor: from?.person.secondFactor ?? false, next })
  })
}
