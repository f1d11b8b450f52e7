import { listActions } from '#server/programmes'
import { type JsonValue, record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import type { Desk } from '../at-desk.server.ts'
import type { CallTerms } from '../call.ts'
import { cardOf } from '../card.ts'
import { changesBetween } from '../changes.ts'
import { extendsDeadline } from '../correct.ts'
import { type PreparedCorrigendum, markPublished } from '../corrigenda-store.server.ts'
import { periodOf } from '../readiness.ts'
import { type InReview, doneBefore, inReview } from '../second-officer.server.ts'
import { publishRevision, takeStep } from '../store.server.ts'
import '../events.ts'

export const permission: Permission = ['officer', 'administrator']

/** What was published: a call, or with a number a corrigendum of one. */
export type Published = { code: string; corrigendum: number | undefined }

/**
 * The second officer publishes what lies for review: a call, or a change of one as a numbered corrigendum. Pressed
 * twice, it is published once.
 */
export async function publishCall(
  app: Desk,
  caller: Caller,
  code: string,
  revision: number
): Promise<Published | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const review = await inReview(app, transaction, caller, { code, revision })
    if (isRefused(review)) {
      const before = await doneBefore(transaction, caller, { code, revision }, review, [
        'published',
        'corrected'
      ])
      return before ? { code, corrigendum: before.corrigenda || undefined } : review
    }
    const { problems, corrigendum } = review.what
    // Time has gone on since it was sent: a deadline may have passed meanwhile.
    if (problems.length > 0) return refused('invalid', { problems })
    return corrigendum
      ? correct(app, transaction, review, corrigendum)
      : publishFirst(app, transaction, review)
  })
}

async function publishFirst(app: Desk, transaction: Database, { call, what, second }: InReview) {
  const { id, code, body, edition } = call
  await takeStep(transaction, call, { step: 'published', by: second.person })
  await publishRevision(transaction, call, {
    ...periodOf(what.terms),
    card: cardOfTerms(app, edition, what.terms),
    corrigenda: 0
  })
  await record(transaction, {
    act: 'calls.published',
    by: actorOf(second),
    subject: { kind: 'call', id },
    payload: { code, revision: call.revision, terms: what.terms as unknown as JsonValue }
  })
  await announce(transaction, 'calls.published', { call: id, code, body, edition })
  return { code, corrigendum: undefined }
}

async function correct(
  app: Desk,
  transaction: Database,
  { call, what, second }: InReview,
  corrigendum: PreparedCorrigendum
): Promise<Published> {
  const { id, code, edition } = call
  const number = call.corrigenda + 1
  const changes = changesBetween(what.published!, what.terms)
  const before = call.period!
  const after = periodOf(what.terms)
  await takeStep(transaction, call, { step: 'corrected', by: second.person })
  await publishRevision(transaction, call, {
    ...after,
    card: cardOfTerms(app, edition, what.terms),
    corrigenda: number
  })
  await markPublished(transaction, corrigendum.id, {
    number,
    by: second.person,
    from: call.publishedRevision!,
    revision: call.revision,
    changes
  })
  await record(transaction, {
    act: 'calls.corrected',
    by: actorOf(second),
    subject: { kind: 'call', id },
    payload: {
      code,
      number,
      reason: corrigendum.reason,
      author: corrigendum.begunBy,
      revision: call.revision,
      changes: changes as unknown as JsonValue
    }
  })
  await announce(transaction, 'calls.corrected', { call: id, code, number })
  if (extendsDeadline(before, after)) {
    await announce(transaction, 'calls.deadline-extended', {
      call: id,
      code,
      number,
      from: before.closesAt.toString(),
      to: after.closesAt.toString()
    })
  }
  return { code, corrigendum: number }
}

function cardOfTerms(app: Desk, edition: number, terms: CallTerms) {
  const opened = new Set(terms.actions.map(({ action }) => action))
  const names = listActions(app, edition).filter(({ action }) => opened.has(action))
  return cardOf(
    terms,
    names.map((one) => one.names)
  )
}
