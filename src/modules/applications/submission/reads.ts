import { proofFor, receiptOfEntry } from '#shared/audit/index.ts'
import type { AuditLog } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission } from '#shared/identity/index.ts'
import { accessOf } from '../access.ts'
import { findOutline } from '../outline.server.ts'
import { type SubmissionReceipt, receiptFrom } from './receipt.ts'
import { submissionsOf } from './submissions-store.server.ts'

export const permissions = {
  receiptOf: ['member']
} as const satisfies Record<string, Permission>

type Holding = { database: Database; audit: Pick<AuditLog, 'name' | 'key'> }

/** The receipt of what was handed in last, or under a number; for everybody of the consortium. */
export async function receiptOf(
  app: Holding,
  caller: Caller,
  application: string,
  number?: number
): Promise<SubmissionReceipt | Refused> {
  const outline = await findOutline(app.database, application)
  if (!outline) return refused(caller.person === undefined ? 'sign-in' : 'not-found')
  const access = accessOf(outline, caller)
  if (isRefused(access)) return access
  const all = await submissionsOf(app.database, outline.id)
  const submission = number === undefined ? all[0] : all.find((one) => one.number === number)
  if (!submission) return refused('not-found')
  const [receipt, proof] = await Promise.all([
    receiptOfEntry(app, submission.entry),
    proofFor(app, submission.entry)
  ])
  if (!receipt) throw new Error(`Submission ${submission.id} has no entry in the audit log.`)
  return receiptFrom(submission, receipt, proof)
}
