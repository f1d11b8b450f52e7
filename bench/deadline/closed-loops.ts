/** How much the product can do at 64 clients, beside bare Node http and pg: in turn, several rounds. */
import { median } from '../measure.ts'
import { type Bare, drafts } from './bare.ts'
import type { Crowd } from './crowd.ts'
import type { Cost, Watched } from './processor-time.ts'
import { type LoadResult, runWatched } from './load.ts'
import type { Product } from '../../tests/deadline/product.ts'
import type { Asking } from './requests.ts'

/** What one contender did, over all rounds; medians of the rounds. */
export type Contest = {
  name: string
  perSecond: number
  p50: number
  p99: number
  failures: number
  examples: string[]
  /** Microseconds of processor time of each request. */
  cost: Cost & { generator: number }
}

/** How long: of saves so many seconds a round, of submissions so many. */
export type Rounds = { rounds: number; seconds: number; submissions: number }

const clients = 64
/** So many different people save in a round. */
export const saversOfRound = 500

export async function closedLoops(
  { bare, product, data, crowd }: { bare: Bare; product: Product; data: string; crowd: Crowd },
  { rounds, seconds, submissions }: Rounds
): Promise<Contest[]> {
  const ofBare = { place: bare.place, watched: { server: bare.process.pid!, data } }
  const ofProduct = { place: product.place, watched: { server: product.process.pid!, data } }
  const bareSubmissions = (round: number): Asking => {
    return { of: 'bare-submission', drafts: [round * submissions, (round + 1) * submissions] }
  }
  const contenders: Contender[] = [
    { ...ofBare, name: 'nothing', asking: () => ({ of: 'nothing' }) },
    { ...ofBare, name: 'bare save', asking: () => ({ of: 'bare-save', drafts }) },
    { ...ofProduct, name: 'save', asking: () => crowd.savers(saversOfRound) },
    { ...ofBare, name: 'bare submission', asking: bareSubmissions },
    { ...ofProduct, name: 'submission', asking: () => crowd.submitters(submissions, { looked: true }) },
    { ...ofProduct, name: 'submission, never looked at', asking: () => crowd.submitters(submissions) }
  ]
  const found = contenders.map((): Round[] => [])
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [at, { place, watched, asking }] of contenders.entries()) {
      const stream = { asking: asking(round) }
      const most = /submission/.test(stream.asking.of) ? submissions : Infinity
      const load = { place, clients, seconds, most, streams: [stream], warm: true }
      const one = await runWatched(load, watched)
      if (round > 0) found[at]!.push(one)
    }
  }
  return contenders.map(({ name }, at) => contestOf(name, found[at]!))
}

type Contender = {
  name: string
  place: Product['place']
  watched: Watched
  asking: (round: number) => Asking
}

type Round = { result: LoadResult; cost: Cost }

function contestOf(name: string, rounds: readonly Round[]): Contest {
  const streams = rounds.map(({ result }) => result.streams[0]!)
  const each = (seconds: (round: Round) => number) =>
    median(rounds.map((round) => (seconds(round) / round.result.streams[0]!.count) * 1_000_000))
  return {
    name,
    perSecond: median(rounds.map(({ result }) => result.perSecond)),
    p50: median(streams.map(({ p50 }) => p50)),
    p99: median(streams.map(({ p99 }) => p99)),
    failures: streams.reduce((sum, { failures }) => sum + failuresIn(failures), 0),
    examples: streams.flatMap(({ examples }) => examples).slice(0, 3),
    cost: {
      server: each(({ cost }) => cost.server),
      database: each(({ cost }) => cost.database),
      generator: each(({ result }) => result.ownProcessorSeconds)
    }
  }
}

export function failuresIn(failures: Readonly<Record<string, number>>): number {
  return Object.values(failures).reduce((sum, count) => sum + count, 0)
}
