/** Timing of contenders side by side: in turn, several rounds, so that a noisy neighbour disturbs all alike. */

/** One way to do the work. What is handed to it is prepared outside the time measured. */
export type Contender<Result = unknown> = {
  name: string
  /** Does the work of one case. */
  run: (index: number) => Result | Promise<Result>
  /** How many cases may be in flight at once; 1 unless given. */
  atOnce?: number
  /** Cases per round at most, for slow contenders. */
  cases?: number
  asynchronous?: boolean
}

export type Measured = {
  name: string
  /** Work done a second: the median of the rounds, and each round. */
  perSecond: number
  rounds: number[]
  /** Milliseconds of one case, over all rounds. */
  p50: number
  p99: number
}

const leastMs = 400

/** Runs all contenders in turn, `rounds` times over. */
export async function sideBySide(
  contenders: readonly Contender[],
  cases: number,
  rounds: number
): Promise<Measured[]> {
  const rates = contenders.map((): number[] => [])
  const single = contenders.map((): number[] => [])
  for (const contender of contenders) await pass(contender, Math.min(cases, contender.cases ?? cases))
  for (let round = 0; round < rounds; round++) {
    for (const [at, contender] of contenders.entries()) {
      const count = Math.min(cases, contender.cases ?? cases)
      globalThis.gc?.()
      let done = 0
      const began = performance.now()
      do {
        await pass(contender, count)
        done += count
      } while (performance.now() - began < leastMs)
      rates[at]!.push((done / (performance.now() - began)) * 1000)
      await timeEach(contender, count, single[at]!)
    }
  }
  return contenders.map(({ name }, at) => ({
    name,
    perSecond: median(rates[at]!),
    rounds: rates[at]!,
    p50: quantile(single[at]!, 0.5),
    p99: quantile(single[at]!, 0.99)
  }))
}

async function pass({ run, asynchronous, atOnce = 1 }: Contender, count: number): Promise<void> {
  if (!asynchronous) {
    // Without a single await, which would cost more than a fast contender's work.
    for (let index = 0; index < count; index++) run(index)
  } else if (atOnce === 1) {
    for (let index = 0; index < count; index++) await run(index)
  } else {
    for (let index = 0; index < count; index += atOnce) {
      const together = Math.min(atOnce, count - index)
      await Promise.all(Array.from({ length: together }, (_, next) => run(index + next)))
    }
  }
}

async function timeEach({ run, asynchronous, atOnce = 1 }: Contender, count: number, into: number[]) {
  if (atOnce > 1) return
  for (let index = 0; index < count; index++) {
    const began = performance.now()
    const result = run(index)
    if (asynchronous) await result
    into.push(performance.now() - began)
  }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which the share lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
