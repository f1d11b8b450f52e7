import type { Tally } from './check-view.ts'

/** The parts of the bar in hundredths of its width, always in the same order. */
export function barParts({ met, open, notMet }: Tally) {
  const whole = met + open + notMet || 1
  const share = (count: number) => Math.round((count / whole) * 1000) / 10
  return [
    { answer: 'met', x: 0, width: share(met) },
    { answer: 'open', x: share(met), width: share(open) },
    { answer: 'not-met', x: share(met + open), width: share(notMet) }
  ]
}
