/**
 * What the audit costs: a transaction with an entry against the same without, on the disk as it is and on one that
 * takes 10 ms to sync; and how long verifying a million entries takes. `npm run bench audit`; needs nothing running.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Database,
  type DatabaseServer,
  connect,
  migrate,
  startEmbeddedDatabase
} from '../src/shared/database/index.ts'
import { million } from './audit/million.ts'
import { type Cost, costs, prepareTables } from './audit/small-transactions.ts'
import { median } from './measure.ts'
import { atMost, figure, table, targetsTable, writeResults } from './report.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 7 : 25

const onThisDisk = await withServer({}, (server, database) => costsWith(server, database, rounds))
// PostgreSQL waits so long before each flush: a slow disk, imitated.
const onSlowDisk = await withServer({ commit_delay: '10000', commit_siblings: '0' }, (server, database) =>
  costsWith(server, database, Math.ceil(rounds / 2))
)
const log = await withServer({}, (_, database) =>
  million(database, quick ? 100_000 : 1_000_000, quick ? 1 : 3)
)

const rows = (disk: string, all: Cost[]) =>
  all.map(({ act, clients, without, withEntry, share }) => [
    disk,
    act,
    clients,
    figure(without),
    figure(withEntry),
    `${Math.round((1 - share) * 100)} %`
  ])
console.log(
  table(
    ['disk', 'transaction', 'clients', 'without, a second', 'with an entry', 'costs'],
    [...rows('as it is', onThisDisk), ...rows('10 ms a sync', onSlowDisk)]
  )
)
const targets = [
  ...onThisDisk.map((cost) => target('disk as it is', cost)),
  ...onSlowDisk.map((cost) => target('10 ms a sync', cost)),
  atMost(`verifying ${figure(log.entries)} entries`, 30, median(log.verified), ' s')
]
console.log(
  `\n${table(
    [`${figure(log.entries)} entries`, 's'],
    [
      ['written, in one statement', figure(log.written)],
      ['sealed', figure(log.sealed)],
      ['verified', log.verified.map(figure).join(', ')]
    ]
  )}`
)
console.log(`\n${targetsTable(targets)}`)
writeResults('audit', { onThisDisk, onSlowDisk, log, targets })
process.exitCode = targets.every(({ met }) => met) ? 0 : 1

function target(disk: string, { act, clients, share }: Cost) {
  return atMost(
    `an entry, of the throughput: ${act}, ${clients} clients, ${disk}`,
    30,
    (1 - share) * 100,
    ' %'
  )
}

async function costsWith(server: DatabaseServer, database: Database, rounds: number): Promise<Cost[]> {
  await prepareTables(database)
  const found: Cost[] = []
  for (const clients of [1, 8, 32]) found.push(...(await costs(server, clients, rounds)))
  return found
}

/** A server of its own, on this disk, that keeps what it says it keeps. */
async function withServer<Result>(
  settings: Record<string, string>,
  work: (server: DatabaseServer, database: Database) => Promise<Result>
): Promise<Result> {
  const data = mkdtempSync(join(tmpdir(), 'kopa-bench-'))
  const embedded = await startEmbeddedDatabase({
    dataFolder: data,
    settings: { max_wal_size: '4GB', ...settings }
  })
  const database = connect(embedded.server, 'kopa-command')
  try {
    await migrate(database)
    return await work(embedded.server, database)
  } finally {
    await database.destroy()
    await embedded.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
