import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { bodyOnRecord, unitsOnRecord } from '../store.server.ts'
import { waitingNow } from '../waiting.server.ts'

/** An officer of the body at which it waits. */
export const permission: Permission = ['officer']

/** Hands something that waits to another unit of the body (`unit`, '' is the body itself), or to another body. */
export async function handOverWaiting(
  app: { database: Database },
  caller: Caller,
  { waiting, to }: { waiting: string; to: { unit: string } | { body: string } }
): Promise<{ waiting: string; body: string; unit: string | null } | Refused> {
  const found = await waitingNow(app.database, waiting)
  const no = refusalFor(caller, permission, { body: found?.body })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!found) return refused('not-found')
  // Other things than questions belong to the body that has the mandate, whoever would like to have them.
  if ('body' in to && found.kind !== 'advice-request') return invalid('to', 'form.not-offered')
  const place = await placeOf(app.database, found.body, to)
  if (!place) return invalid('to', 'form.not-offered')
  return app.database.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('directory.waiting')
      .set({ ...place, mandate: null, taken_by: null, taken_at: null })
      .where('id', '=', waiting)
      .where('settled_at', 'is', null)
      .execute()
    await record(transaction, {
      act: 'directory.waiting-handed-over',
      by: actorOf(caller),
      subject: { kind: 'waiting', id: waiting },
      payload: {
        from: { body: found.body, unit: found.unit },
        to: place,
        kind: found.kind,
        subject: found.subject
      }
    })
    return { waiting, ...place }
  })
}

async function placeOf(database: Database, body: string, to: { unit: string } | { body: string }) {
  if ('body' in to) {
    const other = await bodyOnRecord(database, to.body)
    return other && other.endedOn === null ? { body: other.id, unit: null } : undefined
  }
  if (to.unit === '') return { body, unit: null }
  const unit = (await unitsOnRecord(database, body)).find(({ id, endedOn }) => id === to.unit && !endedOn)
  return unit && { body, unit: unit.id }
}
