import type { JsonObject, Proof, Receipt } from '#shared/audit/index.ts'
import { programmeZone } from '#shared/texts/format.ts'
import type { Submission } from './submission.ts'

/** The name of the form of a receipt; another form gets another name. */
export const receiptFormat = 'kopa-submission/1'

/**
 * What applicants take away: proof of what was handed in, when, under which number, that they can check without us
 * (tools/verify-receipt.mjs). All above `audit` is said again in what is signed there.
 */
export type SubmissionReceipt = {
  receipt: typeof receiptFormat
  /** The code of the application. */
  application: string
  title: string
  coordinator: string
  call: string
  number: number
  /** When the complete request had reached the server: UTC with microseconds, and on the clock of Brussels. */
  receivedAt: string
  receivedInBrussels: string
  /** By how much that may be wrong, one way or the other. */
  clockErrorMilliseconds: number
  acceptedAt: string
  deadline: string
  /** The version of the declaration of honour. */
  declaration: string
  /** Of the manifest of the content. */
  sha256: string
  audit: Receipt
  /** That the entry is in the log; follows about a second after the acceptance. */
  proof?: Proof
}

/** The receipt of a submission out of its receipt of the audit log. */
export function receiptFrom(
  { number, receivedAt, clockError, acceptedAt, hash }: Submission,
  audit: Receipt,
  proof: Proof | undefined
): SubmissionReceipt {
  const { application, title, coordinator, call, deadline, declaration } =
    audit.payload as JsonObject as Record<string, string>
  return {
    receipt: receiptFormat,
    application: application!,
    title: title!,
    coordinator: coordinator!,
    call: call!,
    number,
    receivedAt: receivedAt.toString({ smallestUnit: 'microsecond' }),
    receivedInBrussels: receivedAt.toString({ smallestUnit: 'microsecond', timeZone: programmeZone }),
    clockErrorMilliseconds: clockError,
    acceptedAt: acceptedAt.toString({ smallestUnit: 'microsecond' }),
    deadline: deadline!,
    declaration: declaration!,
    sha256: hash,
    audit,
    ...(proof && { proof })
  }
}
