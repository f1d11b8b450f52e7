import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../tests/drawn-cases.ts'
import { readSheet } from './read-sheet.ts'
import { writeCsv } from './write-csv.ts'

const columns = [
  { heading: 'Name', value: (row: { name: string; places: number | undefined }) => row.name },
  { heading: 'Places', value: (row: { places: number | undefined }) => row.places }
]

test('a formula in a name is text for whoever opens the file, and a negative number stays a number', () => {
  const names = ['=1+1', '+371', '-5', '@SUM(A1)', '\tx', '\rx', '＝1']
  const written = writeCsv(columns, [
    ...names.map((name) => ({ name, places: -1 })),
    { name: 'Rīga, "x"', places: undefined }
  ])
  assert.equal(
    written,
    '\ufeffName,Places\r\n\'=1+1,-1\r\n\'+371,-1\r\n\'-5,-1\r\n\'@SUM(A1),-1\r\n\'\tx,-1\r\n"\'\rx",-1\r\n\'＝1,-1\r\n"Rīga, ""x""",\r\n'
  )
})

test('what is written is read again as it was', async () => {
  const name = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => /^[a-z].*\S$/i.test(text))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ name, places: fc.integer() }), { minLength: 1 }), async (rows) => {
      const result = await readSheet(new TextEncoder().encode(writeCsv(columns, rows)), {
        columns: [
          { name: 'name', headings: ['Name'], kind: 'text', may: 'be-neither' },
          { name: 'places', headings: ['Places'], kind: 'number', may: 'be-neither' }
        ]
      })
      assert.ok('sheet' in result)
      assert.deepEqual(
        result.sheet.rows.map(({ cells }) => [cells.name, Number(cells.places)]),
        rows.map((row) => [row.name.replace(/\s+/g, ' '), row.places])
      )
    })
  )
})
