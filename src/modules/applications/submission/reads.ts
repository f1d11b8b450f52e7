import { callTaking } from '#server/calls'
import { visitFrom } from '#server/people'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  isSignedIn,
  may,
  refusalFor
} from '#shared/identity/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import { ofTheConsortium, accessOf } from '../access.ts'
import { coordinatorOf } from '../application.ts'
import { limitsOfDraft } from '../consortium/limits-of-draft.server.ts'
import { countFor } from '../limits.server.ts'
import { findOutline } from '../outline.server.ts'
import type { AtHand } from './asked.ts'
import { allAtHand } from './at-hand.server.ts'
import { allCircumstances } from './circumstances.server.ts'
import { contentAtHand } from './content.server.ts'
import type { Declaration } from './declaration.ts'
import { type CallDesk, deskOf } from './desk.server.ts'
import { submissionNumbered } from './desk-store.server.ts'
import { declarationOf, ofTheCoordinator, provedWithinHours } from './decide.server.ts'
import { finalCheck } from './final-check.server.ts'
import { type Finding, mayBeSubmitted } from './final-check.ts'
import { contentsOf, rememberLook } from './last-look.server.ts'
import { type SealedContent, hashOfContent } from './manifest.ts'
import type { SubmissionReceipt } from './receipt.ts'
import { type ReceiptHolding, receiptOfSubmission } from './receipt-of.server.ts'
import { type Submission, standing } from './submission.ts'
import { contentOf } from './frozen-content.server.ts'
import { everTakingPart, submissionsOf } from './submissions-store.server.ts'
import { type Verified, verifyBrought } from './verify.server.ts'

export const permissions = {
  submissionAtWork: ofTheConsortium,
  receiptOf: ofTheConsortium,
  contentOfApplication: ofTheConsortium,
  applicationsOfCall: ['officer'],
  submittedContent: ['officer'],
  // Whoever has a receipt holds all that is said.
  verifyReceipt: 'public'
} as const satisfies Record<string, Permission>

type Holding = { database: Database; programmes: Programmes }

/** All that is to be known before, and after, an application is handed in. */
export type SubmissionAtWork = AtHand & {
  findings: Finding[]
  declaration: Declaration
  /** All that was handed in, the newest first; what stands. */
  submissions: Submission[]
  stands: Submission | undefined
  /** Whether the reader may sign for the coordinator, and whether they proved lately enough who they are. */
  signs: boolean
  proved: boolean
}

/** The last look at an application, for everybody of its consortium. */
export async function submissionAtWork(
  app: Holding,
  caller: Caller,
  application: string
): Promise<SubmissionAtWork | Refused> {
  const atHand = await atHandFor(app, caller, application)
  if (isRefused(atHand)) return atHand
  const { outline } = atHand
  const isDraft = outline.state === 'draft'
  const [limits, submissions] = await Promise.all([
    isDraft ? overLimits(app, caller, atHand) : [],
    submissionsOf(app.database, outline.id)
  ])
  const findings = [...(isDraft ? lastLook(app, atHand) : []), ...limits]
  const organisation = coordinatorOf(outline).organisation ?? undefined
  return {
    ...atHand,
    ...{ findings, submissions },
    declaration: declarationOf(app, outline.edition),
    stands: submissions.find(({ state }) => (standing as readonly string[]).includes(state)),
    signs: may(caller, ofTheCoordinator, { organisation }),
    // Asked for some hours before it is needed, so that nobody is sent away from the button.
    proved: provedRecently(atHand)
  }
}

/** What is in its way, if anything; otherwise the look is remembered for the button. */
function lastLook({ programmes }: Holding, atHand: AtHand): Finding[] {
  const { findings, asked } = finalCheck(atHand)
  if (mayBeSubmitted(findings)) rememberLook(programmes, atHand, contentsOf(atHand, asked))
  return findings
}

/** Limits across applications are advice on the page: what others hand in meanwhile decides, so nothing is refused by it. */
async function overLimits(app: Holding, caller: Caller, { outline, call }: AtHand): Promise<Finding[]> {
  const access = accessOf(outline, caller)
  if (isRefused(access)) return []
  const limits = await limitsOfDraft(app, outline, { own: access.participant, closesAt: call.closesAt })
  return limits.flatMap(({ level, limit }): Finding[] =>
    level === 'over' ? [{ part: 'consortium', weight: 'advice', says: limit.says, mend: 'consortium' }] : []
  )
}

function provedRecently({ provedAt, call }: AtHand): boolean {
  return provedAt !== undefined && call.now.since(provedAt).total('hours') <= provedWithinHours / 2
}

