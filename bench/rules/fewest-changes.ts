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
  const times = { highs: [] as number[], first: [] as number[], whole: [] as number[] }
  const timed = (into: number[], work: () => unknown) => {
    const began = performance.now()
    work()
    into.push(performance.now() - began)
  }
  for (let round = 0; round < rounds; round++) {
    asked.forEach(({ program, consortium }, at) => {
      timed(times.highs, () => highs.solve(program))
      timed(times.first, () => searches[at]!(consortium, first))
      timed(times.whole, () => searches[at]!(consortium))
    })
  }
  const rows = [
    ['HiGHS 1.15.3 (program given as text)', times.highs],
    ['Kopā, one smallest set, proven', times.first],
    ['Kopā, up to 20 classes of smallest sets, in order', times.whole]
  ] as const
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
    targets.push(atMost(`${name}: p50 as a part of HiGHS`, 0.05, median(all) / median(times.highs)))
    targets.push(
      atMost(`${name}: p99 as a part of HiGHS`, 0.05, quantile(all, 0.99) / quantile(times.highs, 0.99))
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
