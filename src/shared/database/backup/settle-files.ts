import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Database } from '../tables.ts'
import { lockInstallation } from '../migrate.ts'

/** Where a restore puts files until its transaction is through. */
export function stagedFiles(files: string, restore: string): string {
  return `${files}.restore-${restore}`
}

/**
 * Ends what a restore began with the files folder. The database decides: a restore that it remembers was carried
 * through, so its files take the place of the old ones; any other was not, and leaves none behind. Called after a
 * restore and at each start, because a restore may have been killed between the two.
 */
export async function settleFiles(database: Database, files: string): Promise<void> {
  if (!existsSync(dirname(files))) return
  await database.transaction().execute(async (transaction) => {
    await lockInstallation(transaction)
    await settleLocked(transaction, files)
  })
}

async function settleLocked(database: Database, files: string): Promise<void> {
  const folder = dirname(files)
  const installation = await database.selectFrom('kopa.installation').select('restore_id').executeTakeFirst()
  const carried = installation?.restore_id ? stagedFiles(files, installation.restore_id) : undefined
  const old = `${files}.replaced`
  if (carried && existsSync(carried)) {
    rmSync(old, { recursive: true, force: true })
    if (existsSync(files)) renameSync(files, old)
    renameSync(carried, files)
  }
  rmSync(old, { recursive: true, force: true })
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${basename(files)}.restore-`))
      rmSync(join(folder, name), { recursive: true, force: true })
  }
}
