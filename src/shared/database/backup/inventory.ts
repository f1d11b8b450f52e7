import { type Kysely, sql } from 'kysely'
import { productSchemas } from '../tables.ts'

/** A table of the product: its columns with their types, as PostgreSQL writes them. Generated columns are not in. */
export type InventoryTable = { schema: string; name: string; columns: { name: string; type: string }[] }

/** Kept by the migrations themselves, restored by running them. */
const ownBook = ['kopa.migration', 'kopa.migration_lock']

/** The tables that hold the product's data, in a fixed order. */
export async function tablesOf(database: Kysely<any>): Promise<InventoryTable[]> {
  const { rows } = await sql<{ schema: string; name: string; columns: { name: string; type: string }[] }>`
    select n.nspname as schema, c.relname as name,
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
               order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and n.nspname = any(${productSchemas})
    group by n.nspname, c.relname
    order by n.nspname collate "C", c.relname collate "C"`.execute(database)
  return rows.filter(({ schema, name }) => !ownBook.includes(`${schema}.${name}`))
}

/** A counter. `value` is text: it may be too large for a JavaScript number. */
export type Sequence = { name: string; value: string; called: boolean }

/** The counters of the product's schemas. They stand outside of transactions: read them after the rows. */
export async function sequencesOf(database: Kysely<any>): Promise<Sequence[]> {
  const { rows: names } = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname = any(${productSchemas})
    order by 1, 2`.execute(database)
  const sequences: Sequence[] = []
  for (const { schema, name } of names) {
    const { rows } = await sql<{ value: string; called: boolean }>`
      select last_value::text as value, is_called as called from ${sql.table(`${schema}.${name}`)}`.execute(
      database
    )
    sequences.push({ name: `${schema}.${name}`, ...rows[0]! })
  }
  return sequences
}

/** A foreign key, as a statement that makes it again. */
export type ForeignKey = { table: string; name: string; definition: string }

/** The foreign keys among the product's tables; names are quoted. */
export async function foreignKeysOf(database: Kysely<any>): Promise<ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select k.conrelid::regclass::text as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname = any(${productSchemas})
    order by 1, 2`.execute(database)
  return rows
}

/** Whether people's data is in the database: any row besides the installation's own. */
export async function holdsData(database: Kysely<any>): Promise<boolean> {
  for (const { schema, name } of await tablesOf(database)) {
    if (`${schema}.${name}` === 'kopa.installation') continue
    const { rows } = await sql<{ found: boolean }>`
      select exists (select from ${sql.table(`${schema}.${name}`)}) as found`.execute(database)
    if (rows[0]!.found) return true
  }
  return false
}
