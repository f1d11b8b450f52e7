import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { optionalLine, ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { makeAccount } from '../accounts.server.ts'
import { type Ceremonies, endCeremony, findCeremony } from '../ceremonies.server.ts'
import { type Entered, letIn } from '../entering.server.ts'
import { findLink, refusedLink, useLink } from '../links.server.ts'
import type { IsLeaked } from '../leaked-passwords.server.ts'
import { hashPassword } from '../password-hash.server.ts'
import { passwordProblem } from '../password-rules.server.ts'
import { typedPassword } from '../passwords.server.ts'
import { personName } from '../person-name.server.ts'
import { personAt } from '../persons.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = 'public'

const schema = z.object({ name: personName(), password: typedPassword(), news: ticked() })
/** Of whoever signs in at a provider: no password is needed. */
const withoutPassword = schema.omit({ password: true })
const withIdentity = z.object({ identity: optionalLine(400) })

/**
 * Makes an account for the address that a link was mailed to. Nothing is kept of an address before its owner comes
 * with that link, so nobody can prepare an account for somebody else.
 * @param given with `identity`, as the form showed it (identityShown), whoever came from a provider in this very browser
 *   is linked to it; without, what lies in the browser is somebody else's
 * @param ceremony the browser's secret of what it is in the middle of
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
  const shown = withIdentity.safeParse(given).data?.identity
  const pending = shown && (await findCeremony(app.database, ceremony, 'outside-identity'))
  if (shown && (!pending || identityShown(pending.facts) !== shown))
    return notNow('people.providers.too-late')
  const read = readInput(shown ? withoutPassword : schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { name, news, password } = read.data as z.output<typeof withoutPassword> & { password?: string }
  const problem = password && (await passwordProblem('password', password, [name, email], app.isLeaked))
  if (problem) return refused('invalid', { problems: [problem] })
  const encoded = password && (await hashPassword(password))
  if (isRefused(encoded)) return encoded

  return app.database.transaction().execute(async (transaction) => {
    // Whatever refuses comes before the link is used up.
    const from = shown && (await endCeremony(transaction, ceremony, 'outside-identity'))?.facts
    if (shown && (!from || identityShown(from) !== shown)) return notNow('people.providers.too-late')
    if (await personAt(transaction, email)) return notNow('people.link.account-exists')
    const used = await useLink(transaction, 'sign-up', secret)
    if (used.state !== 'good') return refusedLink(used)!
    const account = { name, email, language, news, password: encoded, outside: from || undefined }
    const person = await makeAccount(transaction, account)
    // Somebody with the same address was quicker by a hair: by another link, or from a provider.
    if (!person) return notNow('people.link.account-exists')
    const next = used.link.next ?? `/${language}`
    return letIn(transaction, person, visit, {
      byMail: true,
      secondFactor: (from && from.person.secondFactor) || false,
      next
    })
  })
}

/** Which account elsewhere a form showed, as its field says it: what has come to lie there since is another. */
export function identityShown({ provider, person }: Ceremonies['outside-identity']): string {
  return `${provider} ${person.subject}`
}
