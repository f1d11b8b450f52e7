import { sql } from 'kysely'
import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  actorOf,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { type MandateGiven, mandateSchema, revision, sourceOf, wordsOf } from '../edit-form.server.ts'
import { keepEarlier } from '../earlier.server.ts'
import { mandateFields } from '../edited.ts'
import type { MandateOnRecord } from '../mandate.ts'
import { bodyOnRecord, mandatesOnRecord, unitsOnRecord } from '../store.server.ts'
import { forgetOnRecord } from '../on-record.server.ts'

/** Administrators: who may decide on grants is not for the body itself to say. */
export const permission: Permission = ['administrator']

type Holding = { database: Database; programmes: Programmes }

export type SavedMandate = { mandate: string; revision: number }

/**
 * Gives a body a mandate (mandate ''), or changes one. What it said before is kept; a day in `until` ends it. Who
 * began with an older revision is shown what stands now.
 */
export async function saveMandate(
  app: Holding,
  caller: Caller,
  given: { body: string; mandate: string; revision: unknown } & Record<string, unknown>
): Promise<SavedMandate | Refused> {
  const { body, mandate: id, revision: begun, ...typed } = given
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!(await bodyOnRecord(app.database, body))) return refused('not-found')
  const read = readInput(mandateSchema, typed)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const first = readInput(revision(), begun)
  if ('problems' in first) return refused('invalid', { problems: first.problems })
  const { unit, actions } = read.data
  if (unit && !(await unitsOnRecord(app.database, body)).some((one) => one.id === unit)) {
    return invalid('unit', 'form.not-offered')
  }
  if (actions.some((action) => !app.programmes.programme.actions.has(action))) {
    return invalid('actions', 'form.not-offered')
  }
  const saved = await app.database.transaction().execute(async (transaction) => {
    await sql`select 1 from directory.body where id = ${body} for update`.execute(transaction)
    const before = (await mandatesOnRecord(transaction, body)).find((one) => one.id === id)
    if (id !== '' && !before) return refused('not-found')
    if (before && before.revision !== first.data) {
      return refused('changed', { current: { revision: before.revision, fields: mandateFields(before) } })
    }
    return keep(transaction, caller, body, read.data, before)
  })
  forgetOnRecord(app.database)
  return saved
}

async function keep(
  transaction: Database,
  caller: SignedIn,
  body: string,
  given: MandateGiven,
  before: MandateOnRecord | undefined
): Promise<SavedMandate> {
  const source = sourceOf(given)
  const note = wordsOf(given.noteLv, given.noteEn)
  const values = {
    unit: given.unit ?? null,
    purpose: given.purpose,
    countries: given.countries ?? null,
    fields: given.fields.length > 0 ? given.fields : null,
    actions: given.actions.length > 0 ? given.actions : null,
    from_on: given.from ?? null,
    until_on: given.until ?? null,
    note: note && JSON.stringify(note),
    sources: JSON.stringify([...(source ? [source] : []), ...(before?.sources ?? [])]),
    checked_on: given.checked ?? null,
    edited_at: sql<string>`clock_timestamp()`,
    edited_by: caller.person
  }
  const revision = (before?.revision ?? 0) + 1
  if (before) {
    await keepEarlier(transaction, { subject: 'mandate', was: before }, caller.person)
  }
  const { id } = before
    ? await transaction
        .updateTable('directory.mandate')
        .set({ ...values, revision })
        .where('id', '=', before.id)
        .returning('id')
        .executeTakeFirstOrThrow()
    : await transaction
        .insertInto('directory.mandate')
        .values({ body, ...values })
        .returning('id')
        .executeTakeFirstOrThrow()
  const after = (await mandatesOnRecord(transaction, body)).find((one) => one.id === id)!
  await record(transaction, {
    act: before ? 'directory.mandate-changed' : 'directory.mandate-given',
    by: actorOf(caller),
    subject: { kind: 'body', id: body },
    payload: {
      mandate: id,
      revision,
      ...(before && { before: mandateFields(before) }),
      after: mandateFields(after)
    }
  })
  return { mandate: id, revision }
}
