import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Actor } from './entry.ts'
import { entriesAbout } from './reads.ts'

/**
 * Erases payload and salt of entries that hold data of a person, and records that. The digests stay: the log verifies
 * as before, and nobody can find out any more what was in them. Refuses entries that are not about this person.
 * @returns how many were erased now
 */
export async function erasePayloads(
  transaction: Database,
  erasure: { person: string; entries: readonly string[]; by: Actor }
): Promise<number> {
  const { person, entries, by } = erasure
  const { rows } = await sql<{ erased: number }>`
    select audit.erase(${person}, ${entries}::bigint[], ${canonicalJson(by)}, ${randomBytes(16)}) as erased`.execute(
    transaction
  )
  return rows[0]!.erased
}

/**
 * Erases the payloads that hold data of a person, all of each: an entry about two persons loses what it says of both.
 * @param keeps acts whose payload the law makes stay
 * @returns how many were erased now
 */
export async function erasePayloadsAbout(
  transaction: Database,
  person: string,
  { by, keeps = () => false }: { by: Actor; keeps?: (act: string) => boolean }
): Promise<number> {
  const entries = (await entriesAbout(transaction, person)).filter(({ act }) => !keeps(act))
  if (entries.length === 0) return 0
  return erasePayloads(transaction, { person, entries: entries.map(({ id }) => id), by })
}
