import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { BodyData, MandateData } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { BodyKind } from './body.ts'
import { keepEarlier } from './earlier.server.ts'
import { toBody, toMandate } from './store.server.ts'
import './directory-tables.server.ts'
import { forgetOnRecord } from './on-record.server.ts'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** What a start did with the bodies that are shipped; ids of bodies and mandates. */
export type Synced = { added: string[]; updated: string[]; ended: string[]; kept: string[] }

// Any number will do, as long as every Kopā uses the same.
const advisoryLock = 0x4b4f4454

/**
 * Brings the bodies and mandates of programmes/…/bodies.yaml into the database: new ones are added, changed ones
 * updated, those no longer there end today. What a person edited here stays as they left it (`kept`). Called at each
 * start, when it is one look-up as a rule.
 */
export async function syncShippedBodies(app: Holding): Promise<Synced> {
  const { bodies } = app.programmes.programme
  const today = app.clock().toZonedDateTimeISO('Europe/Brussels').toPlainDate().toString()
  const saved = await app.database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(advisoryLock)})`.execute(transaction)
    const synced: Synced = { added: [], updated: [], ended: [], kept: [] }
    await syncBodies(transaction, bodies, today, synced)
    await syncMandates(transaction, bodies, today, synced)
    const { added, updated, ended } = synced
    if (added.length + updated.length + ended.length > 0) {
      await record(transaction, {
        act: 'directory.shipped-bodies-taken-over',
        by: { system: 'directory' },
        subject: { kind: 'directory', id: 'shipped' },
        payload: synced
      })
    }
    return synced
  })
  forgetOnRecord(app.database)
  return saved
}

async function syncBodies(
  transaction: Database,
  bodies: readonly BodyData[],
  today: string,
  synced: Synced
): Promise<void> {
  const held = await transaction.selectFrom('directory.body').selectAll().execute()
  const rows = new Map(held.map((row) => [row.id, row]))
  for (const body of bodies) {
    const row = rows.get(body.id)
    const { mandates: _mandates, ...shipped } = body
    if (row && isDeepStrictEqual(row.shipped, shipped)) continue
    // Who supervises may come later in the file: filled in below.
    const values = { ...columnsOf(body), shipped: JSON.stringify(shipped) }
    if (!row) {
      await transaction
        .insertInto('directory.body')
        .values({ id: body.id, ...values })
        .execute()
      synced.added.push(body.id)
    } else if (row.edited_at || !row.shipped) {
      synced.kept.push(body.id)
    } else {
      await keepEarlier(transaction, { subject: 'body', was: toBody(row) })
      await transaction
        .updateTable('directory.body')
        .set({ ...values, revision: row.revision + 1 })
        .where('id', '=', row.id)
        .execute()
      synced.updated.push(body.id)
    }
  }
  for (const body of bodies) {
    if (!body['supervised-by'] || synced.kept.includes(body.id)) continue
    await transaction
      .updateTable('directory.body')
      .set({ supervised_by: body['supervised-by'] })
      .where('id', '=', body.id)
      .where('supervised_by', 'is distinct from', body['supervised-by'])
      .where('edited_at', 'is', null)
      .execute()
  }
  const shippedIds = new Set(bodies.map(({ id }) => id))
  for (const row of held) {
    if (!row.shipped || row.edited_at || row.ended_on || shippedIds.has(row.id)) continue
    await keepEarlier(transaction, { subject: 'body', was: toBody(row) })
    await transaction
      .updateTable('directory.body')
      .set({ ended_on: today, revision: row.revision + 1 })
      .where('id', '=', row.id)
      .execute()
    synced.ended.push(row.id)
  }
}

async function syncMandates(
  transaction: Database,
  bodies: readonly BodyData[],
  today: string,
  synced: Synced
): Promise<void> {
  const held = await transaction
    .selectFrom('directory.mandate')
    .selectAll()
    .where('shipped_as', 'is not', null)
    .execute()
  const rows = new Map(held.map((row) => [row.shipped_as!, row]))
  const shippedIds = new Set<string>()
  for (const body of bodies) {
    for (const mandate of body.mandates) {
      shippedIds.add(mandate.id)
      const row = rows.get(mandate.id)
      const shipped = { ...mandate, body: body.id, country: body.country ?? null, on: body.checked }
      if (row && isDeepStrictEqual(row.shipped, shipped)) continue
      const values = { ...mandateColumns(body, mandate), shipped: JSON.stringify(shipped) }
      if (!row) {
        await transaction
          .insertInto('directory.mandate')
          .values({ ...values, shipped_as: mandate.id })
          .execute()
        synced.added.push(mandate.id)
      } else if (row.edited_at) {
        synced.kept.push(mandate.id)
      } else {
        await keepEarlier(transaction, { subject: 'mandate', was: toMandate({ ...row, kinds: [] }) })
        await transaction
          .updateTable('directory.mandate')
          .set({ ...values, revision: row.revision + 1 })
          .where('id', '=', row.id)
          .execute()
        synced.updated.push(mandate.id)
      }
    }
  }
  for (const row of held) {
    if (row.edited_at || row.until_on || shippedIds.has(row.shipped_as!)) continue
    await keepEarlier(transaction, { subject: 'mandate', was: toMandate({ ...row, kinds: [] }) })
    const begins = row.from_on?.toString()
    await transaction
      .updateTable('directory.mandate')
      .set({ until_on: begins && begins > today ? begins : today, revision: row.revision + 1 })
      .where('id', '=', row.id)
      .execute()
    synced.ended.push(row.shipped_as!)
  }
}

function columnsOf(body: BodyData) {
  return {
    kinds: body.kinds as BodyKind[],
    country: body.country ?? null,
    short_name: body.short ?? null,
    names: JSON.stringify(body.names),
    former_names: JSON.stringify(body['former-names'] ?? []),
    does: body.does ? JSON.stringify(body.does) : null,
    contacts: JSON.stringify(
      (body.contacts ?? []).map((contact) => ({ ...contact, checked: contact.checked ?? body.checked }))
    ),
    sources: JSON.stringify(body.sources),
    checked_on: body.checked,
    ended_on: body.ended ?? null
  }
}

function mandateColumns(body: BodyData, mandate: MandateData) {
  return {
    body: body.id,
    purpose: mandate.purpose,
    countries: mandate.countries ?? (body.country ? [body.country] : null),
    fields: mandate.fields ?? null,
    actions: mandate.actions ?? null,
    from_on: mandate.from ?? null,
    until_on: mandate.until ?? null,
    note: mandate.note ? JSON.stringify(mandate.note) : null,
    sources: JSON.stringify(mandate.sources),
    checked_on: mandate.checked ?? body.checked
  }
}
