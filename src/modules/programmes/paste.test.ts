import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../tests/drawn-cases.ts'
import { assertQuick } from '../../../tests/assert-quick.ts'
import { known, said } from './known-programme.fixture.ts'
import { readPasted } from './paste.ts'
import { readConsortium } from './read-consortium.ts'

function read(text: string) {
  return readPasted(text, known)
}

/** name, country, type and role of each partner, in short. */
function partners(text: string) {
  return read(text).partners.map(({ name, country, type, role }) => [name, country, type, role])
}

test('Maria pastes a table with a heading, in Latvian or English', () => {
  const wanted = [
    ['Rīgas Tehniskā universitāte', 'LV', 'higher-education-institution', 'coordinator'],
    ['Tartu Ülikool', 'EE', 'higher-education-institution', 'partner'],
    ['SIA “Foo”, Liepāja', 'LT', 'enterprise', 'associated']
  ]
  const rows = [
    ['Rīgas Tehniskā universitāte', 'Latvija', 'Augstskola', 'Koordinators'],
    ['Tartu Ülikool', 'EE', 'university', 'partner'],
    ['SIA “Foo”, Liepāja', 'Lithuania', 'EPLUS-ENT-SME', 'asociētais partneris']
  ]
  const table = (heading: string[]) => [heading, ...rows].map((row) => row.join('\t')).join('\r\n')
  for (const text of [
    table(['Nosaukums', 'Valsts', 'Tips', 'Loma']),
    table(['Organisation', 'Country', 'Organisation type', 'Role'])
  ]) {
    assert.deepEqual(partners(text), wanted)
    assert.deepEqual([read(text).problems, read(text).warnings], [[], []])
  }
})

test('columns may stand in any order and need no heading', () => {
  const wanted = [
    ['Rīgas skola', 'LV', 'school', 'coordinator'],
    ['Oslo skole', 'NO', 'school', 'partner']
  ]
  for (const text of [
    'Rīgas skola;LV;school;coordinator\nOslo skole;NO;school;partner',
    'school, coordinator, Rīgas skola, Latvia\nschool, partner, Oslo skole, Norvēģija',
    'NO\tschool\tpartner\tOslo skole'.replace(/^/, 'LV\tskola\tkoordinatore\tRīgas skola\n')
  ])
    assert.deepEqual(partners(text), wanted)
})

test('Jonas types with bullets, numbers, dashes and brackets', () => {
  assert.deepEqual(
    partners(
      '• Rīgas skola – LV – skola\n- Vilniaus mokykla, LT\n* Athens Club (EL)\n\n– Tallinna kool; EE'
    ).map(([name, country]) => [name, country]),
    [
      ['Rīgas skola', 'LV'],
      ['Vilniaus mokykla', 'LT'],
      ['Athens Club', 'GR'],
      ['Tallinna kool', 'EE']
    ]
  )
  assert.deepEqual(
    partners('1. A skola, LV\n2. B skola, EE').map(([name]) => name),
    ['A skola', 'B skola']
  )
  assert.deepEqual(
    partners('3. vidusskola, LV\nRīgas 2. skola, LV').map(([name]) => name),
    ['3. vidusskola', 'Rīgas 2. skola']
  )
})

test('a comma may belong to a name, and quotation marks hold a cell together', () => {
  assert.deepEqual(partners('Liepājas tehnikums, Grobiņas filiāle, LV, EPLUS-EDU-VOC-SEC')[0]!.slice(0, 3), [
    'Liepājas tehnikums, Grobiņas filiāle',
    'LV',
    'vet-provider'
  ])
  assert.deepEqual(partners('"Foo, Bar ""Baz""",LV')[0]!.slice(0, 2), ['Foo, Bar "Baz"', 'LV'])
  assert.deepEqual(
    partners('"Rīgas\nskola"\tLV\nB skola\tEE').map(([name]) => name),
    ['Rīgas skola', 'B skola']
  )
  assert.equal(partners('"Foo" Ltd;LV')[0]![0], '"Foo" Ltd')
})

test('the first is taken as the coordinator when no line says so, and that is told', () => {
  const { partners, warnings } = read('A skola;LV\nB skola;EE')
  assert.deepEqual(
    partners.map(({ role }) => role),
    ['coordinator', 'partner']
  )
  assert.deepEqual(said(warnings, 'lv'), [
    '1. rinda. Nevienā rindā nav norādīts koordinators, tāpēc par koordinatoru ir pieņemts pirmais, bet pārējie bez lomas – par partneriem. Ja tā nav, izlabojiet.'
  ])
  const second = read('A skola;LV;associated\nB skola;EE\nC skola;FI')
  assert.deepEqual(
    second.partners.map(({ role }) => role),
    ['associated', 'coordinator', 'partner']
  )
  const third = read('A skola;LV;coordinator\nB skola;EE;koordinators')
  assert.deepEqual(said(third.problems), [
    'Line 2. Line 1 is the coordinator already, and there can be only one. Change the role of one of the two.'
  ])
})

