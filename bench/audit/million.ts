/** A log of a million entries, sealed, and how long it takes to verify. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openAuditKey } from '../../src/shared/audit/audit-key.ts'
import { Sealer } from '../../src/shared/audit/sealer.ts'
import { verifyLog } from '../../src/shared/audit/verify-log.ts'
import type { Database } from '../../src/shared/database/index.ts'

const actor = '{"person":"6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f0001","role":"representative"}'
const note = 'A school of some size, in a town of some size. '.repeat(4)

export type Million = { entries: number; written: number; sealed: number; verified: number[]; memory: number }

/** All times in seconds; memory in MB. */
export async function million(database: Database, entries: number, rounds: number): Promise<Million> {
  const folder = mkdtempSync(join(tmpdir(), 'kopa-bench-key-'))
  try {
    const signer = { name: 'kopa/bench', key: openAuditKey(join(folder, 'key.pem')) }
    const written = await seconds(() => write(database, entries))
    const sealed = await seconds(() => Array.fromAsync(new Sealer(database, signer).round()))
    await sql`vacuum analyze`.execute(database)
    const verified: number[] = []
    for (let round = 0; round < rounds; round++) {
      verified.push(
        await seconds(async () => {
          const options = { log: signer.name, keys: [signer.key.publicKey], kept: [] }
          const found = await verifyLog(database, options)
          if (found.findings.length > 0 || found.entries !== entries) throw new Error(JSON.stringify(found))
        })
      )
    }
    return { entries, written, sealed, verified, memory: process.memoryUsage.rss() / 1_000_000 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As the product would have written them, about 50 000 schools. */
async function write(database: Database, entries: number): Promise<void> {
  await sql`
    select count(audit.record('organisations.changed', ${actor}, 'organisation', subject, payload, salt, digest,
      sha256(convert_to('{"act":"organisations.changed","by":' || ${actor} || ',"payload":"' || encode(digest, 'hex')
        || '","subject":{"id":"' || subject || '","kind":"organisation"}}', 'UTF8')), null))
    from (
      select *, sha256(salt || convert_to(payload, 'UTF8')) as digest from (
        select md5((n % 50000)::text) as subject, uuid_send(gen_random_uuid()) as salt,
          '{"country":"LV","name":"Rīgas ' || n || '. vidusskola","note":"' || ${note}::text || '"}' as payload
        from generate_series(1, ${entries}::integer) as n
      ) as drawn
      offset 0
    ) as entry`.execute(database)
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
