import { sql } from 'kysely'
import type { Database } from './tables.ts'
import { lockInstallation } from './migrate.ts'
import { productSchemas } from './tables.ts'

/** What is kept from change: there the application reads, and adds by the functions it may call. */
const appendOnly = 'audit'

/** The role that a connection works as. */
export async function roleOf(database: Database): Promise<string> {
  const { rows } = await sql<{ role: string }>`select current_user::text as role`.execute(database)
  return rows[0]!.role
}

/**
 * Lets the application's role work with everything that the migrations made, which is the owner's: read, add, change
 * and delete, but no table altered; in the audit read alone, and add by its functions. After each migration, by the
 * owner.
 */
export async function openToApplication(owner: Database, role: string): Promise<void> {
  const to = sql.id(role)
  await owner.transaction().execute(async (transaction) => {
    // Two who grant at once get into each other's way.
    await lockInstallation(transaction)
    const { rows } = await sql<{ name: string }>`
      select nspname as name from pg_namespace where nspname = any(${productSchemas}) order by 1`.execute(
      transaction
    )
    for (const { name } of rows) {
      const schema = sql.id(name)
      const may = name === appendOnly ? sql`select` : sql`select, insert, update, delete`
      await sql`grant usage on schema ${schema} to ${to}`.execute(transaction)
      await sql`grant ${may} on all tables in schema ${schema} to ${to}`.execute(transaction)
      await sql`grant usage on all sequences in schema ${schema} to ${to}`.execute(transaction)
      await sql`grant execute on all functions in schema ${schema} to ${to}`.execute(transaction)
    }
    // These work with the owner's rights, so nobody else may call them.
    await sql`revoke execute on all functions in schema ${sql.id(appendOnly)} from public`.execute(
      transaction
    )
    // The log is called by the installation's number: of this row only the version becomes another.
    await sql`revoke update, delete on kopa.installation from ${to}`.execute(transaction)
    await sql`grant update (version) on kopa.installation to ${to}`.execute(transaction)
    await sql`revoke insert, update, delete on kopa.migration, kopa.migration_lock from ${to}`.execute(
      transaction
    )
  })
}
