/**
 * The last minutes before a deadline: the product as an operator runs it, a call of tens of thousands of applications,
 * real sessions over HTTP, with bare Node http and pg beside it in the same run. `npm run bench deadline`; needs
 * nothing running. With `--quick` a short look; `--only=loops,rush,slow-disk,opening,kill` some parts.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Toll, type Victim, killAndLook } from '../tests/deadline/kills.ts'
import { fill } from '../tests/deadline/fill.ts'
import { startProduct } from '../tests/deadline/product.ts'
import { withClient } from '../tests/deadline/with-client.ts'
import { type Bare, savesWithoutHttp, startBare } from './deadline/bare.ts'
import { type Contest, closedLoops, saversOfRound } from './deadline/closed-loops.ts'
import { crowdOf } from './deadline/crowd.ts'
import { type RushResult, openLoop, submittersOf } from './deadline/open-loops.ts'
import { type Opening, opening } from './deadline/opening.ts'
import {
  contestsTable,
  openingTable,
  targetsOfOpening,
  rushTable,
  targetsOfContests,
  targetsOfRush
} from './deadline/tables.ts'
import { type Target, atMost, figure, targetsTable, writeResults } from './report.ts'

const quick = process.argv.includes('--quick')
const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',')
const wanted = (part: string) => !only || only.includes(part)
const profile = process.argv.includes('--profile')

const rounds = quick
  ? { rounds: 2, seconds: 2, submissions: 400 }
  : { rounds: 7, seconds: 5, submissions: 2000 }
const rush = { saves: 4000, submissions: 170, savers: 8000, seconds: quick ? 10 : 120 }
const slow = { saves: 400, submissions: 17, savers: 2000, seconds: quick ? 10 : 60 }
// Everybody comes once: the first round of the loops warms up, and a rush has a few more than on average.
const rushes = [...(wanted('rush') ? [rush] : []), ...(wanted('slow-disk') ? [slow] : [])]
// After a last look, and without one.
const kindsOfSubmission = 2
const turns = wanted('loops') ? rounds.rounds + 1 : 0
const asked = {
  begun: rushes.reduce((sum, { savers }) => sum + savers, turns * saversOfRound),
  finished: rushes.reduce(
    (sum, one) => sum + submittersOf(one),
    turns * kindsOfSubmission * rounds.submissions
  )
}

const data = mkdtempSync(join(tmpdir(), 'kopa-bench-'))
const options = profile ? ['--cpu-prof', `--cpu-prof-dir=${join(tmpdir(), 'kopa-profile')}`] : []
const product = await startProduct(data, {}, options)
let bare: Bare | undefined
const targets: Target[] = []
const results: {
  contests?: Contest[]
  withoutHttp?: number
  rush?: RushResult
  slowDisk?: RushResult
  opening?: Opening
  toll?: Toll
} = {}
try {
  const filled = await fill(product.server, asked)
  console.log(
    `${figure(asked.begun + asked.finished)} applications, ${figure(filled.participants)} rows of participants, ` +
      `${figure(filled.answers)} answers, written in ${figure(filled.seconds)} s`
  )
  const crowd = crowdOf(filled, product.origin)
  if (wanted('loops')) {
    bare = await startBare(product.server)
    const withoutHttp = await savesWithoutHttp(bare.server, rounds.seconds)
    const contests = await closedLoops({ bare, product, data, crowd }, rounds)
    console.log(`\n${contestsTable(contests, withoutHttp)}`)
    targets.push(...targetsOfContests(contests))
    Object.assign(results, { withoutHttp, contests })
  }
  // Before the rush, whose papers are made as soon as it is over.
  if (wanted('opening')) {
    results.opening = await opening(product, filled.call, quick ? 5 : 30)
    console.log(`\n${openingTable(results.opening)}`)
    targets.push(...targetsOfOpening(results.opening))
  }
  if (wanted('rush')) {
    results.rush = await openLoop({ product, data, crowd }, rush)
    console.log(`\n${rushTable(results.rush)}`)
    targets.push(...targetsOfRush(results.rush, 50, 'this disk'))
  }
  if (wanted('slow-disk')) {
    await slowDisk(true)
    results.slowDisk = await openLoop({ product, data, crowd }, slow)
    await slowDisk(false)
    console.log(`\n${rushTable(results.slowDisk)}`)
    targets.push(...targetsOfRush(results.slowDisk, 100, '10 ms a sync'))
  }
  if (wanted('kill')) {
    const victims = Array.from({ length: quick ? 2 : 40 }, (_, at): Victim =>
      at % 2 ? 'postgresql' : 'server'
    )
    results.toll = await killAndLook(victims, [200, 2000])
    const { kills, saves, submissions, again, problems } = results.toll
    console.log(`\n${kills} kills; kept: ${saves} saves, ${submissions} submissions; asked again: ${again}`)
    for (const problem of problems) console.log(problem)
    targets.push(atMost(`lost or wrong after ${kills} kills`, 0, problems.length))
  }
  console.log(`\n${targetsTable(targets)}`)
  writeResults('deadline', { ...results, targets })
  process.exitCode = targets.every(({ met }) => met) ? 0 : 1
} finally {
  await bare?.stop()
  await product.stop()
  rmSync(data, { recursive: true, force: true })
}

/** PostgreSQL waits 10 ms before each flush, or as it is. */
async function slowDisk(on: boolean): Promise<void> {
  await withClient(product.server, async (client) => {
    for (const [name, value] of [
      ['commit_delay', '10000'],
      ['commit_siblings', '0']
    ] as const)
      await client.query(on ? `alter system set ${name} = ${value}` : `alter system reset ${name}`)
    await client.query('select pg_reload_conf()')
  })
}
