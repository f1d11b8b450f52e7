/** The people of a filled call, each of whom comes once: a run never meets what another has left. */
import type { Filled } from '../../tests/deadline/fill.ts'
import type { Writer } from '../../tests/deadline/writer.ts'
import type { Asking } from './requests.ts'

export type Crowd = {
  /** People who save the same text of their application over and over. */
  savers: (count: number) => Extract<Asking, { of: 'save' }>
  /** People who hand their application in. */
  submitters: (
    count: number,
    before?: { warmUp?: number; looked?: boolean }
  ) => Extract<Asking, { of: 'submission' }>
}

/** @param origin the site, as browsers name it */
export function crowdOf({ beginners, finishers, path, version, declaration }: Filled, origin: string): Crowd {
  const [saving, submitting] = [beginners.values(), finishers.values()]
  const take = (from: IterableIterator<Writer>, count: number): Writer[] => {
    const taken = from.take(count).toArray()
    if (taken.length < count) throw new Error(`${count} more people are too many.`)
    return taken
  }
  return {
    savers: (count) => ({ of: 'save', writers: take(saving, count), path, version, origin }),
    submitters: (count, { warmUp = 0, looked = false } = {}) => ({
      ...{ of: 'submission', declaration, origin, warmUp, looked },
      writers: take(submitting, count)
    })
  }
}
