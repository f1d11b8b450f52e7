import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCronItems } from 'graphile-worker'
import { jobs, listeners } from './mounted-jobs.ts'
import { schedule } from './schedule.ts'

test('every job has its hour, and every hour its job', () => {
  const scheduled = schedule.map(({ job }) => job)
  assert.deepEqual(scheduled.toSorted(), Object.keys(jobs).toSorted())
  assert.equal(
    parseCronItems(schedule.map(({ job, at }) => ({ task: job, match: at }))).length,
    scheduled.length
  )
})

test('jobs and listeners are named module.verb-noun, each once', () => {
  const names = [...Object.keys(jobs), ...listeners.map(({ name }) => name)]
  assert.deepEqual(
    names.filter((name) => !/^[a-z-]+\.[a-z]+(-[a-z]+)*$/.test(name)),
    []
  )
  assert.equal(new Set(names).size, names.length)
})
