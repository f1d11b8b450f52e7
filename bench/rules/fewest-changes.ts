/** Fewest changes on consortia of 20 organisations: the search against an integer program solved by HiGHS. */
import loadHighs from 'highs'
import { compileAction } from '../../src/shared/rules/check.ts'
import type { Consortium } from '../../src/shared/rules/consortium.ts'
import { integerProgram } from '../../src/shared/rules/integer-program.fixture.ts'
import { compileRepairs } from '../../src/shared/rules/repairs.ts'
import {
  randomConsortium,
  randomFrom,
  randomRules,
  twelveRules,
  twelveRulesLexicon,
  type TwelveRules
} from '../../src/shared/rules/twelve-rules.fixture.ts'
import { median, quantile } from '../measure.ts'
import { atLeast, atMost, figure, table, type Target } from '../report.ts'
import { seed } from './cases.ts'

const mostChanges = 6
const flaws = { foreign: 0.4, associated: 0.12, noCharter: 0.06, oddDuration: 0.15, largeGrant: 0.2 }

type Case = { rules: TwelveRules; consortium: Consortium; program: string; optimum: number }

export async function measureFewestChanges(cases: number, rounds: number) {
  const highs = await loadHighs()
  const solve = (program: string) => Math.round(highs.solve(program).ObjectiveValue)
  const asked = drawn(cases, solve)
  const searches = asked.map(({ rules }) =>
    compileRepairs(compileAction(twelveRules(rules), twelveRulesLexicon))
  )
  const first = { maxSets: 1, limit: 1, maxWork: Infinity }

  const same = asked.filter(
    ({ consortium, optimum }, at) => searches[at]!(consortium, first).size === optimum
  ).length
  const contenders = [
    ['HiGHS 1.15.3 (program given as text)', (at: number) => highs.solve(asked[at]!.program)],
    ['Kopā, one smallest set, proven', (at: number) => searches[at]!(asked[at]!.consortium, first)],
    [
      'Kopā, up to 20 classes of smallest sets, in order',
      (at: number) => searches[at]!(asked[at]!.consortium)
    ]
  ] as const
  const rows = contenders.map(([name]): [string, number[]] => [name, []])
  for (let round = 0; round < rounds; round++) {
    // In turn by rounds, as with checks: right after milliseconds of HiGHS a search would mostly wait for memory.
    for (const [at, [, work]] of contenders.entries()) {
      globalThis.gc?.()
      for (let each = 0; each < asked.length; each++) {
        const began = performance.now()
        work(each)
        rows[at]![1].push(performance.now() - began)
      }
    }
  }
  const sizes = Map.groupBy(asked, ({ optimum }) => optimum)
  const needed = [...sizes].sort(([a], [b]) => a - b).map(([size, those]) => `${size}: ${those.length}`)
  console.log(`\n${cases} consortia of 20 organisations by the changes they need: ${needed.join(', ')}.\n`)
  console.log(
    table(
      ['fewest changes', 'p50 ms', 'p99 ms', 'max ms'],
      rows.map(([name, all]) => [name, ...[median(all), quantile(all, 0.99), quantile(all, 1)].map(figure)])
    )
  )
  const targets: Target[] = [atLeast('same optimum as HiGHS', cases, same, ` of ${cases}`)]
  for (const [name, all] of rows.slice(1)) {
    targets.push(atMost(`${name}: p50 as a part of HiGHS`, 0.05, median(all) / median(rows[0]![1])))
    targets.push(
      atMost(`${name}: p99 as a part of HiGHS`, 0.05, quantile(all, 0.99) / quantile(rows[0]![1], 0.99))
    )
  }
  return {
    targets,
    measured: rows.map(([name, all]) => ({ name, p50: median(all), p99: quantile(all, 0.99) }))
  }
}

/** Random consortia that need 0 to 6 changes; what needs more is left and another drawn. */
function drawn(cases: number, solve: (program: string) => number): Case[] {
  const random = randomFrom(seed)
  const found: Case[] = []
  while (found.length < cases) {
    const rules = randomRules(random, 'twenty')
    const consortium = randomConsortium(random, rules, 20, flaws)
    const program = integerProgram(rules, consortium)
    const optimum = solve(program)
    if (optimum <= mostChanges) found.push({ rules, consortium, program, optimum })
  }
  return found
}
