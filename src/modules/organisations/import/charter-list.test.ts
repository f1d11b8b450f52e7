import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { texts } from '#shared/texts/index.ts'
import { charterDoubtText, rowProblemText } from './charter-text.ts'
import { compareCharterLists } from './compare-charter-lists.ts'
import { type CharterList, charterHeadings, readCharterList } from './read-charter-list.server.ts'
import { readShippedCharterList } from './shipped-charter-list.server.ts'

const t = texts('en')
let shipped: CharterList
before(async () => {
  shipped = await readShippedCharterList()
})

function list(...rows: string[]): Promise<{ list: CharterList }> {
  const heading = Object.values(charterHeadings).join(';')
  return readCharterList(new TextEncoder().encode([heading, ...rows].join('\n'))) as Promise<{
    list: CharterList
  }>
}

const riga =
  '101;lv riga01;999877262;E10208980;Latvijas Universitāte;Raiņa 19;LV-1586;Rīga;LV;www.lu.lv;2021-01-01;31.12.2029'

test('every one of the 6 142 institutions of the official list is read, and no row is broken', () => {
  assert.equal(shipped.rows.length, 6142)
  assert.deepEqual(shipped.broken, [])
  assert.deepEqual(shipped.absent, ['proposal', 'street', 'postcode'])
  assert.equal(new Set(shipped.rows.map(({ holder }) => holder.erasmusCode)).size, 6142)
  const latvian = shipped.rows.filter(({ holder }) => holder.country === 'LV')
  assert.equal(latvian.length, 44)
  assert.ok(latvian.every(({ holder }) => holder.erasmusCode.startsWith('LV ')))
  assert.ok(shipped.rows.every(({ holder }) => !holder.website?.includes('@')))
})

test('of the official list, three rows are doubtful: one over a border, and two with one organisation ID', () => {
  const { added, doubtful } = compareCharterLists([], shipped)
  assert.equal(added.length, 6139)
  assert.deepEqual(
    doubtful.map(({ holder, doubts }) => [holder.erasmusCode, doubts.map(({ doubt }) => doubt)]),
    [
      ['B  DIEPENB07', ['other-country']],
      ['F  BESANCO35', ['same-oid']],
      ['F  BESANCO36', ['same-oid']]
    ]
  )
  // Once taken over, they are not asked about again.
  const again = compareCharterLists(
    shipped.rows.map(({ holder }) => holder),
    shipped
  )
  assert.equal(again.unchanged.length, 6142)
})

test('a row is read whole, and what is no website is left out with a note', async () => {
  const { list: read } = await list(
    riga,
    riga.replace('www.lu.lv', 'someone@lu.lv').replace('riga01', 'riga02')
  )
  assert.deepEqual(read.broken, [])
  assert.deepEqual(read.rows[0], {
    row: 2,
    notes: [],
    holder: {
      ...{ erasmusCode: 'LV RIGA01', pic: '999877262', oid: 'E10208980', proposal: '101' },
      ...{ legalName: 'Latvijas Universitāte', street: 'Raiņa 19', postcode: 'LV-1586', city: 'Rīga' },
      ...{ country: 'LV', website: 'www.lu.lv', from: '2021-01-01', until: '2029-12-31' }
    }
  })
  assert.equal(read.rows[1]!.holder.website, undefined)
  assert.deepEqual(
    read.rows[1]!.notes.map((note) => rowProblemText(note, t)),
    [
      'Row 3, “Website Url”: someone@lu.lv. This is not a domain. It looks like “lu.lv”: the part of your web address after “www.”, or of your e-mail address after “@”.'
    ]
  )
})

test('a broken row is named with everything that is wrong in it, and never half read', async () => {
  const { list: read } = await list(
    riga,
    '101;RIGA;999877263;E1;;Raiņa 19;LV-1586;Rīga;QQ;www.lu.lv;2021-13-01;2029-12-31',
    '',
    riga.replace('2021-01-01', '2030-01-01')
  )
  assert.deepEqual(
    read.rows.map(({ row }) => row),
    [2]
  )
  assert.deepEqual(
    read.broken.map(({ row, problems }) => [
      row,
      problems.map(({ heading, problem }) => `${heading}: ${problem}`)
    ]),
    [
      [
        3,
        [
          'Legal Name: empty',
          'Erasmus Eche Start: not-a-date',
          'Erasmus Code: erasmus-code-form',
          'PIC: pic-check',
          'OID: oid-form',
          'Country Cd: country-unknown'
        ]
      ],
      [5, ['Erasmus Eche End: ends-before']]
    ]
  )
  assert.equal(
    rowProblemText(read.broken[1]!.problems[0]!, t),
    'Row 5, “Erasmus Eche End”: 2029-12-31. The charter would end before it begins.'
  )
})

test('another spreadsheet is refused, naming the columns it lacks', async () => {
  const result = await readCharterList(new TextEncoder().encode('Name,City\nA,B'))
  assert.ok('problem' in result && result.problem === 'columns')
  assert.deepEqual(result.found, ['Name'])
  assert.deepEqual(result.missing.slice(0, 2), ['Erasmus Code', 'PIC'])
})

test('the next edition: what is new, changed, ended and doubtful', async () => {
  const other = (changes: Record<string, string>) =>
    Object.entries(changes).reduce((text, [from, to]) => text.replace(from, to), riga)
  const rtu = { riga01: 'riga02', '999877262': '999894819', E10208980: 'E10209057', Latvijas: 'Tehniskā' }
  const gone = { riga01: 'riga03', '999877262': '948821603', E10208980: 'E10000001' }
  const renamed = { riga01: 'riga04', '999877262': '999660855', E10208980: 'E10000002' }
  const known = await list(riga, other(rtu), other(gone), other(renamed))
  const next = await list(
    other({ E10208980: 'E10208981' }),
    other({ ...rtu, 'Raiņa 19': 'Ķīpsalas 6A', Rīga: 'Rīga' }),
    other({ ...renamed, riga01: 'riga14' }),
    other({ riga01: 'riga05', '999877262': '879130401', E10208980: '' })
  )
  const compared = compareCharterLists(
    known.list.rows.map(({ holder }) => holder),
    next.list
  )
  assert.deepEqual(
    compared.added.map(({ row, holder }) => [row, holder.erasmusCode]),
    [[5, 'LV RIGA05']]
  )
  assert.deepEqual(
    compared.changed.map(({ holder, changes }) => [holder.erasmusCode, changes]),
    [['LV RIGA02', [{ field: 'street', before: 'Raiņa 19', after: 'Ķīpsalas 6A' }]]]
  )
  assert.deepEqual(
    compared.ended.map(({ erasmusCode }) => erasmusCode),
    ['LV RIGA03']
  )
  assert.deepEqual(
    compared.doubtful.map(({ row, doubts }) => [row, doubts.map((doubt) => charterDoubtText(doubt, t))]),
    [
      [2, ['So far this Erasmus code had another organisation ID (E10208980): perhaps another institution.']],
      [4, ['So far this PIC or organisation ID had another Erasmus code (LV RIGA04): perhaps renamed.']]
    ]
  )
})
