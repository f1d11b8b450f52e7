import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import { noteAndTell } from '../changes.server.ts'
import { ownerOf } from '../owner.server.ts'
import { lockPerson } from '../persons.server.ts'
import type { Providers } from '../providers.server.ts'

export const permission: Permission = ['person']

/** Ends that an account elsewhere signs somebody in. A mailed link still lets them in, so nobody locks themselves out. */
export async function unlinkProvider(
  app: { database: Database; providers: Pick<Providers, 'list'> },
  caller: Caller,
  { provider, subject }: { provider: string; subject: string }
): Promise<{ provider: string } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    const { numDeletedRows } = await transaction
      .deleteFrom('people.outside_identity')
      .where('provider', '=', provider)
      .where('subject', '=', subject)
      .where('person', '=', person.id)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return refused('not-found')
    const name = app.providers.list.find(({ id }) => id === provider)?.name[person.language] ?? provider
    await noteAndTell(transaction, person, caller, 'provider-unlinked', name)
    return { provider }
  })
}
