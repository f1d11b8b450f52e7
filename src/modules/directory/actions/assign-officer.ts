import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { refusalAsHead } from '../head-of-body.server.ts'
import { ids } from '../ids-field.ts'
import { officersOf, settlePosts } from '../officers.server.ts'
import { unitsOnRecord } from '../store.server.ts'

/** The head of the body, or an administrator. */
export const permission: Permission = ['officer', 'administrator']

const schema = z.object({ head: ticked(), units: ids() })

/** Says in which units an officer works, and whether they are head of the body. */
export async function assignOfficer(
  app: { database: Database },
  somebody: Caller,
  { body, officer, ...given }: { body: string; officer: string } & Record<string, unknown>
): Promise<{ officer: string } | Refused> {
  const may = await refusalAsHead(app, somebody, permission, body)
  if (isRefused(may)) return may
  const { caller } = may
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { head, units } = read.data
  const known = await unitsOnRecord(app.database, body)
  if (units.some((unit) => !known.some(({ id }) => id === unit))) return invalid('units', 'form.not-offered')
  const officers = await officersOf(app.database, body)
  const found = officers.find(({ role, insteadOf }) => role === officer && !insteadOf)
  if (!found) return refused('not-found')
  // Otherwise a head could lock everybody out by one tick; an administrator may.
  const onlyHead = found.head && !head && !officers.some((one) => one.head && one.person !== found.person)
  if (onlyHead && caller.acting?.role !== 'administrator') return notNow('directory.officers.last-head')
  return app.database.transaction().execute(async (transaction) => {
    await settlePosts(transaction, { body, person: found.person, head, units, by: caller.person })
    await record(transaction, {
      act: 'directory.officer-assigned',
      by: actorOf(caller),
      subject: { kind: 'body', id: body },
      payload: { person: found.person, head, units },
      about: [found.person]
    })
    return { officer }
  })
}
