import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import '../directory-tables.server.ts'
import { refusalAsHead } from '../head-of-body.server.ts'
import { endSubstitutions } from '../substitution.server.ts'

/** The officer, the substitute, the head of the body, or an administrator. */
export const permission: Permission = ['officer', 'administrator']

/** Ends a substitution before its time, such as when the officer is back. */
export async function endSubstitution(
  app: { database: Database },
  caller: Caller,
  substitution: string
): Promise<{ substitution: string } | Refused> {
  const found = await app.database
    .selectFrom('directory.substitution')
    .select(['body', 'officer', 'substitute', 'ended_at'])
    .where('id', '=', asId(substitution))
    .executeTakeFirst()
  const no = refusalFor(caller, permission, { body: found?.body })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!found || found.ended_at) return refused('not-found')
  if (found.officer !== caller.person && found.substitute !== caller.person) {
    const may = await refusalAsHead(app, caller, permission, found.body)
    if (isRefused(may)) return may
  }
  return app.database.transaction().execute(async (transaction) => {
    await endSubstitutions(transaction, { id: substitution })
    await record(transaction, {
      act: 'directory.substitution-ended',
      by: actorOf(caller),
      subject: { kind: 'body', id: found.body },
      payload: { officer: found.officer, substitute: found.substitute },
      about: [found.officer, found.substitute]
    })
    return { substitution }
  })
}
