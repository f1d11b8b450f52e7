/** What belongs to one application, found in the database itself, so that new tables are copied, too. */
import type pg from 'pg'

/** A table whose rows are of one application, and the column that says of which: by it, or by its participants. */
export type CopiedTable = { name: string; key: 'id' | 'application' | 'participant' }

export async function tablesAbout(client: pg.Client): Promise<CopiedTable[]> {
  const { rows } = await client.query(`
    select c.relname as name, min(a.attname) as key from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'applications'::regnamespace and c.relkind = 'r' and a.attname in ('application', 'participant')
    group by 1 order by 2, 1`)
  return [{ name: 'application', key: 'id' }, ...rows]
}

export type Column = { name: string; type: string }

/** The columns of a table that are given a value, not numbered by themselves. */

export async function columnsOf(client: pg.Client, schema: string, table: string): Promise<Column[]> {
  const { rows } = await client.query(
    `select attname as name, format_type(atttypid, null) as type
      from pg_attribute where attrelid = format('%I.%I', $1::text, $2::text)::regclass
        and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' order by attnum`,
    [schema, table]
  )
  return rows
}
