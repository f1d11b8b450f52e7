import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EarlierGrant, experienceWith } from './experience.ts'

const counting = { times: 2, years: 7 }
const grant = (
  callYear: number,
  role: EarlierGrant['role'] = 'partner',
  action = 'cooperation-partnerships'
): EarlierGrant => ({
  id: `${callYear}`,
  programme: 'erasmus-plus',
  action,
  callYear,
  role,
  project: undefined,
  source: 'list'
})

const told = (grants: EarlierGrant[]) => {
  const { newcomer, lessExperienced, firstTimeApplicant } = experienceWith(
    'cooperation-partnerships',
    grants,
    {
      predecessors: ['strategic-partnerships'],
      counting,
      year: 2026
    }
  )
  return { newcomer, lessExperienced, firstTimeApplicant }
}

test('a school that never had a grant of this kind is a newcomer, whatever else it had', () => {
  const all = { newcomer: 'yes', lessExperienced: 'yes', firstTimeApplicant: 'yes' }
  assert.deepEqual(told([]), all)
  assert.deepEqual(told([grant(2025, 'coordinator', 'small-scale-partnerships')]), all)
})

test('one that was a partner once is no newcomer any more, but less experienced', () => {
  assert.deepEqual(told([grant(2015)]), { newcomer: 'no', lessExperienced: 'yes', firstTimeApplicant: 'yes' })
})

test('one that was supported more than twice in seven years and coordinated is experienced', () => {
  const often = [grant(2021), grant(2023), grant(2024, 'coordinator')]
  assert.deepEqual(told(often), { newcomer: 'no', lessExperienced: 'no', firstTimeApplicant: 'no' })
  // Who never coordinated applies for the first time, and those are less experienced by the guide’s own words.
  assert.deepEqual(told([grant(2021), grant(2023), grant(2024)]), {
    newcomer: 'no',
    lessExperienced: 'yes',
    firstTimeApplicant: 'yes'
  })
})

test('what lies further back than seven years does not count', () => {
  const long = [grant(2017, 'coordinator'), grant(2018, 'coordinator'), grant(2019, 'coordinator')]
  assert.deepEqual(told(long), { newcomer: 'no', lessExperienced: 'yes', firstTimeApplicant: 'yes' })
})

test('where it depends on a predecessor, nobody pretends to know', () => {
  const before = [grant(2020, 'coordinator', 'strategic-partnerships')]
  assert.deepEqual(told(before), {
    newcomer: 'unknown',
    lessExperienced: 'yes',
    firstTimeApplicant: 'unknown'
  })
})
