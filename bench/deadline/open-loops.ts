/** What people wait in the last minutes, at a rate that does not ask whether the server keeps up. */
import type { Crowd } from './crowd.ts'
import { type LoadResult, runWatched } from './load.ts'
import type { Cost } from './processor-time.ts'
import type { Product } from '../../tests/deadline/product.ts'

/** Saves and submissions a second, for so many seconds, by so many who write. */
export type Rush = { saves: number; submissions: number; seconds: number; savers: number }

export type RushResult = Rush & { result: LoadResult; cost: Cost }

const connections = 512
// A deadline does not come to a process that nobody has handed in at before.
const early = 500

export async function openLoop(
  { product, data, crowd }: { product: Product; data: string; crowd: Crowd },
  rush: Rush
): Promise<RushResult> {
  const { saves, submissions, seconds, savers } = rush
  const load = {
    place: product.place,
    clients: connections,
    seconds,
    warm: true,
    streams: [
      { asking: crowd.savers(savers), perSecond: saves },
      { asking: crowd.submitters(submittersOf(rush), { warmUp: early }), perSecond: submissions }
    ]
  }
  const watched = { server: product.process.pid!, data }
  return { ...rush, ...(await runWatched(load, watched)) }
}

/** Independent people: sometimes more come than on average. */
export function submittersOf({ submissions, seconds }: Rush): number {
  return early + Math.ceil(submissions * seconds + 5 * Math.sqrt(submissions * seconds))
}
