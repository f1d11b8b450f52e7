/**
 * The site as a visitor meets it: how soon it starts, how soon the check page answers under load, how much script it
 * brings. `npm run bench site`; needs nothing running.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile } from './measure.ts'
import { scriptOf } from './page-script.ts'
import { atMost, figure, table, targetsTable, writeResults } from './report.ts'

const root = join(import.meta.dirname, '..')
const perSecond = 100
const seconds = process.argv.includes('--quick') ? 5 : 20

const data = mkdtempSync(join(tmpdir(), 'kopa-bench-'))
const starts = [await timedStart(), await timedStart()]
const site = await start()
try {
  const check = `${site.address}en/eligibility-checks`
  // A server that has just started compiles while it answers; visitors of a running one do not wait for that.
  await openLoop(check, 10)
  const rows = []
  for (const path of [
    'en/eligibility-checks',
    'lv/eligibility-checks',
    'en/actions/cooperation-partnerships/2026'
  ]) {
    rows.push({
      path,
      times: await openLoop(site.address + path, seconds),
      script: await scriptOf(site.address + path)
    })
  }
  console.log(
    table(
      [`first byte at ${perSecond} requests a second, ms`, 'p50', 'p99', 'max', 'script, kB gzipped'],
      rows.map(({ path, times, script }) => [
        `/${path}`,
        ...[0.5, 0.99, 1].map((share) => figure(quantile(times, share))),
        figure(script / 1000)
      ])
    )
  )
  const targets = [
    ...rows.map(({ path, times }) => atMost(`/${path}: first byte, p99`, 50, quantile(times, 0.99), ' ms')),
    ...rows
      .slice(0, 2)
      .map(({ path, script }) => atMost(`/${path}: script gzipped`, 60, script / 1000, ' kB')),
    atMost('a page of an action: script', 0, rows[2]!.script / 1000, ' kB'),
    atMost('npm start, installed and built: ready in', 10, Math.max(...starts) / 1000, ' s')
  ]
  console.log(`\n${targetsTable(targets)}`)
  writeResults('site', {
    starts,
    rows: rows.map(({ times, ...row }) => ({ ...row, p99: quantile(times, 0.99) })),
    targets
  })
  process.exitCode = targets.every(({ met }) => met) ? 0 : 1
} finally {
  await site.stop()
  rmSync(data, { recursive: true, force: true })
}

type Running = { address: string; stop: () => Promise<void> }

function start(): Promise<Running> {
  const environment = { ...process.env, PORT: '0', KOPA_DATA: data, LOG_LEVEL: 'warn' }
  const child = spawn('npm', ['start'], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  return new Promise((resolve) => {
    let printed = ''
    child.stdout.on('data', (part: Buffer) => {
      printed += String(part)
      const address = /http:\/\/\S+/.exec(printed)?.[0]
      if (!address) return
      resolve({
        address,
        stop: async () => {
          child.kill('SIGTERM')
          await ended
        }
      })
    })
  })
}

async function timedStart(): Promise<number> {
  const began = performance.now()
  const running = await start()
  const took = performance.now() - began
  await running.stop()
  return took
}

/** Asks at fixed moments, whether or not earlier answers came: the time counts from the moment it should have asked. */
function openLoop(url: string, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const times: number[] = []
  const count = perSecond * seconds
  const began = performance.now()
  return new Promise((resolve, reject) => {
    let asked = 0
    let answered = 0
    const ask = () => {
      while (asked < count && performance.now() - began >= (asked * 1000) / perSecond) {
        const due = began + (asked++ * 1000) / perSecond
        get(url, { agent, headers: { accept: 'text/html' } }, (response) => {
          times.push(performance.now() - due)
          if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`))
          response.resume().on('end', () => {
            if (++answered < count) return
            agent.destroy()
            resolve(times)
          })
        }).on('error', reject)
      }
      if (asked < count) setTimeout(ask, 1)
    }
    ask()
  })
}
