import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { budgetOf, line, rulesOf, spenders } from './budget.fixture.ts'
import type { BudgetAtWork } from './budget-at-work.server.ts'
import type { BudgetLine } from './budget-line.ts'
import { budgetSheet } from './budget-sheet.server.ts'
import { differenceBetween } from './difference.ts'
import { linesOfSheet } from './import-sheet.server.ts'

const ids = [1, 2, 3].map((at) => `00000000-0000-4000-8000-00000000000${at}`)
const participants = spenders('LV', 'LT', 'DE').map((one, at) => ({ ...one, id: ids[at]! }))
const rules = rulesOf('strategic-partnerships', 2014, { field: 'school', durationMonths: 24 })
const workPackages = [{ id: 'aaaaaaaa', title: 'Lasītavu tīkls' }]

/** A budget as the page has it. */
function atWork(lines: BudgetLine[], names: string[] = []): BudgetAtWork {
  const people = participants.map((one, at) => ({ ...one, name: names[at] ?? one.name }))
  const draft = { months: 24, participants: people, workPackages, lines }
  const stored = lines.map((one) => ({ ...one, version: 1, changedBy: '', changedAt: undefined as never }))
  return { rules, draft, budget: budgetOf(rules, draft), lines: stored, state: '' }
}

const of = (at: number, category: string, more: Partial<BudgetLine>) =>
  line(category, { participant: ids[at]!, ...more })
const some = () => [
  of(0, 'project-management', { title: 'Vadība', months: 24, year: 1 }),
  of(1, 'project-management', { title: 'Vadība Viļņā', months: 12 }),
  of(0, 'transnational-project-meetings', { people: 20, times: 2, km: 2100, from: 'Rīga, LV', year: 1 }),
  of(2, 'intellectual-outputs', { staff: 'technician', days: 33, workPackage: 'aaaaaaaa', year: 2 }),
  of(1, 'multiplier-events', { kind: 'abroad', people: 12 }),
  of(1, 'short-staff-training', { kind: 'staff', people: 3, days: 20, km: 700 }),
  of(2, 'exceptional-costs', { title: 'Druka', cents: 12_345_67 })
]

