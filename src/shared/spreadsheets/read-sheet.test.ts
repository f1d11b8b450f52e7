import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { fc } from '../../../tests/drawn-cases.ts'
import { texts } from '../texts/index.ts'
import type { SheetColumn } from './columns.ts'
import { readSheet } from './read-sheet.ts'
import { cellProblemText, sheetProblemText } from './sheet-problem.ts'
import { workbook, workbookOf } from './workbook.fixture.ts'

const columns: SheetColumn<'name' | 'code' | 'since' | 'places' | 'note'>[] = [
  { name: 'name', headings: ['Legal name', 'Name'], kind: 'text', may: 'be-neither' },
  { name: 'code', headings: ['Code'], kind: 'text', may: 'be-empty' },
  { name: 'since', headings: ['Since'], kind: 'date', may: 'be-empty' },
  { name: 'places', headings: ['Places'], kind: 'number', may: 'be-empty' },
  { name: 'note', headings: ['Note'], kind: 'text', may: 'be-missing', mostCharacters: 20 }
]
const headings = ['LEGAL  Name', 'code', 'Since', 'Places']
// With more patience than people have: others share the machine.
const read = (bytes: Uint8Array, limits = {}) =>
  readSheet(bytes, { columns, limits: { milliseconds: 120_000, ...limits } })
const csv = (text: string) => read(new TextEncoder().encode(text))
const t = texts('en')

test('Petra reads an Excel table: headings anywhere near the top, numbers as codes, dates as days', async () => {
  const bytes = workbook([
    [null, null, 'A list'],
    [],
    ['Extra', ...headings],
    [null, 'Riga School ', 90000076669, new Date('2021-01-01'), 12],
    [],
    ['x', 'Skola\u200b “Ābele”', '007', '1.2.2024', '1 000,5']
  ])
  assert.deepEqual(await read(bytes), {
    sheet: {
      rows: [
        {
          row: 4,
          cells: { name: 'Riga School', code: '90000076669', since: '2021-01-01', places: '12' }
        },
        { row: 6, cells: { name: 'Skola “Ābele”', code: '007', since: '2024-02-01', places: '1000.5' } }
      ],
      problems: [],
      headings: [
        { name: 'name', heading: 'LEGAL Name' },
        { name: 'code', heading: 'code' },
        { name: 'since', heading: 'Since' },
        { name: 'places', heading: 'Places' }
      ],
      otherHeadings: ['Extra']
    }
  })
})

