/** What was measured of one kind of request. */
import { quantile } from '../measure.ts'

export type Latencies = {
  count: number
  /** Milliseconds. */
  p50: number
  p99: number
  max: number
}

export function latenciesOf(times: readonly number[]): Latencies {
  return {
    count: times.length,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: quantile(times, 1)
  }
}
