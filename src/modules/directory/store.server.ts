import type { Selectable } from 'kysely'
import type { Field } from '#modules/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Body, BodyKind, Unit } from './body.ts'
import type { BodyTable, MandateTable, UnitTable } from './directory-tables.server.ts'
import { type MandateOnRecord, type Purpose, purposes } from './mandate.ts'

/** All bodies, or some, in the order of their ids; those that ended too. */
export async function bodiesOnRecord(database: Database, ids?: readonly string[]): Promise<Body[]> {
  const rows = await database
    .selectFrom('directory.body')
    .selectAll()
    .$if(ids !== undefined, (query) => query.where('id', 'in', [...ids!, '']))
    .orderBy('id')
    .execute()
  return rows.map(toBody)
}

/** One body; undefined when there is none of this id. */
export async function bodyOnRecord(database: Database, id: string): Promise<Body | undefined> {
  const [body] = await bodiesOnRecord(database, [id])
  return body
}

/** All units, or those of a body, in the order in which they were added; those that ended too. */
export async function unitsOnRecord(database: Database, body?: string): Promise<Unit[]> {
  const rows = await database
    .selectFrom('directory.unit')
    .selectAll()
    .$if(body !== undefined, (query) => query.where('body', '=', body!))
    .orderBy('added_at')
    .execute()
  return rows.map(toUnit)
}

/** All mandates that were not struck, or those of a body; those that ended or have not begun too. */
export async function mandatesOnRecord(database: Database, body?: string): Promise<MandateOnRecord[]> {
  const rows = await database
    .selectFrom('directory.mandate')
    .innerJoin('directory.body', 'directory.body.id', 'directory.mandate.body')
    .selectAll('directory.mandate')
    .select('directory.body.kinds')
    .where('struck_at', 'is', null)
    .$if(body !== undefined, (query) => query.where('directory.mandate.body', '=', body!))
    .orderBy('directory.mandate.body')
    .orderBy('from_on')
    .orderBy('directory.mandate.id')
    .execute()
  // The weightiest purpose first: the list of purposes is in that order.
  const weight = ({ purpose }: MandateOnRecord) => purposes.indexOf(purpose)
  return rows.map(toMandate).sort((a, b) => weight(a) - weight(b))
}

export function toBody(row: Selectable<BodyTable>): Body {
  return {
    id: row.id,
    kinds: row.kinds,
    country: row.country,
    short: row.short_name,
    names: row.names,
    formerNames: row.former_names,
    does: row.does,
    supervisedBy: row.supervised_by,
    contacts: row.contacts,
    sources: row.sources,
    checked: row.checked_on?.toString() ?? null,
    endedOn: row.ended_on?.toString() ?? null,
    revision: row.revision,
    edited: row.edited_at !== null || row.shipped === null
  }
}

export function toUnit(row: Selectable<UnitTable>): Unit {
  return {
    id: row.id,
    body: row.body,
    names: row.names,
    contacts: row.contacts,
    endedOn: row.ended_on?.toString() ?? null,
    revision: row.revision
  }
}

export function toMandate(row: Selectable<MandateTable> & { kinds: BodyKind[] }): MandateOnRecord {
  return {
    id: row.id,
    body: row.body,
    bodyKinds: row.kinds,
    unit: row.unit,
    purpose: row.purpose as Purpose,
    countries: row.countries,
    fields: row.fields as Field[] | null,
    actions: row.actions,
    from: row.from_on,
    until: row.until_on,
    note: row.note,
    sources: row.sources,
    checked: row.checked_on?.toString() ?? null,
    revision: row.revision,
    edited: row.edited_at !== null || row.shipped_as === null
  }
}
