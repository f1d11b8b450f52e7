import { type AuditLog, proofFor, receiptOfEntry } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type SubmissionReceipt, receiptFrom } from './receipt.ts'
import type { Submission } from './submission.ts'

/** What receipts are made with. */
export type ReceiptHolding = { database: Database; audit: Pick<AuditLog, 'name' | 'key'> }

/** The receipt of a submission, with its proof once there is one. Who may have it was asked before. */
export async function receiptOfSubmission(
  app: ReceiptHolding,
  submission: Submission
): Promise<SubmissionReceipt> {
  const [receipt, proof] = await Promise.all([
    receiptOfEntry(app, submission.entry),
    proofFor(app, submission.entry)
  ])
  if (!receipt) throw new Error(`Submission ${submission.id} has no entry in the audit log.`)
  return receiptFrom(submission, receipt, proof)
}
