import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import '../directory-tables.server.ts'
import { recordNow } from '../record-now.server.ts'
import { settleWaiting } from '../waiting.server.ts'

/** Whoever works for the organisation may take its question back. */
export const permission: Permission = ['member']

/** Takes a question back that nobody answered yet. */
export async function withdrawAdviceRequest(
  app: { database: Database },
  caller: Caller,
  request: string
): Promise<{ request: string } | Refused> {
  const found = await app.database
    .selectFrom('directory.advice_request')
    .select(['organisation', 'withdrawn_at'])
    .where('id', '=', asId(request))
    .executeTakeFirst()
  const organisation = found && (await recordNow(app.database, found.organisation))
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!found || found.withdrawn_at) return refused('not-found')
  return app.database.transaction().execute(async (transaction) => {
    const taken = await transaction
      .updateTable('directory.advice_request')
      .set({ withdrawn_at: sql`clock_timestamp()` })
      .where('id', '=', request)
      .where('withdrawn_at', 'is', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(selectFrom('directory.advice').select('id').where('directory.advice.request', '=', request))
        )
      )
      .returning('id')
      .executeTakeFirst()
    if (!taken) return notNow('directory.advice.answered-already')
    await settleWaiting(transaction, { kind: 'advice-request', subject: request })
    await record(transaction, {
      act: 'directory.advice-request-withdrawn',
      by: actorOf(caller),
      subject: { kind: 'advice-request', id: request },
      payload: { organisation: found.organisation }
    })
    return { request }
  })
}
