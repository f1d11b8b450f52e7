import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { killPostgresOf, postgresOf } from '../deadline/processes.ts'
import { root } from '../structure/project-files.ts'
import { dataFolder, start } from './starting.ts'

const health = async (address: string) =>
  (await fetch(`${address}healthz`)).json() as Promise<Record<string, string>>

const postmaster = (folder: string) =>
  Number(readFileSync(join(folder, 'database/cluster/postmaster.pid'), 'utf8').split('\n')[0])

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1200; tries++, await setTimeout(50)) if (await holds()) return
  throw new Error(`It did not happen: ${what}`)
}

test('Kopā starts in an empty folder, is ready within seconds, and SIGTERM or Ctrl-C ends all of it', async () => {
  const folder = dataFolder()
  const readyAfter: number[] = []
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const began = performance.now()
    const kopa = start({ KOPA_DATA: folder })
    const address = await kopa.ready
    readyAfter.push(performance.now() - began)
    assert.equal((await health(address)).database, 'ok')
    assert.ok(postgresOf(folder).length > 0)
    kopa.process.kill(signal)
    assert.equal(await kopa.ended, 0)
    assert.deepEqual(postgresOf(folder), [])
  }
  // Ten seconds on a machine of one's own; one of them: other tests share this one.
  assert.ok(Math.min(...readyAfter) < 30_000, `${readyAfter} ms`)
})

