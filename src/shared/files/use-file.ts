import type { Database } from '../database/index.ts'
import type { StoredFile } from './file.ts'
import { fileOf } from './tables.ts'

/** A file, if it is known. Whoever shows it checks who asks. */
export async function findFile(database: Database, id: string): Promise<StoredFile | undefined> {
  const row = await database.selectFrom('files.file').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fileOf(row)
}

/**
 * Says that something refers to a file: as long as it does, the file stays. Called in the transaction of the act.
 * @param usedBy what refers to it, such as `organisations.organisation:<id>`
 * @returns the file; undefined when it is not there (any more), or was refused by the scanner
 */
export async function useFile(
  transaction: Database,
  id: string,
  usedBy: string
): Promise<StoredFile | undefined> {
  const row = await transaction
    .updateTable('files.file')
    .set({ unused_since: null })
    .where('id', '=', id)
    .where('state', '<>', 'refused')
    .returningAll()
    .executeTakeFirst()
  if (!row) return undefined
  await transaction
    .insertInto('files.use')
    .values({ file: id, used_by: usedBy })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return fileOf(row)
}

/** Says that something no longer refers to a file; one that nothing refers to is removed after a day. */
export async function releaseFile(transaction: Database, id: string, usedBy: string): Promise<void> {
  // Locked first: two who release the last two uses at once would each still see the other's.
  await transaction.selectFrom('files.file').select('id').where('id', '=', id).forUpdate().execute()
  await transaction.deleteFrom('files.use').where('file', '=', id).where('used_by', '=', usedBy).execute()
  await transaction
    .updateTable('files.file')
    .set((is) => ({ unused_since: is.fn('clock_timestamp', []) }))
    .where('id', '=', id)
    .where('unused_since', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('files.use').select('file').where('file', '=', id)))
    )
    .execute()
}

/** What somebody gave, for “all about me”. */
export async function filesOf(database: Database, person: string): Promise<StoredFile[]> {
  const rows = await database
    .selectFrom('files.file')
    .selectAll()
    .where('uploaded_by', '=', person)
    .orderBy('received_at')
    .execute()
  return rows.map(fileOf)
}

/** Forgets who gave files; the files stay with whatever uses them. */
export async function forgetUploader(transaction: Database, person: string): Promise<void> {
  await transaction
    .updateTable('files.file')
    .set({ uploaded_by: null })
    .where('uploaded_by', '=', person)
    .execute()
}
