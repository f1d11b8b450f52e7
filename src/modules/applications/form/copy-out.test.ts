import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '#shared/texts/index.ts'
import { copyOut } from './copy-out.ts'
import { filledWith, jonas, maria } from './form.fixture.ts'

const filled = filledWith({
  'project.acronym': 'UPE',
  'project.summary': 'Par upi 🌊',
  'project.starts-on': '2026-09-01',
  'project.duration-months': 24,
  'project.topics': ['art', 'sea'],
  'project.trains': true,
  [`profile@${maria}.staff`]: [{ name: 'Maria', days: 3 }, { name: 'Ilze' }],
  'work-packages': ['aaaaaaa1', 'bbbbbbb2'],
  'work-packages.aaaaaaa1.title': 'Vadība',
  'work-packages.aaaaaaa1.lead': jonas,
  'budget.lump-sum': 6_000_000,
  'annexes.other': { file: maria, name: 'plāns.pdf', pages: 1 }
})

const table = (path: string) => ({ path, title: path, columns: [], rows: [] })
const beside = {
  consortium: { title: 'Konsorcijs', tables: [table('consortium:participants')] },
  budget: { title: 'Budžets', tables: [table('budget:shares')] }
}
const parts = copyOut(filled, beside, { language: 'lv', t: texts('lv') })
const text = (path: string) =>
  parts
    .flatMap(({ answers }) => answers)
    .find((one) => one.path === path)
    ?.text.replaceAll('\u00a0', ' ')

test('the sheet follows the form: sections, participants, rows', () => {
  assert.deepEqual(
    parts.map(({ path, participant, row }) => [path, participant, row].filter(Boolean).join(' | ')),
    [
      'project',
      'consortium',
      `profile@${maria} | Upes skola`,
      'profile@22222222-2222-4222-8222-222222222222 | Kauno mokykla',
      'profile@33333333-3333-4333-8333-333333333333 | Muzejs',
      'work-packages.aaaaaaa1 | 1. Vadība',
      'work-packages.bbbbbbb2 | 2. work package (lv)',
      'budget',
      'annexes'
    ]
  )
})

test('answers read as a person would write them into another form', () => {
  assert.equal(text('project.summary'), 'Par upi 🌊')
  assert.equal(text('project.starts-on'), '2026. gada 1. septembris')
  assert.equal(text('project.duration-months'), '24 months (lv)')
  assert.equal(text('project.topics'), 'Art (lv)\nThe sea (lv)')
  assert.equal(text('project.trains'), 'Jā')
  assert.equal(text('budget.lump-sum'), '60 000 EUR')
  assert.equal(text('work-packages.aaaaaaa1.lead'), 'Kauno mokykla')
  assert.equal(text('annexes.other'), 'plāns.pdf (1 lappuse)')
  assert.equal(text(`profile@${maria}.staff`), '1. Name (lv): Maria; Days (lv): 3\n2. Name (lv): Ilze')
})

test('characters are counted as people see them, beside the limit', () => {
  const summary = parts[0]!.answers.find(({ path }) => path === 'project.summary')!
  assert.deepEqual([summary.characters, summary.limit, summary.required], [9, 20, true])
})

test('who takes part stands before what they say of themselves, the budget with what is asked about it', () => {
  const tables = (of: typeof parts) =>
    of.flatMap(({ path, tables }) => tables.map((one) => `${path}: ${one.path}`))
  assert.deepEqual(tables(parts), ['consortium: consortium:participants', 'budget: budget:shares'])
  const sections = filled.form.sections.filter(({ id }) => id !== 'budget')
  const without = copyOut({ ...filled, form: { ...filled.form, sections } }, beside, {
    ...{ language: 'lv', t: texts('lv') }
  })
  assert.equal(tables(without).at(-1), 'budget: budget:shares')
  assert.equal(without.at(-1)!.title, 'Budžets')
})
