import type { Logger } from 'pino'

/** Work that is looked for again and again until it is stopped. */
export type Rounds = {
  /** Somebody has just made work, which may become visible only when their transaction ends: look often for a while. */
  nudge: () => void
  /** Ends after the round that is under way. May be called twice. */
  stop: () => Promise<void>
}

/** Starts rounds of a module beside the jobs: the entries of `export const rounds` in its jobs.ts. */
export type StartRounds<Holding> = (app: Holding) => Rounds

type Options = {
  /** For the log. */
  name: string
  /** Looks once. A round that throws is logged and tried again, later each time. `stopping`: hurry. */
  work: (stopping: AbortSignal) => Promise<void>
  log: Logger
  /** Between two rounds when nobody nudges, in milliseconds. */
  every: number
  /** Between two rounds for a while after a nudge, in milliseconds. */
  soon?: number
  /** The longest wait after rounds that failed, in milliseconds. */
  mostPatience?: number
}

// How long after a nudge a transaction may take to commit; longer ones are found by the next ordinary round.
const eagerFor = 2000
const firstPatience = 200

/** Starts rounds in this process, the first at once. */
export function startRounds(options: Options): Rounds {
  const { name, work, log, every, soon = 50, mostPatience = 30_000 } = options
  const stopping = new AbortController()
  let eagerUntil = 0
  let failures = 0
  let wake = () => {}
  const ended = go()

  async function go(): Promise<void> {
    while (!stopping.signal.aborted) {
      const began = performance.now()
      try {
        await work(stopping.signal)
        if (failures > 0) log.info({ rounds: name }, 'work goes on')
        failures = 0
      } catch (error) {
        failures++
        if (!stopping.signal.aborted) log.warn({ rounds: name, failures, err: error }, 'a round failed')
      }
      await pause(began)
    }
  }

  /** Until the next round is due; a nudge brings it forward, but not after a failure. */
  async function pause(began: number): Promise<void> {
    for (;;) {
      const now = performance.now()
      const wait =
        failures > 0 ? Math.min(mostPatience, firstPatience * 2 ** failures) : now < eagerUntil ? soon : every
      const left = began + wait - now
      if (left <= 0 || stopping.signal.aborted) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  return {
    nudge: () => {
      eagerUntil = performance.now() + eagerFor
      wake()
    },
    stop: () => {
      stopping.abort()
      wake()
      return ended
    }
  }
}
