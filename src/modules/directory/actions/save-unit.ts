import { sql } from 'kysely'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, type SignedIn, actorOf } from '#shared/identity/index.ts'
import type { Unit } from '../body.ts'
import { type UnitGiven, contactsOf, revision, unitSchema } from '../edit-form.server.ts'
import { keepEarlier } from '../earlier.server.ts'
import { unitFields } from '../edited.ts'
import { refusalAsHead } from '../head-of-body.server.ts'
import { unitsOnRecord } from '../store.server.ts'
import { forgetOnRecord } from '../on-record.server.ts'

/** The head of the body, or an administrator. */
export const permission: Permission = ['officer', 'administrator']

export type SavedUnit = { unit: string; revision: number }

/**
 * Adds a unit to a body (unit ''), or changes one; a day in `ended` ends it. Who began with an older revision is
 * shown what stands now.
 */
export async function saveUnit(
  app: { database: Database },
  somebody: Caller,
  given: { body: string; unit: string; revision: unknown } & Record<string, unknown>
): Promise<SavedUnit | Refused> {
  const { body, unit: id, revision: begun, ...typed } = given
  const may = await refusalAsHead(app, somebody, permission, body)
  if (isRefused(may)) return may
  const read = readInput(unitSchema, typed)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const first = readInput(revision(), begun)
  if ('problems' in first) return refused('invalid', { problems: first.problems })
  const saved = await app.database.transaction().execute(async (transaction) => {
    // Two who edit units of one body come one after the other.
    await sql`select 1 from directory.body where id = ${body} for update`.execute(transaction)
    const before = (await unitsOnRecord(transaction, body)).find((unit) => unit.id === id)
    if (id !== '' && !before) return refused('not-found')
    if (before && before.revision !== first.data) {
      return refused('changed', { current: { revision: before.revision, fields: unitFields(before) } })
    }
    return keep(transaction, may.caller, body, read.data, before)
  })
  forgetOnRecord(app.database)
  return saved
}

async function keep(
  transaction: Database,
  caller: SignedIn,
  body: string,
  given: UnitGiven,
  before: Unit | undefined
): Promise<SavedUnit> {
  const values = {
    names: JSON.stringify({ lv: given.nameLv, en: given.nameEn }),
    contacts: JSON.stringify(contactsOf(given, before?.contacts ?? [])),
    ended_on: given.ended ?? null,
    edited_by: caller.person
  }
  const revision = (before?.revision ?? 0) + 1
  if (before) await keepEarlier(transaction, { subject: 'unit', was: before }, caller.person)
  const { id } = before
    ? await transaction
        .updateTable('directory.unit')
        .set({ ...values, revision })
        .where('id', '=', before.id)
        .returning('id')
        .executeTakeFirstOrThrow()
    : await transaction
        .insertInto('directory.unit')
        .values({ body, ...values })
        .returning('id')
        .executeTakeFirstOrThrow()
  const after = (await unitsOnRecord(transaction, body)).find((unit) => unit.id === id)!
  await record(transaction, {
    act: before ? 'directory.unit-changed' : 'directory.unit-added',
    by: actorOf(caller),
    subject: { kind: 'body', id: body },
    payload: { unit: id, revision, ...(before && { before: unitFields(before) }), after: unitFields(after) }
  })
  return { unit: id, revision }
}
