/**
 * What the audit costs: a transaction with an entry against the same without, on the disk as it is and on one that
 * takes 10 ms to sync; and how long verifying a million entries takes. `npm run bench audit`; needs nothing running.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, migrate, startEmbeddedDatabase } from '../src/shared/database/index.ts'
import { type Cost, costs, prepareTables } from './audit/small-transactions.ts'
import { atMost, figure, table, targetsTable, writeResults } from './report.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 7 : 25

const onThisDisk = await costsWith({}, rounds)
// PostgreSQL waits so long before each flush: a slow disk, imitated.
const onSlowDisk = await costsWith({ commit_delay: '10000', commit_siblings: '0' }, Math.ceil(rounds / 2))

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
  ...onSlowDisk.map((cost) => target('10 ms a sync', cost))
]
console.log(`\n${targetsTable(targets)}`)
writeResults('audit', { onThisDisk, onSlowDisk, targets })
process.exitCode = targets.every(({ met }) => met) ? 0 : 1

function target(disk: string, { act, clients, share }: Cost) {
  return atMost(
    `an entry, of the throughput: ${act}, ${clients} clients, ${disk}`,
    30,
    (1 - share) * 100,
    ' %'
  )
}

async function costsWith(settings: Record<string, string>, rounds: number): Promise<Cost[]> {
  const data = mkdtempSync(join(tmpdir(), 'kopa-bench-'))
  const embedded = await startEmbeddedDatabase({
    dataFolder: data,
    settings: { max_wal_size: '4GB', ...settings }
  })
  try {
    const database = connect(embedded.server, 'kopa-command')
    await migrate(database)
    await prepareTables(database)
    await database.destroy()
    const found: Cost[] = []
    for (const clients of [1, 8, 32]) found.push(...(await costs(embedded.server, clients, rounds)))
    return found
  } finally {
    await embedded.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