/** Where a link leads; '' where it is gone meanwhile, as a file that was just closed. */
function linkAt(path: string): string {
  try {
    return readlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

test('the data folder is open to nobody else, and the database listens on no network', async () => {
  const folder = dataFolder()
  const kopa = start({ KOPA_DATA: folder })
  await kopa.ready
  const mode = (path: string) =>
    execFileSync('stat', ['-c', '%a', join(folder, path)], { encoding: 'utf8' }).trim()
  assert.equal(mode('database/password'), '600')
  assert.equal(mode('database/cluster'), '700')
  assert.equal(mode('database/socket'), '700')
  assert.match(mode('.'), /^7[01][01]$/)
  const sockets = readFileSync('/proc/net/tcp', 'utf8') + readFileSync('/proc/net/tcp6', 'utf8')
  const listening = new Set([...sockets.matchAll(/^.* 0A .* (\d+) 1 /gm)].map((found) => found[1]))
  const open = `/proc/${postmaster(folder)}/fd`
  for (const entry of readdirSync(open)) {
    const inode = /^socket:\[(\d+)\]$/.exec(linkAt(join(open, entry)))?.[1]
    assert.ok(!inode || !listening.has(inode), 'PostgreSQL has no listening TCP socket')
  }
  kopa.process.kill('SIGTERM')
  await kopa.ended
})

test('after kill -9 of Kopā the next start stops the database left over, and loses nothing', async () => {
  const folder = dataFolder()
  const first = start({ KOPA_DATA: folder })
  await first.ready
  const left = postmaster(folder)
  first.process.kill('SIGKILL')
  await first.ended
  assert.ok(postgresOf(folder).includes(left), 'the database lives on')
  const second = start({ KOPA_DATA: folder })
  assert.equal((await health(await second.ready)).database, 'ok')
  assert.ok(!postgresOf(folder).includes(left))
  second.process.kill('SIGTERM')
  assert.equal(await second.ended, 0)
})

test('after kill -9 of Kopā and of the whole database the next start recovers', async () => {
  const folder = dataFolder()
  const first = start({ KOPA_DATA: folder })
  await first.ready
  first.process.kill('SIGKILL')
  killPostgresOf(folder)
  await first.ended
  // The note of the dead postmaster is there still.
  assert.ok(existsSync(join(folder, 'database/cluster/postmaster.pid')))
  const second = start({ KOPA_DATA: folder })
  assert.equal((await health(await second.ready)).database, 'ok')
  second.process.kill('SIGTERM')
  assert.equal(await second.ended, 0)
})

test('a database that is killed under a running Kopā is started again', async () => {
  const folder = dataFolder()
  const kopa = start({ KOPA_DATA: folder })
  const address = await kopa.ready
  const killed = postmaster(folder)
  process.kill(killed, 'SIGKILL')
  await until('another postmaster answers', async () => {
    return (await health(address)).database === 'ok' && postmaster(folder) !== killed
  })
  kopa.process.kill('SIGTERM')
  assert.equal(await kopa.ended, 0)
  assert.deepEqual(postgresOf(folder), [])
})

test('a second start on the same data is refused and says where the first one is', async () => {
  const folder = dataFolder()
  const first = start({ KOPA_DATA: folder })
  const address = await first.ready
  const second = start({ KOPA_DATA: folder })
  assert.equal(await second.ended, 1)
  assert.ok(second.printed().includes(`already running with the data folder ${folder}`))
  assert.ok(second.printed().includes(address))
  assert.equal((await health(address)).database, 'ok', 'the first one goes on')
  const elsewhere = start({ KOPA_DATA: dataFolder(), PORT: new URL(address).port })
  assert.equal(await elsewhere.ended, 1)
  assert.match(elsewhere.printed(), /Port \d+ of 127\.0\.0\.1 is taken/)
  first.process.kill('SIGTERM')
  assert.equal(await first.ended, 0)
})

test('what the operator got wrong is said in their language, all of it at once', async () => {
  const kopa = start({ PORT: 'http', HOST: '0.0.0.0', KOPA_DATTA: '/srv', LANG: 'lv_LV.UTF-8' })
  assert.equal(await kopa.ended, 1)
  const lines = kopa.printed().trim().split('\n')
  assert.deepEqual(
    lines.map((line) => line.slice(0, 24)),
    ['Kopā nav mainīgā KOPA_DA', 'PORT ir “http”. Atļauts:', 'HOST ir 0.0.0.0, tātad š']
  )
})

test('a folder with other things in it is left alone', async () => {
  const kopa = start({ KOPA_DATA: join(root, 'src') })
  assert.equal(await kopa.ended, 1)
  assert.match(kopa.printed(), /holds files that are not Kopā’s/)
  assert.ok(!existsSync(join(root, 'src/files')))
})

test('a database server that does not answer is named', async () => {
  const kopa = start({ DATABASE_URL: 'postgres://kopa:secret@127.0.0.1:9/kopa' })
  assert.equal(await kopa.ended, 1)
  assert.match(kopa.printed(), /DATABASE_URL cannot be used/)
  assert.ok(!kopa.printed().includes('secret'))
})

test('the system’s older Node starts Kopā under Node 24, and when it is killed nothing is left', async (t) => {
  const system = '/usr/bin/node'
  const usable = existsSync(system) && execFileSync(system, ['-v'], { encoding: 'utf8' }).trim()
  if (!usable || Number(usable.slice(1).split('.')[0]) >= 24) return t.skip('no older Node is installed here')
  const folder = dataFolder()
  const kopa = start({ KOPA_DATA: folder }, system)
  assert.equal((await health(await kopa.ready)).database, 'ok')
  kopa.process.kill('SIGTERM')
  assert.equal(await kopa.ended, 0)
  const again = start({ KOPA_DATA: folder }, system)
  await again.ready
  again.process.kill('SIGKILL')
  await until('the server and its database end too', () => postgresOf(folder).length === 0)
})

test('kill -9 of npm alone ends everything behind it, and the next start waits for that', async () => {
  const folder = dataFolder()
  const first = start({ KOPA_DATA: folder }, 'npm', ['start', '--silent'])
  const address = await first.ready
  first.process.kill('SIGKILL')
  // At once, on the same port, while the first one still has it.
  const second = start({ KOPA_DATA: folder, PORT: new URL(address).port })
  assert.equal((await health(await second.ready)).database, 'ok')
  second.process.kill('SIGTERM')
  assert.equal(await second.ended, 0)
  assert.deepEqual(postgresOf(folder), [])
})