test('misspelt cells are told with what they may mean, and the partner is kept', () => {
  const { partners, problems } = read('Rīgas skola; Latvja; scool\nName of a school; LV')
  assert.deepEqual(partners[0], { name: 'Rīgas skola', country: null, type: null, role: 'coordinator' })
  assert.deepEqual(
    problems.map(({ path, line }) => [path, line]),
    [
      ['partners[0].country', 1],
      ['partners[0].type', 1]
    ]
  )
  assert.match(said(problems)[0]!, /^Line 1\. There is no country “Latvja”\. Did you mean LV \(Latvia\)\?/)
  assert.match(said(read('Name,Country\nX skola,Qqqqq').problems)[0]!, /There is no country “Qqqqq”/)
})

test('an unreadable line is returned as it was, the others are read', () => {
  const { rows, partners, problems } = read('Foo; Bar; Baz\nRīgas skola; LV')
  assert.deepEqual([rows[0]!.raw, rows[0]!.partner, partners.length], ['Foo; Bar; Baz', undefined, 1])
  assert.match(said(problems, 'lv')[0]!, /^1\. rinda\. Šajā rindā nav atrasta ne valsts, ne tips, ne loma/)
  assert.equal(read(`${'x, '.repeat(2000)}LV`).problems[0]?.key, 'input.paste-too-long')
})

test('columns nobody asked for are left out, and that is told', () => {
  const { partners, warnings } = read(
    '1\tE10012345\tRīgas Tehniskā universitāte\tRīga\tLV\n2\tE10012346\tTartu Ülikool\tTartu\tEE'
  )
  assert.deepEqual(
    partners.map(({ name }) => name),
    ['Rīgas Tehniskā universitāte', 'Tartu Ülikool']
  )
  assert.equal(warnings.filter(({ key }) => key === 'input.paste-left-out').length, 4)
})

test('more than 200 lines are read to the limit, the rest is returned', () => {
  const { partners, unread, problems } = read(
    Array.from({ length: 203 }, (_, index) => `Skola ${index};LV`).join('\n')
  )
  assert.deepEqual([partners.length, unread], [200, 'Skola 200;LV\nSkola 201;LV\nSkola 202;LV'])
  assert.match(said(problems)[0]!, /^Line 201\. At most 200 partners/)
  assert.equal(read('x'.repeat(1_000_001)).unread.length, 1_000_001)
})

test('nothing pasted says so kindly', () => {
  for (const text of ['', ' \n\t\n', 'Nosaukums;Valsts'])
    assert.equal(read(text).problems[0]?.key, 'input.paste-empty')
})

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constantFrom(
    'LV',
    'Latvija',
    'school',
    'EPLUS-ENGO',
    'sport-club',
    'partner',
    'koordinators',
    'Latvja',
    '"',
    '"a',
    'b"',
    'Name',
    'Country',
    '1',
    '=1+1',
    'NO'
  )
)
const pasted = fc
  .array(
    fc.tuple(
      fc.constantFrom('', '- ', '1. ', '• '),
      fc.array(cell, { maxLength: 6 }),
      fc.constantFrom('\t', ';', ',', ' - ')
    ),
    { maxLength: 12 }
  )
  .map((lines) => lines.map(([mark, cells, separator]) => mark + cells.join(separator)).join('\n'))

test('whatever is pasted, nothing throws and no line is lost', () => {
  fc.assert(
    fc.property(fc.oneof(pasted, fc.string({ unit: 'binary' })), (text) => {
      const { partners, rows, problems, warnings } = read(text)
      for (const sentence of [...said(problems, 'lv'), ...said(warnings, 'en')])
        assert.doesNotMatch(sentence, /undefined|input\./)
      assert.deepEqual(
        partners,
        rows.flatMap(({ partner }) => partner ?? [])
      )
      const lines = text
        .replace(/^\ufeff/, '')
        .split(/\r\n|[\r\n\u2028\u2029]/)
        .filter((line) => line.trim() !== '')
      const kept = rows.flatMap(({ raw }) => raw.split('\n')).filter((line) => line.trim() !== '')
      // Only a heading is not among the rows; quoted, it may have some lines.
      const heading = lines.length - kept.length
      assert.ok(heading >= 0 && (heading <= 5 || rows.length === 0))
      assert.deepEqual(kept, lines.slice(heading))
      for (const row of rows) assert.ok(row.partner || row.problems.length > 0)
    }),
    { numRuns: 2000 }
  )
})

test('what was pasted can be read as a consortium, or is told why not', () => {
  fc.assert(
    fc.property(pasted, (text) => {
      const { partners, problems } = read(text)
      const read200 = readConsortium({ partners }, known)
      const allowed = new Set([
        'input.no-partners',
        'input.no-coordinator',
        'input.same-organisation',
        'input.name-too-long',
        'input.several-coordinators'
      ])
      for (const { key } of read200.problems) assert.ok(allowed.has(key), key)
      if (problems.length === 0 && partners.length > 0)
        assert.ok(!read200.problems.some(({ key }) => key === 'input.several-coordinators'))
    }),
    { numRuns: 1000 }
  )
})

test('a megabyte pasted is answered within a second or two', () => {
  for (const text of [
    'x,'.repeat(499_999),
    'Latvja;scool;'.repeat(10).concat('\n').repeat(7_000),
    '"'.repeat(999_999),
    '"a\n'.repeat(300_000),
    `x;${'a '.repeat(400_000)}`
  ])
    assertQuick(4_000, () => read(text))
})