suite('a budget as a spreadsheet', () => {
  for (const language of ['lv', 'en'] as const) {
    test(`comes back as it went out (${language})`, async () => {
      const lines = some()
      const at = atWork(lines)
      const read = await linesOfSheet(at, budgetSheet(at, language), language)
      assert.ok('lines' in read, JSON.stringify(read))
      const difference = differenceBetween(lines, read.lines, () => true)
      assert.equal(difference.unchanged, lines.length, JSON.stringify(difference))
    })
  }

  test('says nothing that a program would compute: not of a title, a name or a reason', async () => {
    const evil = '=HYPERLINK("https://example.org","x")'
    const lines = [of(0, 'exceptional-costs', { title: evil, cents: 100, justification: '+1+cmd|x' })]
    const at = atWork(lines, ['@SUM(A1)', '-2'])
    const parts = unzipSync(budgetSheet(at, 'en'))
    for (const [name, bytes] of Object.entries(parts)) {
      if (!name.startsWith('xl/worksheets/')) continue
      const formulas = [...strFromU8(bytes).matchAll(/<f>(.*?)<\/f>/g)].map((found) => found[1]!)
      assert.ok(formulas.length > 0)
      // Cells, numbers and what budgets compute with; a text in one is the name of a category.
      const known = /^(ROUND|ROUNDDOWN|SUMPRODUCT|SUM|MIN|MAX|IF|AND|OR|N|TRUE|FALSE)$/
      for (const called of formulas.flatMap((formula) => [...formula.matchAll(/([A-Z]+)\(/g)]))
        assert.match(called[1]!, known)
      assert.ok(formulas.every((formula) => !/HYPERLINK|cmd/.test(formula)))
    }
    const read = await linesOfSheet(at, budgetSheet(at, 'en'), 'en')
    assert.ok('lines' in read && read.lines[0]!.title === evil)
  })

  test('that names somebody, a category or a word nobody knows is refused with each row', async () => {
    const at = atWork(some())
    const csv =
      'Category;Who;Staff;Cost, EUR\nExceptional costs;Nobody;;1\nMagic;Organisation 0;;1\nIntellectual outputs;Organisation 0;wizard;1\nExceptional costs;Organisation 0;;much\n'
    const read = await linesOfSheet(at, Buffer.from(csv), 'en')
    assert.ok('problems' in read)
    assert.equal(read.problems.length, 4)
    assert.match(read.problems.join('\n'), /Row 2: “Nobody”.*\n.*|much/)
  })

  test('of a lump sum has no columns of months, kilometres, staff or age, and comes back whole', async () => {
    const lump = rulesOf('cooperation-partnerships', 2026, { field: 'school' })
    const lines = [of(0, 'work-packages', { cents: 60_000_50, workPackage: 'aaaaaaaa', justification: '' })]
    const draft = { months: 24, participants, workPackages, lines, lumpSum: 120_000_00 }
    const at = { ...atWork(lines), rules: lump, draft, budget: budgetOf(lump, draft) }
    const sheet = strFromU8(unzipSync(budgetSheet(at, 'en'))['xl/worksheets/sheet1.xml']!)
    const headings = [...sheet.matchAll(/<c r="[A-Z]+1"[^>]*>.*?<t[^>]*>(.*?)<\/t>/gs)].map(
      (found) => found[1]
    )
    assert.deepEqual(headings.slice(0, 6), [
      ...['Category', 'Who', 'What for', 'Work package', 'Year', 'Share, EUR']
    ])
    assert.equal(headings.length, 12)
    const read = await linesOfSheet(at, budgetSheet(at, 'en'), 'en')
    assert.ok('lines' in read, JSON.stringify(read))
    assert.equal(differenceBetween(lines, read.lines, () => true).unchanged, 1)
  })

  test('without its columns is refused with their names in the language of whoever reads', async () => {
    const at = atWork(some())
    const csv = Buffer.from('Amount;Reason\n1;2\n')
    for (const [language, names] of [
      ['en', /“Category”, “Who”/],
      ['lv', /“Kategorija”, “Kas”/]
    ] as const) {
      const read = await linesOfSheet(at, csv, language)
      assert.ok('problems' in read)
      assert.match(read.problems.join(), names)
    }
  })

  test('a line that was copied in it becomes a new one', async () => {
    const at = atWork([of(0, 'exceptional-costs', { title: 'Druka', cents: 100 })])
    const id = at.lines[0]!.id
    const csv = `Category;Who;What for;Cost, EUR;Line id (leave as it is)\nExceptional costs;Organisation 0;Druka;1;${id}\nExceptional costs;Organisation 0;Druka;2;${id}\n`
    const read = await linesOfSheet(at, Buffer.from(csv), 'en')
    assert.ok('lines' in read)
    assert.deepEqual([read.lines[0]!.id === id, read.lines[1]!.id === id], [true, false])
  })
})

/** The same workbook, its formulas without what they once came to. */
function withoutResults(workbook: Uint8Array): Uint8Array {
  const parts = Object.entries(unzipSync(workbook)).map(([name, bytes]) => [
    name,
    strToU8(strFromU8(bytes).replace(/<\/f><v>[^<]*<\/v>/g, '</f>'))
  ])
  return zipSync(Object.fromEntries(parts) as Record<string, Uint8Array>)
}

const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path))

test('LibreOffice computes the same totals', { skip: office === undefined }, async () => {
  const at = atWork(some())
  const folder = await mkdtemp(join(tmpdir(), 'kopa-sheet-'))
  try {
    await writeFile(join(folder, 'budget.xlsx'), withoutResults(budgetSheet(at, 'en')))
    const filter = 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1'
    const settings = `-env:UserInstallation=file://${folder}/settings`
    await promisify(execFile)(office!, [
      settings,
      '--headless',
      '--convert-to',
      filter,
      '--outdir',
      folder,
      join(folder, 'budget.xlsx')
    ])
    for (const sheet of ['By participant', 'By year', 'By work package', 'By category']) {
      const rows = (await readFile(join(folder, `budget-${sheet}.csv`), 'utf8')).trim().split('\n')
      const total = rows.at(-1)!.replaceAll('"', '').split(';').slice(1).map(Number)
      assert.deepEqual(total, [at.budget.cost / 100, at.budget.grant / 100], `${sheet}: ${rows.join('\n')}`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
