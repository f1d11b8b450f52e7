/** The product as an operator starts it: a process of its own, its data in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type DatabaseServer, runningEmbeddedDatabase } from '#shared/database/index.ts'
import type { Place } from './connection.ts'

const root = join(import.meta.dirname, '../..')
const patience = 120_000

export type Product = {
  process: ChildProcess
  place: Place
  /** As browsers name it. */
  origin: string
  /** Its database, as the owner. */
  server: DatabaseServer
  /** Resolves when the process has ended, however it did. */
  ended: Promise<void>
  stop: () => Promise<void>
}

/**
 * Starts the product and waits until it answers.
 * @param environment variables of Kopā besides its data folder
 * @param options of node, such as --cpu-prof
 */
export async function startProduct(
  data: string,
  environment: Record<string, string> = {},
  options: readonly string[] = []
): Promise<Product> {
  const owner = environment.KOPA_MIGRATION_DATABASE_URL
  // Its log goes to a file, as a service's does, and says as much as an operator gets by default.
  const file = `${data}.log`
  const log = openSync(file, 'w')
  const { DATABASE_URL: _1, KOPA_ORIGIN: _2, HOST: _3, ...rest } = process.env
  const child = spawn(process.execPath, [...options, join(import.meta.dirname, 'serve.ts')], {
    cwd: root,
    env: { ...rest, LANG: 'C', NODE_ENV: 'production', PORT: '0', KOPA_DATA: data, ...environment },
    stdio: ['ignore', log, log]
  })
  let over = false
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() => {
    over = true
  })
  for (const end = performance.now() + patience; performance.now() < end; await setTimeout(20)) {
    if (over) break
    const address = /Kopā is ready: (\S+)/.exec(readFileSync(file, 'utf8'))?.[1]
    if (!address) continue
    const { origin, hostname, port } = new URL(address)
    return {
      process: child,
      place: { host: hostname, port: Number(port) },
      origin,
      server: owner ? { connectionString: owner } : runningEmbeddedDatabase(data)!.server,
      ended,
      stop: () => {
        child.kill('SIGTERM')
        return ended
      }
    }
  }
  throw new Error(`Kopā did not start: ${readFileSync(file, 'utf8').slice(-2000)}`)
}
