import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pastable } from '../form/copy-out-table.ts'
import { texts } from '#shared/texts/index.ts'
import { budgetOf, line, rulesOf, spenders } from './budget.fixture.ts'
import type { BudgetDraft } from './budget.ts'
import { budgetTables } from './copy-out-budget.ts'

const workPackages = [
  { id: 'aaaaaaaa', title: 'Vadība' },
  { id: 'bbbbbbbb', title: '=Lasītava' }
]

function tablesOf(rules: ReturnType<typeof rulesOf>, given: Partial<BudgetDraft>) {
  const draft = { participants: spenders('LV', 'LT', 'DE'), workPackages, lines: [], ...given }
  const wording = { language: 'lv', t: texts('lv') } as const
  return budgetTables({ rules, draft, budget: budgetOf(rules, draft) }, wording).map((table) => ({
    title: table.title,
    text: pastable(table, 'lv').split('\n')
  }))
}

suite('a budget to be copied into the official form', () => {
  test('a lump sum is shared out by work package and participant, to the cent, with every line below', () => {
    const lines = [
      line('work-packages', { workPackage: 'aaaaaaaa', cents: 20_000_00, title: 'Vadība' }),
      line('work-packages', { workPackage: 'bbbbbbbb', cents: 60_000_50, title: 'Grāmatas' }),
      line('work-packages', { workPackage: 'bbbbbbbb', cents: 39_999_50, participant: 'p1', title: 'Telpas' })
    ]
    const [shares, all, ...more] = tablesOf(rulesOf('cooperation-partnerships', 2026, { field: 'school' }), {
      lumpSum: 120_000_00,
      lines
    })
    assert.deepEqual(more, [])
    assert.deepEqual(shares, {
      title: 'Pa darba paketēm un dalībniekiem',
      text: [
        'Darba pakete\tOrganisation 0\tOrganisation 1\tKopā\tDaļa',
        '1. Vadība\t20000\t0\t20000\t16,7%',
        '2. =Lasītava\t60000,50\t39999,50\t100000\t83,3%',
        'Kopā\t80000,50\t39999,50\t120000\t100%'
      ]
    })
    assert.deepEqual(all!.text.slice(0, 2), [
      'Darba pakete\tKas\tKam paredzēts\tIeplānots\tPiešķirams\tKāpēc tas vajadzīgs',
      '1. Vadība\tOrganisation 0\tVadība\t20000\t20000\tIt is needed.'
    ])
    assert.equal(all!.text.length, 4)
  })

  test('unit costs stand by category, with the quantities of each line and what is granted', () => {
    const rules = rulesOf('strategic-partnerships', 2014, { field: 'school', durationMonths: 24 })
    const lines = [
      line('transnational-project-meetings', {
        people: 20,
        times: 2,
        km: 2100,
        from: 'Rīga, LV',
        to: 'Madride, ES'
      }),
      line('project-management', { months: 24, participant: 'p1' })
    ]
    const tables = tablesOf(rules, { months: 24, lines })
    const lineTables = tables.filter(({ title }) => title.startsWith('Rindas: '))
    assert.equal(lineTables.length, 2)
    const meetings = lineTables.find(({ text }) => text[0]!.includes('Cilvēki'))!
    const quantities = ['Cilvēki', 'Reizes', 'Km vienā virzienā', 'No kurienes', 'Uz kurieni']
    for (const label of quantities) assert.ok(meetings.text[0]!.split('\t').includes(label), label)
    assert.match(meetings.text[1]!, /\t20\t2\t2100\tRīga, LV\tMadride, ES\t/)
    assert.ok(!meetings.text[0]!.includes('Mēneši'), 'only what its lines say')
    assert.ok(tables[0]!.title.startsWith('Pa kategorijām un dalībniekiem'))
  })

  test('a budget that is not begun has no tables', () => {
    assert.deepEqual(tablesOf(rulesOf('cooperation-partnerships', 2026, { field: 'school' }), {}), [])
  })
})

test('what a spreadsheet would compute is pasted as a text', () => {
  const columns = [{ label: '=A1', kind: 'text' as const }]
  assert.equal(
    pastable({ path: '', title: '', columns, rows: [['@x'], ['a\tb\nc']] }, 'en'),
    "'=A1\n'@x\na b c"
  )
})
