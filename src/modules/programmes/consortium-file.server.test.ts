import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertQuick } from '../../../tests/assert-quick.ts'
import { mostBytes, readConsortiumText, writeConsortiumYaml } from './consortium-file.server.ts'
import { known, said } from './known-programme.fixture.ts'
import { writeConsortiumJson } from './write-consortium.ts'

const good = `
action: knowledge-alliances # optional
callYear: 2017
partners:
  - name: Rīgas skola
    country: NO
    type: higher-education-institution
    role: coordinator
    establishedOn: 2019-05-01
    charter: no
  - name: 007
    country: EL
`

function read(given: string | Uint8Array) {
  return readConsortiumText(given, known, { today: '2026-01-01' })
}

function problems(given: string | Uint8Array, language: 'lv' | 'en' = 'en') {
  const { request, problems } = read(given)
  assert.equal(request === undefined, problems.length > 0)
  return said(problems, language)
}

test('Maria writes NO for Norway and no for no, and both are understood', () => {
  const { request, problems, warnings } = read(good)
  assert.deepEqual([problems, warnings], [[], []])
  assert.deepEqual(request?.consortium.partners, [
    {
      name: 'Rīgas skola',
      country: 'NO',
      type: 'higher-education-institution',
      role: 'coordinator',
      charter: false,
      establishedOn: '2019-05-01'
    },
    { name: '007', country: 'GR', type: null, role: null }
  ])
  assert.deepEqual(read(`%YAML 1.1\n---\n${good}`).request, request)
})

test('the same consortium is the same in YAML and JSON, with tabs or on one line, in UTF-8 and UTF-16', () => {
  const { request } = read(good)
  const json = writeConsortiumJson(request!)
  const yaml = writeConsortiumYaml(request!)
  const bigEndian = Buffer.from(`\ufeff${yaml}`, 'utf16le').swap16()
  for (const given of [
    json,
    JSON.stringify(JSON.parse(json)),
    JSON.stringify(JSON.parse(json), null, '\t'),
    `\ufeff${yaml}`,
    yaml.replaceAll('\n', '\r\n'),
    Buffer.from(yaml),
    Buffer.from(`\ufeff${yaml}`),
    Buffer.from(`\ufeff${yaml}`, 'utf16le'),
    Buffer.from(yaml, 'utf16le'),
    new Uint8Array(bigEndian)
  ])
    assert.deepEqual(read(given).request, request)
})

test('what is downloaded says NO in quotation marks, so that older programs read Norway too', () => {
  assert.match(writeConsortiumYaml(read(good).request!), /country: "NO"/)
})

test('Jonas is led to the line and column of each problem', () => {
  const text = 'partners:\n  - country: Latvja\n    role: coordinator\n  - type: scool\n    colour: red\n'
  assert.deepEqual(problems(text), [
    'Partner 1 (line 2, column 14). There is no country “Latvja”. Did you mean LV (Latvia)?',
    'Partner 2 (line 4, column 11). There is no type of organisation “scool”. Did you mean school (School)?'
  ])
  assert.deepEqual(said(read(text).warnings, 'lv'), [
    '2. partneris (5. rinda, 5. zīme). Lauks “colour” nav paredzēts. Tas netika ņemts vērā.'
  ])
  assert.match(
    problems('{"partners": [\n  {"country": "LV", "role": "partner"}\n]}')[0]!,
    /^Line 1, column 14\. No partner is/
  )
})

for (const [what, text, told] of [
  [
    'a tab before a field',
    'partners:\n\t- country: LV',
    /^Line 2, column 1\. This line is indented with a tab/
  ],
  ['a field out of line', 'a: 1\n  b: 2', /^Line 1, column 4\. .*colon|^Line 2, column \d/],
  ['a bracket never closed', 'partners: [{country: LV}', /^Line 1, column 25\. The text ends here/],
  ['a quotation mark never closed', 'partners:\n  - name: "Rīga', /^Line 2, column 16\. The text ends here/],
  ['a missing comma', '{"a": 1 "b": 2}', /^Line 1, column 7\. A comma/],
  ['a colon in a name', 'name: Rīga: skola', /^Line 1, column 7\. A value with a colon/],
  ['an @ before a name', 'partners:\n  - name: @rīga', /^Line 2, column 11\. A value that begins with @/],
  ['a Windows path in quotation marks', 'name: "C:\\Rīga"', /^Line 1, column 10\. .*backslash/],
  ['a name between stars', 'name: *Rīga*', /^Line 1, column 7\. “\*Rīga\*” refers to nothing/],
  ['two documents', 'partners: []\n---\npartners: []', /^Line 3, column 1\. A second document/],
  [
    'a field twice',
    'partners:\n  - country: LV\n    role: partner\n    country: LT',
    /^Line 4, column 5\. “country” stands here a second time; the first is in line 2/
  ],
  [
    'a field twice in JSON',
    '{"partners": [],\n "partners": []}',
    /^Line 2, column 2\. “partners” stands here a second time; the first is in line 1/
  ],
  ['a list for a field name', '? [a, b]\n: 1', /^Line 1, column 3\. The name of a field/],
  ['nothing', ' \n ', /^There is nothing in the file/],
  ['only a comment', '# later', /A consortium is a group of fields/]
] as const) {
  test(`whoever sends ${what} is told so`, () => {
    assert.match(problems(text)[0]!, told)
    assert.equal(problems(text, 'lv').length, 1)
  })
}