/** The receipt of what was handed in last, or under a number; for everybody of the consortium. */
export async function receiptOf(
  app: ReceiptHolding,
  caller: Caller,
  application: string,
  number?: number
): Promise<SubmissionReceipt | Refused> {
  const found = await submissionOfOwn(app.database, caller, application, number)
  return isRefused(found) ? found : receiptOfSubmission(app, found)
}

/** Content as it stands, or as it was handed in, with its hash; and the names of all who ever took part. */
export type ContentShown = {
  content: SealedContent
  hash: string
  submission?: Submission
  organisations: string[]
}

/**
 * The whole content of an application, for everybody of its consortium: of the draft, or of what was handed in under a
 * number.
 */
export async function contentOfApplication(
  app: Holding,
  caller: Caller,
  application: string,
  number?: number
): Promise<ContentShown | Refused> {
  if (number === undefined) {
    const atHand = await atHandFor(app, caller, application)
    if (isRefused(atHand)) return atHand
    const content = await contentAtHand(app.database, atHand)
    const organisations = await everTakingPart(app.database, atHand.outline.id)
    return { content, hash: hashOfContent(content), organisations }
  }
  const submission = await submissionOfOwn(app.database, caller, application, number)
  return isRefused(submission) ? submission : shownOf(app.database, submission)
}

async function shownOf(database: Database, submission: Submission): Promise<ContentShown> {
  const [content, organisations] = await Promise.all([
    contentOf(database, submission.id),
    everTakingPart(database, submission.application)
  ])
  return { content, hash: submission.hash, submission, organisations }
}

async function submissionOfOwn(
  database: Database,
  caller: Caller,
  application: string,
  number: number | undefined
): Promise<Submission | Refused> {
  const outline = await findOutline(database, application)
  if (!outline) return refused(caller.person === undefined ? 'sign-in' : 'not-found')
  const access = accessOf(outline, caller)
  if (isRefused(access)) return access
  const all = await submissionsOf(database, outline.id)
  return (number === undefined ? all[0] : all.find((one) => one.number === number)) ?? refused('not-found')
}

/** An application as the acceptance would find it. */
async function atHandFor(app: Holding, caller: Caller, application: string): Promise<AtHand | Refused> {
  const outline = await findOutline(app.database, application)
  if (!outline) return refused(caller.person === undefined ? 'sign-in' : 'not-found')
  const access = accessOf(outline, caller)
  if (isRefused(access) || !isSignedIn(caller)) return isRefused(access) ? access : refused('sign-in')
  const asked = await asking(app.database, caller, outline.id)
  const around = (await allCircumstances(app, [asked])).get(asked)
  if (!around) return refused('not-found')
  const [atHand] = await allAtHand(app.database, [around])
  return atHand!
}

async function asking(database: Database, caller: SignedIn, application: string) {
  const received = { at: await databaseNow(database), error: 0 }
  return { caller, application, form: '00000000-0000-0000-0000-000000000000', declaration: '', received }
}

/** The applications of a call, for officers of its body. @param code of the call */
export async function applicationsOfCall(
  app: { database: Database },
  caller: Caller,
  code: string
): Promise<CallDesk | Refused> {
  const no = refusalFor(caller, permissions.applicationsOfCall, { body: 'any' })
  if (no) return no
  const call = await callTaking(app, code)
  if (!call) return refused('not-found')
  const notTheirs = refusalFor(caller, permissions.applicationsOfCall, { body: call.body })
  return notTheirs ?? (await deskOf(app.database, code)) ?? refused('not-found')
}

/**
 * What was handed in, whole, for officers of the call's body: once the deadline has passed, so that nobody can be
 * said to have known before.
 */
export async function submittedContent(
  app: { database: Database },
  caller: Caller,
  { call: code, number }: { call: string; number: number }
): Promise<ContentShown | Refused> {
  const no = refusalFor(caller, permissions.submittedContent, { body: 'any' })
  if (no) return no
  const call = await callTaking(app, code)
  if (!call) return refused('not-found')
  const notTheirs = refusalFor(caller, permissions.submittedContent, { body: call.body })
  if (notTheirs) return notTheirs
  if (call.state === 'open') return notNow('applications-submission.not-now.still-open')
  const submission = await submissionNumbered(app.database, code, number)
  return submission ? shownOf(app.database, submission) : refused('not-found')
}

/**
 * Whether a receipt, and content with it, is what is on record here. For everybody.
 * @param brought from: the address of who asks; only so many are answered in a while
 */
export async function verifyReceipt(
  app: ReceiptHolding,
  brought: { receipt: unknown; content: unknown; from: string }
): Promise<Verified | Refused> {
  return (
    (await countFor(app.database, 'verify', visitFrom(brought.from, null, undefined).source)) ??
    verifyBrought(app, brought)
  )
}
