import assert from 'node:assert/strict'

/** On a machine that is shared even this is not the same each time: once of so many must do. */
const attempts = 3

/**
 * Asserts that some work takes no longer than so many milliseconds of this thread's processor: not by a clock, which
 * would count what others do on the machine meanwhile.
 * @param work is done once, or again where it was slower
 */
export function assertQuick(milliseconds: number, work: () => void): void {
  let quickest = Infinity
  for (let attempt = 0; attempt < attempts && quickest >= milliseconds; attempt++) {
    const before = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(before)
    quickest = Math.min(quickest, (user + system) / 1000) // not of a guide: microseconds
  }
  assert.ok(quickest < milliseconds, `${quickest} ms, not within ${milliseconds}`)
}
