import type { Logger } from 'pino'
import { type Receipt, receiptFor, receiptOfEntry } from '#shared/audit/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Arrival } from '#shared/time/arrival.ts'
import { canNameApplication } from '../application.ts'
import { accept } from '../submission/accept.server.ts'
import type { Accepted, Accepting } from '../submission/asked.ts'
import { noteAttempt } from '../submission/attempts.server.ts'
import { receivedAt } from '../submission/decide.server.ts'
import { type SubmissionReceipt, receiptFrom } from '../submission/receipt.ts'

export const permission: Permission = ['representative']

type Holding = Accepting & { audit: Parameters<typeof receiptFor>[0]['audit']; log: Logger }

export type Submitting = {
  /** Of the form (a UUID): sent twice, it hands in once and gives the same receipt. */
  form: string
  /** The version of the declaration of honour that was agreed to. */
  declaration: string
  /** When the complete request had reached this server. */
  arrival: Arrival
}

/**
 * Hands in an application: whoever may sign for the coordinator. What counts is when the complete request had
 * arrived; what is answered is frozen, numbered, and on record before this returns. Whatever is not done is noted.
 * @param application its code or its id
 */
export async function submitApplication(
  app: Holding,
  caller: Caller,
  application: string,
  { form, declaration, arrival }: Submitting
): Promise<SubmissionReceipt | Refused> {
  const no = refusalFor(caller, permission, { organisation: 'any' })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!canNameApplication(application)) return refused('not-found')
  const at = receivedAt(app, arrival)
  const note = (outcome: 'refused' | 'failed', why: string) =>
    noteAttempt(app, { application, by: caller.person, what: 'submit', outcome, why, at })
  let accepted: Accepted | Refused
  try {
    accepted = await accept(app, { caller, application, form, declaration, received: at })
  } catch (error) {
    app.log.error({ err: error, application }, 'an application could not be put on record')
    note('failed', 'failed')
    return refused('failed', {
      problems: [{ field: '', key: 'applications-submission.failed', args: { at: sayInstant(at.at) } }]
    })
  }
  if (!isRefused(accepted))
    return receiptFrom(accepted.submission, await auditReceipt(app, accepted), undefined)
  if (accepted.refused !== 'not-found' && accepted.refused !== 'not-allowed') note('refused', whyOf(accepted))
  return accepted
}

async function auditReceipt(app: Holding, { submission, entry }: Accepted): Promise<Receipt> {
  const receipt = entry ? receiptFor(app, entry) : await receiptOfEntry(app, submission.entry)
  if (!receipt) throw new Error(`Submission ${submission.id} has no entry in the audit log.`)
  return receipt
}

/** The reason, and where the state of things is the reason, which. */
function whyOf({ refused: reason, problems }: Refused): string {
  return reason === 'not-now' ? (problems[0]?.key ?? reason) : reason
}

function sayInstant(at: { toString: (options: { smallestUnit: 'millisecond' }) => string }): string {
  return at.toString({ smallestUnit: 'millisecond' })
}