test('what is not text in UTF-8 or UTF-16 is refused with what to do', () => {
  assert.match(problems(Buffer.from([0x50, 0x4b, 3, 4, 20, 0]))[0]!, /spreadsheet/)
  assert.match(
    problems(Buffer.from([0x70, 0xe2, 0x28, 0x61, 0x62]))[0]!,
    /Save it again with the encoding UTF-8/
  )
  assert.match(problems(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0xff]))[0]!, /not text/)
  assert.match(problems('a\0b')[0]!, /not text/)
})

test('more than 1 MB is refused with its size, exactly 1 MB is read', () => {
  assert.match(
    problems('#'.repeat(5_000_000), 'lv')[0]!,
    /^Apjoms ir 4,8 MB, bet nolasīt var ne vairāk kā 1 MB\./
  )
  assert.match(problems(new Uint8Array(mostBytes + 1))[0]!, /^This is 1\.1 MB/)
  assert.deepEqual(problems(`${good}${'#'.repeat(mostBytes - Buffer.byteLength(good))}`), [])
})

test('values may be referred to, within limits', () => {
  const text = 'partners:\n  - &one { country: LV, type: school }\n  - *one\n'
  assert.deepEqual(read(text).request?.consortium.partners[1], { country: 'LV', type: 'school', role: null })
  assert.match(problems('partners: &all [*all]')[0]!, /nested more than 20 levels/)
})

test('nesting is read to 20 levels and no further', () => {
  const nested = (levels: number) =>
    `partners: [{country: LV}]\nx: ${'['.repeat(levels)}${']'.repeat(levels)}`
  assert.deepEqual(problems(nested(20)), [])
  assert.match(
    problems(nested(21))[0]!,
    /^Line 2, column 24\. Lists and groups are nested more than 20 levels/
  )
})

const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]']
for (const [index, name] of [...'bcdefghij'].entries())
  laughs.push(`${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`)
const bomb = `${laughs.join('\n')}\n`

for (const [what, text, key] of [
  ['a billion laughs', bomb, 'input.too-many-values'],
  ['a billion laughs of a megabyte', `${bomb}#${'x'.repeat(1_000_000)}`, 'input.too-many-values'],
  ['a megabyte of references', `x: &a 1\ny: [${'*a,'.repeat(330_000)}]`, 'input.too-many-references'],
  ['a megabyte of anchors', '&a '.repeat(340_000), 'input.too-many-references'],
  ['a megabyte of brackets', '['.repeat(1_000_000), 'input.too-deep'],
  ['a megabyte of braces', '{a: '.repeat(250_000), 'input.too-deep'],
  ['a megabyte of dashes', '- '.repeat(500_000), 'input.too-deep'],
  ['a megabyte of colons', 'a: '.repeat(330_000), 'input.too-deep'],
  [
    'a megabyte of steps',
    Array.from({ length: 1_300 }, (_, step) => `${' '.repeat(step)}a:`).join('\n'),
    'input.too-deep'
  ]
] as const) {
  test(`${what} is refused in less than 100 ms`, () => {
    assertQuick(100, () => assert.equal(read(text).problems[0]?.key, key))
  })
}

test('a megabyte of anything else is answered within seconds, though the library would take minutes', () => {
  for (const text of [
    Array.from({ length: 90_000 }, (_, index) => `k${index}: 1`).join('\n'),
    `{${Array.from({ length: 48_000 }, (_, index) => `k${index}`).join(',')}}`,
    `{"partners": [${'{"country":"LV"},'.repeat(58_000)}1]}`,
    '"'.repeat(1_000_000),
    '---\n'.repeat(250_000),
    '#\n'.repeat(500_000),
    `[${','.repeat(1_000_000)}`
  ])
    assertQuick(5_000, () => assert.equal(read(text).request, undefined))
})

test('the largest consortium there can be is written and read back', () => {
  const partners = Array.from({ length: 200 }, (_, own) => ({
    name: `Skola ${own} ${'ā'.repeat(290)}`,
    country: 'LV',
    type: 'school',
    role: own === 0 ? ('coordinator' as const) : ('partner' as const),
    functions: ['vet-secondary'],
    charter: true,
    establishedOn: '2019-05-01',
    nonProfit: null,
    europeanNgo: false,
    independentOf: Array.from({ length: 200 }, (_, other) => other).filter((other) => other !== own)
  }))
  const request = { consortium: { partners } }
  assert.deepEqual(read(writeConsortiumYaml(request)).problems, [])
  assert.deepEqual(read(writeConsortiumYaml(request)).request, request)
  assert.deepEqual(read(writeConsortiumJson(request)).request, request)
})
