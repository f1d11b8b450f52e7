/** “Which actions fit us?”: all real actions of an edition for one consortium, against one readable check. */
import { check, compileAction } from '../../src/shared/rules/check.ts'
import { checkAll } from '../../src/modules/programmes/edition.ts'
import { sideBySide } from '../measure.ts'
import { atMost, figure, table } from '../report.ts'
import { actionOf, consortia, lexicon, programmes, specs } from './cases.ts'
import { failedRules } from './hand-written.ts'

const edition = 2026

export async function measureAllActions(rounds: number) {
  const real = programmes.edition(edition)!
  const compiled = specs.map((spec) => compileAction(spec, lexicon))
  const one = 'one check of twelve rules (Kopā)'
  const hand = 'one check of twelve rules (written by hand)'
  const all = `all ${real.actions.size} actions of ${edition}, sorted by nearness`
  const measured = await sideBySide(
    [
      { name: hand, run: (index) => failedRules(consortia[index]!, actionOf(index)) },
      { name: one, run: (index) => check(compiled[index % compiled.length]!, consortia[index]!) },
      { name: all, run: (index) => checkAll(real, consortia[index]!), cases: 2000 }
    ],
    consortia.length,
    rounds
  )
  const rate = (name: string) => measured.find((each) => each.name === name)!.perSecond
  console.log(
    `\n${table(
      ['which actions fit us?', 'a second', 'p50 µs', 'p99 µs'],
      measured.map(({ name, perSecond, p50, p99 }) => [
        name,
        figure(perSecond),
        figure(p50 * 1000),
        figure(p99 * 1000)
      ])
    )}`
  )
  return {
    measured,
    targets: [
      atMost('all actions of an edition against one check', 30, rate(one) / rate(all), 'x'),
      atMost('all actions of an edition against one check by hand', 30, rate(hand) / rate(all), 'x')
    ]
  }
}
