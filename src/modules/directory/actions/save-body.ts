import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  actorOf,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { isBodyId } from '../body-id.ts'
import type { Body, BodyKind } from '../body.ts'
import { type BodyGiven, bodySchema, contactsOf, revision, sourceOf, wordsOf } from '../edit-form.server.ts'
import { keepEarlier } from '../earlier.server.ts'
import { bodyFields } from '../edited.ts'
import { bodyOnRecord } from '../store.server.ts'
import { forgetOnRecord } from '../on-record.server.ts'

/** Administrators look after the list of bodies. */
export const permission: Permission = ['administrator']

export type SavedBody = { body: string; revision: number }

/**
 * Adds a body (revision 0), or changes one. Who began with an older revision than there is now is shown what stands
 * now, and nothing is overwritten. What is shipped no longer changes a body that was changed here.
 */
export async function saveBody(
  app: { database: Database },
  caller: Caller,
  { body: id, revision: begun, ...given }: { body: string; revision: unknown } & Record<string, unknown>
): Promise<SavedBody | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(bodySchema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const first = readInput(revision(), begun)
  if ('problems' in first) return refused('invalid', { problems: first.problems })
  const saved = await app.database.transaction().execute(async (transaction) => {
    await sql`select 1 from directory.body where id = ${id} for update`.execute(transaction)
    const before = await bodyOnRecord(transaction, id)
    if (first.data === 0) {
      if (!isBodyId(id)) return invalid('body', 'directory.edit.no-id')
      if (before) return invalid('body', 'directory.edit.id-taken')
    } else if (!before) return refused('not-found')
    if (before && before.revision !== first.data) {
      return refused('changed', { current: { revision: before.revision, fields: bodyFields(before) } })
    }
    const above = await supervisorOf(transaction, id, read.data.supervisedBy)
    if (isRefused(above)) return above
    return keep(transaction, caller, id, { ...read.data, supervisedBy: above ?? undefined }, before)
  })
  forgetOnRecord(app.database)
  return saved
}

/** The body that is to supervise; no body stands above itself, not even by several steps. */
async function supervisorOf(
  transaction: Database,
  id: string,
  above: string | undefined
): Promise<string | null | Refused> {
  if (!above) return null
  for (let next: string | null = above; next !== null;) {
    if (next === id) return invalid('supervisedBy', 'directory.edit.above-itself')
    const body: Body | undefined = await bodyOnRecord(transaction, next)
    if (!body) return invalid('supervisedBy', 'form.not-offered')
    next = body.supervisedBy
  }
  return above
}

async function keep(
  transaction: Database,
  caller: SignedIn,
  id: string,
  given: BodyGiven,
  before: Body | undefined
): Promise<SavedBody> {
  const source = sourceOf(given)
  const does = wordsOf(given.doesLv, given.doesEn)
  const values = {
    kinds: inOrder(given.kinds, before?.kinds ?? []),
    country: given.country ?? null,
    short_name: given.short ?? null,
    names: JSON.stringify({ lv: given.nameLv, en: given.nameEn }),
    does: does && JSON.stringify(does),
    supervised_by: given.supervisedBy ?? null,
    contacts: JSON.stringify(contactsOf(given, before?.contacts ?? [])),
    sources: JSON.stringify([...(source ? [source] : []), ...(before?.sources ?? [])]),
    checked_on: given.checked ?? null,
    ended_on: given.ended ?? null,
    edited_at: sql<string>`clock_timestamp()`,
    edited_by: caller.person
  }
  const revision = (before?.revision ?? 0) + 1
  if (before) {
    await keepEarlier(transaction, { subject: 'body', was: before }, caller.person)
    await transaction
      .updateTable('directory.body')
      .set({ ...values, revision })
      .where('id', '=', id)
      .execute()
  } else {
    await transaction
      .insertInto('directory.body')
      .values({ id, ...values })
      .execute()
  }
  const after = await bodyOnRecord(transaction, id)
  await record(transaction, {
    act: before ? 'directory.body-changed' : 'directory.body-added',
    by: actorOf(caller),
    subject: { kind: 'body', id },
    payload: { revision, ...(before && { before: bodyFields(before) }), after: bodyFields(after!) }
  })
  return { body: id, revision }
}

/** The main thing stays the first: a form of boxes to tick says which, not in which order. */
function inOrder(kinds: readonly BodyKind[], before: readonly BodyKind[]): BodyKind[] {
  return [...before.filter((kind) => kinds.includes(kind)), ...kinds.filter((kind) => !before.includes(kind))]
}
