import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { retryFailingJob } from '#shared/jobs/index.ts'

export const permission: Permission = ['administrator']

const schema = z.object({ job: z.string().regex(/^\d{1,18}$/, 'form.not-understood') })

/** Has a failing job tried again at once, with all its attempts before it. */
export async function retryJob(
  app: { database: Database },
  caller: Caller,
  given: unknown
): Promise<{ job: string } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', read)
  const { job } = read.data
  return app.database.transaction().execute(async (transaction) => {
    if (!(await retryFailingJob(transaction, job))) return notNow('operations.jobs.gone')
    await record(transaction, {
      act: 'operations.job-retried',
      by: actorOf(caller),
      subject: { kind: 'job', id: job },
      payload: {}
    })
    return { job }
  })
}
