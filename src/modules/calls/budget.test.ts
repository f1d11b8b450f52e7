import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Budget } from './call.ts'
import { budgetProblems } from './budget.ts'

const budget = (cents: number | null, ...parts: [string, number][]): Budget => ({
  cents,
  splits: parts.length === 0 ? [] : [{ by: 'field', parts: parts.map(([of, part]) => ({ of, cents: part })) }]
})
const keys = (of: Budget) => budgetProblems(of).map(({ key, args }) => [key, args?.euro])

test('a split shares out all of the money, to the cent', () => {
  assert.deepEqual(keys(budget(100_00, ['vet', 60_00], ['school', 40_00])), [])
  assert.deepEqual(keys(budget(100_00, ['vet', 60_00], ['school', 39_99])), [
    ['calls.problem.split-too-little', 0.01]
  ])
  assert.deepEqual(keys(budget(100_00, ['vet', 60_00], ['school', 40_01])), [
    ['calls.problem.split-too-much', 0.01]
  ])
})

test('the same field twice, and parts of an unknown total, are told', () => {
  assert.deepEqual(keys(budget(100_00, ['vet', 60_00], ['vet', 40_00])), [
    ['calls.problem.split-twice', undefined]
  ])
  assert.deepEqual(keys(budget(null, ['vet', 1])), [['calls.problem.budget-missing', undefined]])
  assert.deepEqual(keys(budget(null)), [])
})
