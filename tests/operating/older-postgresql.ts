import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'

const installed = '/usr/lib/postgresql'

/**
 * A server of the oldest PostgreSQL that Debian installed on this machine, in a temporary folder.
 * @returns undefined where there is none
 */
export async function olderPostgresql(): Promise<{ address: string; stop: () => Promise<void> } | undefined> {
  const version = existsSync(installed)
    ? readdirSync(installed).sort((a, b) => Number(a) - Number(b))[0]
    : undefined
  if (!version) return undefined
  const bin = join(installed, version, 'bin')
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined
  const folder = mkdtempSync(join(tmpdir(), 'kopa-old-'))
  if (user) chownSync(folder, user.uid, user.gid)
  const options = { ...user, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } }
  const cluster = join(folder, 'cluster')
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', cluster, '-U', 'kopa', '-A', 'trust', '-E', 'UTF8'],
    options
  )
  if (made.status !== 0) throw new Error(String(made.stderr))
  const settings = [`unix_socket_directories=${folder}`, 'listen_addresses=', 'fsync=off'].flatMap((one) => [
    '-c',
    one
  ])
  const server = spawn(join(bin, 'postgres'), ['-D', cluster, ...settings], { ...options, stdio: 'ignore' })
  const address = `postgres://kopa@localhost/postgres?host=${encodeURIComponent(folder)}`
  await untilReady(address)
  return {
    address,
    stop: async () => {
      const exited = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await exited
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

async function untilReady(address: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: address })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (tries > 300) throw error
      await setTimeout(50)
    }
  }
}
