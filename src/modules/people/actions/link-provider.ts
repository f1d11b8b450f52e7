import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import { endCeremony } from '../ceremonies.server.ts'
import { noteAndTell } from '../changes.server.ts'
import { linkIdentity } from '../outside-identities.server.ts'
import { ownerOf, refusalBeforeMail } from '../owner.server.ts'
import { lockPerson } from '../persons.server.ts'
import type { Providers } from '../providers.server.ts'

export const permission: Permission = ['person']

/**
 * Links the account elsewhere that somebody came from to the one they are signed in to. They proved both, in this
 * browser, and press a button: nobody is linked by following a link.
 */
export async function linkProvider(
  app: { database: Database; providers: Pick<Providers, 'list'> },
  caller: Caller,
  ceremony: string | undefined
): Promise<{ provider: string } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  const mailFirst = await refusalBeforeMail(app.database, owner)
  if (mailFirst) return mailFirst
  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    const pending = await endCeremony(transaction, ceremony, 'outside-identity')
    if (!pending) return notNow('people.providers.too-late')
    const { provider, person: outside } = pending.facts
    if (!(await linkIdentity(transaction, person.id, provider, outside)))
      return notNow('people.providers.linked-elsewhere')
    const name = app.providers.list.find(({ id }) => id === provider)?.name[person.language] ?? provider
    await noteAndTell(transaction, person, caller, 'provider-linked', name)
    return { provider }
  })
}
