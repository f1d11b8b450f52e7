import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { type Database, connect, restoreBackup, writeBackup } from '#shared/database/index.ts'
import { announce, dispatch, listen, redispatch } from '#shared/events/index.ts'
import { installJobs } from '#shared/jobs/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { Refusal } from '#shared/operating/refusal.ts'
import { emptyDatabase, freshDatabase } from '../database.ts'
import { startMailServer } from '../mail-server.ts'
import { root } from '../structure/project-files.ts'
import { dataFolder, start } from './starting.ts'

const folder = mkdtempSync(join(tmpdir(), 'kopa-work-'))
after(() => rmSync(folder, { recursive: true, force: true }))

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'letters.lost': { letter: number }
  }
}

const toMaria = {
  to: 'maria@skola.example',
  language: 'lv',
  kind: 'test.greeting',
  subject: 'Sveika!',
  paragraphs: ['Labdien.']
} as const

async function until(holds: () => Promise<boolean> | boolean, within = 30_000): Promise<void> {
  for (const began = performance.now(); !(await holds()); await setTimeout(50)) {
    assert.ok(performance.now() - began < within, `not within ${within} ms`)
  }
}

const stateOfMail = async (database: Database) =>
  (await database.selectFrom('mail.message').select('state').execute()).map(({ state }) => state)

test('Maria’s mail outlives a mail server that is down and a worker that is killed; ./kopa work sends it', async () => {
  const { address, drop } = await freshDatabase()
  const database = connect({ connectionString: address }, 'kopa-test')
  const gone = await startMailServer()
  const { port } = gone
  await gone[Symbol.asyncDispose]()
  const work = () =>
    start(
      {
        DATABASE_URL: address,
        KOPA_DATA: dataFolder(),
        KOPA_SMTP_URL: `smtp://127.0.0.1:${port}`,
        KOPA_MAIL_FROM: 'Kopā <kopa@example.eu>',
        KOPA_ORIGIN: 'https://kopa.example.eu',
        LOG_LEVEL: 'info'
      },
      process.execPath,
      [join(root, 'src/cli/main.ts'), 'work']
    )
  try {
    await queueMail(database, toMaria)
    const killed = work()
    await until(() => killed.printed().includes('ECONNREFUSED'))
    killed.process.kill('SIGKILL')
    await killed.ended
    await sql`update mail.message set sending_since = sending_since - interval '10 minutes'
      where state = 'sending'`.execute(database)

    await using back = await startMailServer({ port })
    const worker = work()
    await until(() => back.mails.length > 0)
    await until(async () => (await stateOfMail(database)).every((state) => state === 'sent'))
    assert.equal(back.mails.length, 1)
    // Restoring under a worker would lose what it does.
    const to = join(folder, 'refused.tar.gz')
    const server = { connectionString: address }
    await writeBackup({ server, files: folder, to, product: '0.1.0', now: '2026-11-25T10:00:00Z' })
    await assert.rejects(restoreBackup({ server, files: folder, from: to, existing: 'replace' }), Refusal)
    worker.process.kill('SIGTERM')
    assert.equal(await worker.ended, 0)
  } finally {
    await database.destroy()
    await drop()
  }
})

test('./kopa work has nothing to do beside an embedded database, and says so', async () => {
  const refused = start({ KOPA_DATA: dataFolder() }, process.execPath, [
    join(root, 'src/cli/main.ts'),
    'work'
  ])
  assert.equal(await refused.ended, 1)
  assert.match(refused.printed(), /DATABASE_URL/)
})

test('after a restore open deliveries are made again, and mail that waited is kept, not sent a second time', async () => {
  const [one, two] = [await freshDatabase(), await emptyDatabase()]
  const listener = listen('letters.lost', 'post.look-for-letter', async () => {})
  const from = { connectionString: one.address }
  const to = { connectionString: two.address }
  const before = connect(from, 'kopa-test')
  const backup = join(folder, 'moved.tar.gz')
  try {
    await announce(before, 'letters.lost', { letter: 1 })
    await dispatch(before, [listener])
    await announce(before, 'letters.lost', { letter: 2 })
    await queueMail(before, toMaria)
    await writeBackup({
      server: from,
      files: folder,
      to: backup,
      product: '0.1.0',
      now: '2026-11-25T10:00:00Z'
    })
    await restoreBackup({ server: to, files: join(folder, 'files'), from: backup, existing: 'keep' })
    await installJobs(to)
    const after = connect(to, 'kopa-test')
    assert.equal(await redispatch(after, [listener]), 1)
    assert.equal(await dispatch(after, [listener]), 1)
    const { rows } = await sql<{ jobs: number; ahead: number }>`
      select (select count(*)::int from graphile_worker.jobs) as jobs,
        (select count(*)::int from events.event where transaction >= pg_snapshot_xmax(pg_current_snapshot())) as ahead
    `.execute(after)
    assert.deepEqual(rows, [{ jobs: 2, ahead: 0 }])
    assert.deepEqual(await stateOfMail(after), ['kept'])
    await after.destroy()
  } finally {
    await before.destroy()
    await one.drop()
    await two.drop()
  }
})
