import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FormRule, FormSection } from '#modules/programmes'
import { brokenRules } from './cross-field.ts'
import { filledWith } from './form.fixture.ts'

const rows = { 'work-packages': ['aaaaaaa1', 'bbbbbbb2'] }

function broken(given: Record<string, unknown>): Record<string, string[]> {
  return Object.fromEntries(brokenRules(filledWith(given)).map(({ rule, paths }) => [rule.id, paths]))
}

test('what is not answered yet breaks no rule', () => {
  assert.deepEqual(broken({}), {})
  assert.deepEqual(broken({ ...rows, 'work-packages.aaaaaaa1.share': 100 }), {})
})

test('a work package that ends before it begins is named, the other is not', () => {
  const months = {
    ...rows,
    'work-packages.aaaaaaa1.starts-month': 5,
    'work-packages.aaaaaaa1.ends-month': 4,
    'work-packages.bbbbbbb2.starts-month': 1,
    'work-packages.bbbbbbb2.ends-month': 4
  }
  assert.deepEqual(broken(months), {
    months: ['work-packages.aaaaaaa1.starts-month', 'work-packages.aaaaaaa1.ends-month']
  })
})

test('a work package cannot outlast the project', () => {
  const given = { ...rows, 'work-packages.bbbbbbb2.ends-month': 25, 'project.duration-months': 24 }
  assert.deepEqual(broken(given), {
    within: ['work-packages.bbbbbbb2.ends-month', 'project.duration-months']
  })
})

test('the shares are exactly the lump sum, to the cent', () => {
  const shares = (last: number) => ({
    ...rows,
    'work-packages.aaaaaaa1.share': 1_000_000,
    'work-packages.bbbbbbb2.share': last,
    'budget.lump-sum': 6_000_000
  })
  assert.deepEqual(broken(shares(5_000_000)), {})
  assert.deepEqual(Object.keys(broken(shares(4_999_999))), ['sum'])
})

test('two work packages of the same title are pointed out', () => {
  const given = {
    ...rows,
    'work-packages.aaaaaaa1.title': 'Vadība',
    'work-packages.bbbbbbb2.title': ' vadība'
  }
  assert.deepEqual(Object.keys(broken(given)), ['titles'])
})

test('the first day is within its window, both ends included', () => {
  assert.deepEqual(broken({ 'project.starts-on': '2026-09-01' }), {})
  assert.deepEqual(broken({ 'project.starts-on': '2026-12-31' }), {})
  assert.deepEqual(broken({ 'project.starts-on': '2027-01-01' }), { window: ['project.starts-on'] })
})

const words = { en: 'When', lv: 'Kad' }
const meetings: FormSection = {
  ...{ id: 'meetings', of: 'application', for: [] },
  title: words,
  repeats: { least: 0, most: 9, one: words, title: 'held-on' },
  questions: [{ id: 'held-on', kind: 'date', ask: words }]
}

/** Which meetings lie outside a project. */
function outside(days: readonly string[], project: Record<string, unknown>): string[] {
  const held = days.map((day, at) => [`meetings.aaaaaaa${at}.held-on`, day])
  const ids = days.map((_, at) => `aaaaaaa${at}`)
  const filled = filledWith({ meetings: ids, ...Object.fromEntries(held), ...project })
  const rule: FormRule = {
    ...{ id: 'within', says: words, severity: 'block', word: 'within' },
    of: ['meetings.held-on'],
    ...{ from: 'project.starts-on', months: 'project.duration-months' }
  }
  const form = { ...filled.form, sections: [...filled.form.sections, meetings], rules: [rule] }
  return brokenRules({ ...filled, form }).flatMap(({ paths }) =>
    paths.map((path) => days[Number(path.split('.')[1]!.slice(-1))]!)
  )
}

test('a meeting takes place between the first day and the last, both included', () => {
  const days = ['2026-11-30', '2026-12-01', '2028-11-30', '2028-12-01']
  const project = { 'project.starts-on': '2026-12-01', 'project.duration-months': 24 }
  assert.deepEqual(outside(days, project), ['2026-11-30', '2028-12-01'])
})

test('without a duration only the first day bounds it, and without that nothing', () => {
  const days = ['2026-11-30', '2036-12-01']
  assert.deepEqual(outside(days, { 'project.starts-on': '2026-12-01' }), ['2026-11-30'])
  assert.deepEqual(outside(days, { 'project.duration-months': 24 }), [])
})
