import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import './people-tables.server.ts'

/** So many are made at a time; each works once. */
export const recoveryCodes = 10

// Without letters that look like digits; 32 of them, so that a byte of random falls evenly.
const letters = 'abcdefghjkmnpqrstuvwxyz023456789'

/**
 * Makes new codes for whoever loses their second factor; the earlier ones end.
 * @returns the codes, to be shown once: abcd-efgh-jkmn-pqrs, 80 bits each
 */
export async function makeRecoveryCodes(transaction: Database, person: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, newCode)
  await transaction.deleteFrom('people.recovery_code').where('person', '=', person).execute()
  await transaction
    .insertInto('people.recovery_code')
    .values(codes.map((code) => ({ person, digest: digestOf(code) })))
    .execute()
  return codes
}

/** Uses a code up. @returns whether it was one, and not used before */
export async function useRecoveryCode(transaction: Database, person: string, code: string): Promise<boolean> {
  const used = await transaction
    .updateTable('people.recovery_code')
    .set({ used_at: sql`clock_timestamp()` })
    .where('person', '=', person)
    .where('digest', '=', digestOf(code))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

function newCode(): string {
  const drawn = [...randomBytes(16)].map((byte) => letters[byte % letters.length]!).join('')
  return drawn.replace(/(.{4})(?=.)/g, '$1-')
}

// Long and random: a plain digest is enough. Typed with or without the dashes, in any letters.
function digestOf(code: string): Buffer {
  const plain = code.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHash('sha256').update(plain).digest()
}
