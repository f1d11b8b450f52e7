/** The server, or its PostgreSQL, is killed in the middle of the last minute, again and again. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { root } from '../structure/project-files.ts'
import { fill } from './fill.ts'
import { look } from './look.ts'
import { killPostgresOf } from './processes.ts'
import { type Product, startProduct } from './product.ts'
import { withClient } from './with-client.ts'
import { Witness } from './witness.ts'

export type Victim = 'server' | 'postgresql'

export type Toll = {
  kills: number
  /** Acknowledged, all together. */
  saves: number
  submissions: number
  /** Asked once more, because no answer had come. */
  again: number
  /** What was lost or is wrong, in words. */
  problems: string[]
}

const savers = 200
/** At most so many hand in until one is killed and all is well again. */
const submissionsOfOne = 300

/**
 * Kills and looks, in this order.
 * @param moments milliseconds under load before each: at least, at most
 * @param onKill hears of each kill, when everything is well again
 */
export async function killAndLook(
  victims: readonly Victim[],
  moments: readonly [number, number],
  onKill: (victim: Victim, problems: readonly string[]) => void = () => {}
): Promise<Toll> {
  const data = mkdtempSync(join(tmpdir(), 'kopa-kill-'))
  let product = await startProduct(data)
  try {
    const filled = await fill(product.server, {
      begun: savers,
      finished: victims.length * submissionsOfOne
    })
    const witness = new Witness(filled)
    const toll: Toll = { kills: 0, saves: 0, submissions: 0, again: 0, problems: [] }
    for (const victim of victims) {
      const working = witness.work(product)
      // Heard of below, when everything is well again.
      working.catch(() => {})
      await setTimeout(moments[0] + Math.random() * (moments[1] - moments[0]))
      product = await (victim === 'server' ? killServer : killPostgres)(product, data, witness)
      await working
      toll.again += (await witness.settle(product)).again
      const problems = await withClient(product.server, (client) => look(client, filled, witness))
      problems.push(...(await auditProblems(data)))
      toll.kills++
      toll.problems.push(...problems)
      onKill(victim, problems)
    }
    toll.saves = witness.savers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
    toll.submissions = witness.submitters.filter(({ receipt }) => receipt).length
    return toll
  } finally {
    await product.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

async function killServer(product: Product, data: string, witness: Witness): Promise<Product> {
  product.process.kill('SIGKILL')
  await product.ended
  witness.stop()
  return startProduct(data)
}

/** All its processes at once, as when the power fails; the server starts it again. */
async function killPostgres(product: Product, data: string, witness: Witness): Promise<Product> {
  killPostgresOf(data)
  await untilWell(product)
  // Under load it goes on.
  await setTimeout(200)
  witness.stop()
  return product
}

async function untilWell({ origin }: Product): Promise<void> {
  for (let tries = 0; tries < 600; tries++, await setTimeout(50)) {
    const health = (await (await fetch(`${origin}/healthz`)).json()) as { database: string }
    if (health.database === 'ok') return
  }
  throw new Error('PostgreSQL did not come back.')
}

/** What `./kopa audit verify` finds wrong. */
export async function auditProblems(data: string): Promise<string[]> {
  const options = { env: { ...process.env, KOPA_DATA: data, LANG: 'C' }, cwd: root }
  try {
    await promisify(execFile)(join(root, 'kopa'), ['audit', 'verify'], options)
    return []
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    return [`audit verify: ${stdout ?? ''}${stderr ?? String(error)}`]
  }
}
