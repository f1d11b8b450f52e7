import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { sendAgain } from '#shared/mail/index.ts'
import { type Installation, deliveryOf } from '../delivery.server.ts'

export const permission: Permission = ['administrator']

const schema = z.union([z.object({ mail: z.uuid() }), z.object({ all: z.enum(['kept', 'failed']) })])

/** Has a mail sent that was kept or that failed, or all of them. @returns how many wait for the postman now */
export async function retryMail(
  app: { database: Database } & Installation,
  caller: Caller,
  given: unknown
): Promise<{ mails: number } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', read)
  if (deliveryOf(app).way !== 'sent') return notNow('operations.mail.no-way')
  return app.database.transaction().execute(async (transaction) => {
    const mails = await sendAgain(transaction, read.data)
    if (mails.length === 0) return notNow('operations.mail.gone')
    for (const mail of mails) {
      await record(transaction, {
        act: 'operations.mail-retried',
        by: actorOf(caller),
        subject: { kind: 'mail', id: mail },
        payload: {}
      })
    }
    return { mails: mails.length }
  })
}
