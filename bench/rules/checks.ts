/** Checks with full explanation: the product, two rule engines and a function written by hand, over the same cases. */
import { check, compileAction, type CheckResult } from '../../src/shared/rules/check.ts'
import { reasonOf, type Speech } from '../../src/shared/rules/reasons.ts'
import { speechFor } from '../../src/modules/programmes/speech.ts'
import { texts } from '../../src/shared/texts/index.ts'
import { sideBySide, type Contender, type Measured } from '../measure.ts'
import { atLeast, figure, table, type Target } from '../report.ts'
import { aggregatesOf } from './aggregates.ts'
import { actionOf, actions, consortia, lexicon, programmes, specs } from './cases.ts'
import { failedRules } from './hand-written.ts'
import { jsonRulesEngineFor } from './json-rules-engine.ts'
import { zenFor, zenWholeFor } from './zen-engine.ts'

const product = 'Kopā'
const inWords = 'Kopā, every rule in words (Latvian)'
const hand = 'function written by hand'
const jre = 'json-rules-engine 7.3.1, aggregates handed'
const zen = 'zen-engine 0.54.0, aggregates handed'
const zenMany = 'zen-engine 0.54.0, aggregates handed, 50 at once'
const zenWhole = 'zen-engine 0.54.0, whole job'
const zenWholeMany = 'zen-engine 0.54.0, whole job, 50 at once'

const notMet = (result: CheckResult) =>
  result.verdicts.filter(({ answer }) => answer === 'not-met').map(({ rule }) => rule.spec.id)

export async function measureChecks(rounds: number): Promise<{ measured: Measured[]; targets: Target[] }> {
  const of = <Built>(built: readonly Built[], index: number) => built[index % built.length]!
  const compiled = specs.map((spec) => compileAction(spec, lexicon))
  const aggregates = consortia.map((consortium, index) => aggregatesOf(consortium, actionOf(index)))
  const jreEngines = actions.map(jsonRulesEngineFor)
  const zenTables = actions.map(zenFor)
  const zenWholes = actions.map(zenWholeFor)
  const speech = someSpeech()

  const checked = (index: number) => check(of(compiled, index), consortia[index]!)
  const withJre = (index: number) => of(jreEngines, index)(aggregates[index]!)
  const withZen = (index: number) => of(zenTables, index)(aggregates[index]!)
  const withZenWhole = (index: number) => of(zenWholes, index)(consortia[index]!)
  const byHand = (index: number) => failedRules(consortia[index]!, actionOf(index))

  const shares = await agree(byHand, [
    [product, (index) => notMet(checked(index))],
    [jre, withJre],
    [zen, withZen],
    [zenWhole, withZenWhole]
  ])
  console.log(shares)

  const contenders: Contender[] = [
    { name: hand, run: byHand },
    { name: product, run: checked },
    {
      name: inWords,
      run: (index) => {
        const result = checked(index)
        return result.verdicts.map((verdict) => reasonOf(verdict, result, speech))
      }
    },
    { name: jre, run: withJre, asynchronous: true },
    { name: zen, run: withZen, asynchronous: true },
    { name: zenMany, run: withZen, asynchronous: true, atOnce: 50 },
    { name: zenWhole, run: withZenWhole, asynchronous: true, cases: 3000 },
    { name: zenWholeMany, run: withZenWhole, asynchronous: true, atOnce: 50, cases: 3000 }
  ]
  const measured = await sideBySide(contenders, consortia.length, rounds)
  const rate = (name: string) => measured.find((one) => one.name === name)!.perSecond
  console.log(
    table(
      ['checks with full explanation', 'checks/s', 'by hand = 1', 'p50 µs', 'p99 µs'],
      measured.map(({ name, perSecond, p50, p99 }) => [
        name,
        figure(perSecond),
        figure(perSecond / rate(hand)),
        figure(p50 * 1000),
        figure(p99 * 1000)
      ])
    )
  )
  return {
    measured,
    targets: [jre, zen, zenMany]
      .map((name) => atLeast(`checks against ${name}`, 15, rate(product) / rate(name)))
      .concat(
        [zenWhole, zenWholeMany].map((name) =>
          atLeast(`checks against ${name}`, 50, rate(product) / rate(name))
        ),
        atLeast('checks against the function written by hand', 0.7, rate(product) / rate(hand))
      )
  }
}

/** Holds every answer against the function's; tells how many are eligible and how often each rule fails. */
async function agree(
  byHand: (index: number) => { rule: string }[],
  others: readonly [string, (index: number) => string[] | Promise<string[]>][]
): Promise<string> {
  const failing = new Map<string, number>()
  let eligible = 0
  for (let index = 0; index < consortia.length; index++) {
    const wanted = byHand(index).map(({ rule }) => rule)
    if (wanted.length === 0) eligible++
    for (const rule of wanted) failing.set(rule, (failing.get(rule) ?? 0) + 1)
    const sorted = wanted.toSorted().join()
    for (const [name, failed] of others) {
      const found = (await failed(index)).toSorted().join()
      if (found !== sorted) throw new Error(`case ${index}: ${name} says ${found}; by hand ${sorted}`)
    }
  }
  const shares = [...failing.values()].map((count) => (100 * count) / consortia.length)
  return (
    `${consortia.length} consortia, ${actions.length} actions of ${failing.size} rules: ` +
    `${figure((100 * eligible) / consortia.length)} % eligible; each rule fails in ` +
    `${figure(Math.min(...shares))}–${figure(Math.max(...shares))} % of cases. All answers agree.\n`
  )
}

/** Names of things as of a real action: the twelve rules ask no questions of their own. */
function someSpeech(): Speech {
  const edition = programmes.edition(2026)!
  const action = [...edition.actions.values()][0]!
  return { ...speechFor(edition, action, 'lv', texts('lv')), lexicon }
}
