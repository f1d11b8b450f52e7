import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { readSheet } from './read-sheet.ts'
import { cellAddress, columnName, quotedSheet, writeXlsx } from './write-xlsx.ts'

suite('a workbook that we write', () => {
  test('is read as it was written: texts, numbers, and what formulas came to', async () => {
    const workbook = writeXlsx([
      {
        name: 'Rindas',
        headings: ['Kas', 'Cik', 'Summa'],
        rows: [
          ['Rīga & “Ogre” <1>', 12.5, { formula: 'B2*2', result: 25 }],
          [undefined, { money: 1234.56 }, undefined]
        ]
      }
    ])
    const read = await readSheet(workbook, {
      columns: [
        { name: 'who', headings: ['Kas'], kind: 'text', may: 'be-empty' },
        { name: 'much', headings: ['Cik'], kind: 'number', may: 'be-empty' },
        { name: 'sum', headings: ['Summa'], kind: 'number', may: 'be-empty' }
      ]
    })
    assert.ok('sheet' in read)
    assert.deepEqual(
      read.sheet.rows.map(({ cells }) => Object.values(cells)),
      [
        ['Rīga & “Ogre” <1>', '12.5', '25'],
        [undefined, '1234.56', undefined]
      ]
    )
  })

  test('never makes a formula of a text', () => {
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '</t></is></c><c><f>1</f></c>', 'a\u0000\uffffb']
    const parts = unzipSync(writeXlsx([{ name: 'A', headings: ['H'], rows: evil.map((text) => [text]) }]))
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!)
    assert.ok(!sheet.includes('<f>'))
    assert.equal(sheet.match(/t="inlineStr"/g)!.length, evil.length + 1)
    assert.match(sheet, /s="3" t="inlineStr"><is><t xml:space="preserve">=1\+1</)
    assert.ok(sheet.includes('>ab<'))
  })

  test('names cells and sheets as formulas do', () => {
    assert.deepEqual([0, 25, 26, 701, 702].map(columnName), ['A', 'Z', 'AA', 'ZZ', 'AAA'])
    assert.equal(cellAddress(2, 9), 'C10')
    assert.equal(quotedSheet("Mārtiņa 'lapa'"), "'Mārtiņa ''lapa'''")
  })
})
