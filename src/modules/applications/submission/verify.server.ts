import { canonicalJson, type JsonValue } from '#shared/audit/index.ts'
import { callTaking } from '#server/calls'
import type { Database } from '#shared/database/index.ts'
import { canNameApplication } from '../application.ts'
import { submissionNumbered } from './desk-store.server.ts'
import { type SealedContent, contentFormat, hashOfContent } from './manifest.ts'
import { type SubmissionReceipt, receiptFormat } from './receipt.ts'
import { type ReceiptHolding, receiptOfSubmission } from './receipt-of.server.ts'

/** What somebody found out about a receipt that they brought, and about the content, where they brought that too. */
export type Verified = {
  receipt: 'genuine' | 'not-a-receipt' | 'not-ours' | 'changed'
  content: 'the-same' | 'another' | 'not-content' | undefined
  /** What it says, where it is genuine. */
  says: SubmissionReceipt | undefined
}

/** Compares a receipt with what is on record here. It says nothing that is not in the receipt. */
export async function verifyBrought(
  app: ReceiptHolding & { database: Database },
  brought: { receipt: unknown; content: unknown }
): Promise<Verified> {
  const receipt = await whatReceipt(app, brought.receipt)
  const genuine = typeof receipt === 'object' ? receipt : undefined
  return {
    receipt: typeof receipt === 'object' ? 'genuine' : receipt,
    content: brought.content === undefined ? undefined : whatContent(brought.content, genuine),
    says: genuine
  }
}

async function whatReceipt(
  app: ReceiptHolding & { database: Database },
  brought: unknown
): Promise<SubmissionReceipt | Exclude<Verified['receipt'], 'genuine'>> {
  if (!isReceipt(brought)) return 'not-a-receipt'
  if (!canNameApplication(brought.call)) return 'not-ours'
  const submission = await submissionNumbered(app.database, brought.call, brought.number)
  if (!submission) return 'not-ours'
  const ours = await receiptOfSubmission(app, submission)
  if (sameText(withoutPlace(brought)) === sameText(withoutPlace(ours))) return ours
  // While a call is open, nobody finds out by asking which numbers have been given.
  const call = await callTaking(app, submission.call)
  return call && call.state !== 'open' && call.state !== 'published' ? 'changed' : 'not-ours'
}

function isReceipt(brought: unknown): brought is SubmissionReceipt {
  if (typeof brought !== 'object' || brought === null || !('receipt' in brought)) return false
  const { receipt, call, number } = brought as Partial<SubmissionReceipt>
  return (
    receipt === receiptFormat &&
    typeof call === 'string' &&
    typeof number === 'number' &&
    Number.isInteger(number) &&
    number > 0 &&
    number < 2 ** 31
  )
}

/** The proof comes later and leads to another head each time; the log's key may have been changed since. */
function withoutPlace({ proof: _proof, audit, ...receipt }: SubmissionReceipt) {
  const { note: _note, ...recorded } = audit ?? {}
  return { ...receipt, audit: recorded }
}

function sameText(value: unknown): string {
  try {
    return canonicalJson(value as JsonValue)
  } catch {
    return ''
  }
}

function whatContent(brought: unknown, receipt: SubmissionReceipt | undefined): Verified['content'] {
  const given = brought as Partial<SealedContent> | null
  if (typeof given !== 'object' || given?.format !== contentFormat || typeof given.answers !== 'object')
    return 'not-content'
  try {
    return receipt && hashOfContent(given as SealedContent) === receipt.sha256 ? 'the-same' : 'another'
  } catch {
    return 'not-content'
  }
}
