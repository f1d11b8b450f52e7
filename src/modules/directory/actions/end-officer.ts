import { endRole } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { refusalAsHead } from '../head-of-body.server.ts'
import { officersOf, settlePosts } from '../officers.server.ts'
import { endSubstitutions } from '../substitution.server.ts'

/** The head of the body, or an administrator. */
export const permission: Permission = ['officer', 'administrator']

/** An officer no longer works for the body: their role, their posts and who stands in for them end now. */
export async function endOfficer(
  app: { database: Database },
  somebody: Caller,
  { body, officer }: { body: string; officer: string }
): Promise<{ officer: string } | Refused> {
  const may = await refusalAsHead(app, somebody, permission, body)
  if (isRefused(may)) return may
  const { caller } = may
  const officers = await officersOf(app.database, body)
  const found = officers.find(({ role, insteadOf }) => role === officer && !insteadOf)
  if (!found) return refused('not-found')
  const others = officers.filter(({ person, insteadOf }) => person !== found.person && !insteadOf)
  if (found.head && !others.some(({ head }) => head) && caller.acting?.role !== 'administrator') {
    return notNow('directory.officers.last-head')
  }
  return app.database.transaction().execute(async (transaction) => {
    await endSubstitutions(transaction, { officerRole: officer })
    await settlePosts(transaction, { body, person: found.person, head: false, units: [], by: null })
    await endRole(transaction, officer)
    await transaction
      .updateTable('directory.waiting')
      .set({ taken_by: null, taken_at: null })
      .where('body', '=', body)
      .where('taken_by', '=', found.person)
      .where('settled_at', 'is', null)
      .execute()
    await record(transaction, {
      act: 'directory.officer-ended',
      by: actorOf(caller),
      subject: { kind: 'body', id: body },
      payload: { person: found.person },
      about: [found.person]
    })
    return { officer }
  })
}