test('the same table as CSV reads the same, with each delimiter, and in UTF-16', async () => {
  const lines = [headings, ['"Riga ""First"" School"', '007', '2021-01-01', '12']]
  for (const delimiter of [',', ';', '\t']) {
    const text = lines.map((line) => line.join(delimiter)).join('\r\n')
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}\n\n`), little]) {
      const result = await read(bytes)
      assert.ok('sheet' in result, JSON.stringify(result))
      assert.deepEqual(result.sheet.rows, [
        { row: 2, cells: { name: 'Riga "First" School', code: '007', since: '2021-01-01', places: '12' } }
      ])
    }
  }
})

test('wrong cells are named one by one, and the rest of their rows is kept', async () => {
  const row = (number: number, cells: string[]) =>
    `<row r="${number}">${cells.map((text, at) => cell(number, at, text)).join('')}</row>`
  const failed = `<row r="3"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c>${cell(3, 1, 'A2')}</row>`
  const result = await read(
    workbookOf(
      `<sheetData>${row(1, ['Name', 'Code', 'Since', 'Places', 'Note'])}` +
        `${row(2, ['', 'A1', '31.02.2024', 'many', 'x'.repeat(21)])}${failed}</sheetData>`
    )
  )
  assert.ok('sheet' in result, JSON.stringify(result))
  assert.deepEqual(
    result.sheet.problems.map((problem) => cellProblemText(problem, t)),
    [
      'Row 2, “Name”: nothing is written here.',
      'Row 2, “Since”: “31.02.2024” is not a date. Write it as 2027-01-31 or 31.01.2027.',
      'Row 2, “Places”: “many” is not a number.',
      'Row 2, “Note”: the text is too long: “xxxxxxxxxxxxxxxxxxxxx”.',
      'Row 3, “Name”: the formula in this cell has no result (#DIV/0!).'
    ]
  )
  assert.deepEqual(
    result.sheet.rows.map(({ cells }) => cells.code),
    ['A1', 'A2']
  )
})

function cell(row: number, at: number, text: string): string {
  return `<c r="${'ABCDE'[at]}${row}" t="inlineStr"><is><t>${text}</t></is></c>`
}

test('missing and renamed columns are named, with what was found in their place', async () => {
  const renamed = await csv('Legal name,Kods,Since\nA,B,2021-01-01')
  assert.deepEqual(renamed, { problem: 'columns', missing: ['Code', 'Places'], found: ['Kods'] })
  assert.ok('problem' in renamed)
  assert.equal(
    sheetProblemText(renamed, t),
    'These columns are missing: “Code”, “Places”. Found in their place: “Kods”. Nothing was read. Give the columns their headings and try again; their order does not matter.'
  )
  assert.deepEqual(await csv('Name,Code,Since,Places,code'), { problem: 'column-twice', heading: 'code' })
  assert.deepEqual(await csv(' \n\n'), { problem: 'empty' })
})

test('what is no spreadsheet is refused, whatever its name says', async () => {
  const refused: [string, Uint8Array, string][] = [
    ['nothing', new Uint8Array(), 'empty'],
    ['a page', Buffer.from('<!doctype html><table><tr><td>Name'), 'not-a-spreadsheet'],
    ['a PDF', Buffer.from('%PDF-1.7\n...'), 'not-a-spreadsheet'],
    ['JSON', Buffer.from('{"Name":1}'), 'not-a-spreadsheet'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), 'not-a-spreadsheet'],
    ['binary text', Buffer.from('Name,Code\0'), 'not-a-spreadsheet'],
    ['Windows-1257', Buffer.from([0x4e, 0xe2, 0x6d, 0x65]), 'encoding'],
    ['Excel 97', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'old-excel'],
    ['a ZIP of something', zipSync({ 'a.txt': strToU8('Name') }), 'not-a-spreadsheet'],
    ['a ZIP cut off', workbook([headings]).slice(0, -30), 'damaged'],
    ['a ZIP changed', changed(workbook([headings, ['A'.repeat(5000)]])), 'damaged'],
    [
      'OpenDocument',
      zipSync({ mimetype: strToU8('application/vnd.oasis'), 'content.xml': strToU8('<x/>') }),
      'open-document'
    ],
    ['macros', workbookOf('<sheetData/>', { 'xl/vbaProject.bin': strToU8('x') }), 'macros'],
    [
      'macros by type',
      workbookOf('<sheetData/>', {
        '[Content_Types].xml': strToU8('application/vnd.ms-excel.sheet.macroEnabled')
      }),
      'macros'
    ],
    ['entities', workbookOf('<!DOCTYPE x [<!ENTITY a "b">]><sheetData/>'), 'damaged'],
    [
      'cells without address',
      workbookOf('<sheetData><row r="1"><c><v>1</v></c></row></sheetData>'),
      'damaged'
    ],
    ['no sheet data', workbookOf(''), 'damaged'],
    ['an empty sheet', workbookOf('<sheetData/>'), 'empty']
  ]
  for (const [name, bytes, problem] of refused) assert.deepEqual(await read(bytes), { problem }, name)
})

function changed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  copy[Math.floor(copy.length / 2)]! ^= 0xff
  return copy
}

test('bombs are refused before they grow', { timeout: 120_000 }, async () => {
  const before = process.memoryUsage().rss
  const zeros = workbookOf('<sheetData/>', { 'xl/sharedStrings.xml': new Uint8Array(120_000_000) })
  assert.ok(zeros.length < 400_000)
  assert.deepEqual(await read(zeros), { problem: 'too-big-unpacked', limit: 100 })
  // One that declares little and grows all the same.
  const lying = workbookOf('<sheetData/>', { 'xl/sharedStrings.xml': new Uint8Array(30_000_000) })
  declareSize(lying, 'xl/sharedStrings.xml', 1000)
  assert.deepEqual(await read(lying), { problem: 'damaged' })
  // One cell far away, between which and the first the parser would fill everything.
  const far = (xml: string) => read(workbookOf(`<sheetData>${xml}</sheetData>`))
  assert.deepEqual(await far('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), {
    problem: 'too-many-rows',
    limit: 50_000
  })
  assert.deepEqual(await far(`<row r='999999999999'></row>`), { problem: 'too-many-rows', limit: 50_000 })
  assert.deepEqual(await far('<row r="1"><c r="XFD1"><v>1</v></c></row>'), {
    problem: 'too-many-columns',
    limit: 500
  })
  assert.deepEqual(await far('<row r="1"><c r="SF1"><v>1</v></c></row><row r="50000"/>'), {
    problem: 'too-many-cells',
    limit: 3_000_000
  })
  assert.deepEqual(await far('<row r="&#57;99999999"/>'), { problem: 'damaged' })
  assert.deepEqual(await read(new Uint8Array(10_000_001).fill(65)), { problem: 'too-big', limit: 10 })
  assert.deepEqual(await read(Buffer.from('Name\n'.repeat(50_001))), {
    problem: 'too-many-rows',
    limit: 50_000
  })
  assert.deepEqual(await read(Buffer.from(','.repeat(600))), { problem: 'too-many-columns', limit: 500 })
  assert.ok(process.memoryUsage().rss - before < 700_000_000)
})

function declareSize(archive: Uint8Array, name: string, size: number): void {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const entry = bytes.lastIndexOf(name) - 46
  assert.equal(bytes.readUInt32LE(entry), 0x02014b50)
  bytes.writeUInt32LE(size, entry + 24)
}

test('what would fill the memory all the same ends its thread, not the server', async () => {
  const beyond = workbookOf('<sheetData><row r="1"/><row r="2000000000"/></sheetData>')
  assert.deepEqual(await read(beyond, { rows: Infinity, cells: Infinity }), {
    problem: 'too-big-unpacked',
    limit: 100
  })
})

test('a spreadsheet that takes too long is given up', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => [`School ${at}`, 'x', 'y', 'z'])
  assert.deepEqual(await read(workbook([headings, ...rows]), { milliseconds: 1 }), { problem: 'too-slow' })
})

test('of many spreadsheets at once two are read, some wait, and the rest is told to come back', async () => {
  const good = workbook([headings, ['A', 'B', '2021-01-01', 1]])
  const answers = await Promise.all(Array.from({ length: 25 }, () => read(good)))
  assert.equal(answers.filter((answer) => 'sheet' in answer).length, 22)
  assert.deepEqual(answers.at(-1), { problem: 'busy' })
  assert.ok('sheet' in (await read(good)))
})

test('whatever bytes come, there is an answer', async () => {
  const good = workbook([headings, ['A', 'B', '2021-01-01', 1]])
  const spoilt = fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
    .map((changes) => {
      const bytes = good.slice()
      for (const [at, byte] of changes) bytes[at] = byte
      return bytes
    })
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoilt, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
      const result = await read(bytes)
      assert.ok('sheet' in result || typeof result.problem === 'string')
    }),
    { numRuns: 40 }
  )
  const anyText = fc.string({ unit: fc.constantFrom(...'Name",;\t\r\n Code') })
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => void (await csv(text))),
    { numRuns: 1000 }
  )
})
