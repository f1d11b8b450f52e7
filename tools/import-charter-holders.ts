/**
 * Makes the copy of the facts that is shipped out of the European Commission's list of charter holders:
 *
 *     node tools/import-charter-holders.ts accredited-heis-2026-04-08.xlsx 2026-04-08
 *
 * Kept are the columns that tell institutions apart. E-mail addresses that stand in place of a website are left out.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  charterHeadings,
  readCharterList
} from '../src/modules/organisations/import/read-charter-list.server.ts'
import type { CharterField, CharterHolder } from '../src/modules/organisations/import/charter-holder.ts'
import { writeCsv } from '../src/shared/spreadsheets/write-csv.ts'

const [file, edition] = process.argv.slice(2)
if (!file || !/^\d{4}-\d\d-\d\d$/.test(edition ?? '')) throw new Error('Give the spreadsheet and its date.')

const kept: CharterField[] = [
  'erasmusCode',
  'pic',
  'oid',
  'legalName',
  'city',
  'country',
  'website',
  'from',
  'until'
]
const read = await readCharterList(readFileSync(file))
if ('problem' in read) throw new Error(JSON.stringify(read))
if (read.list.broken.length > 0) throw new Error(JSON.stringify(read.list.broken))

const holders = read.list.rows
  .map(({ holder }) => holder)
  .sort((one, other) => (one.erasmusCode < other.erasmusCode ? -1 : 1))
const columns = kept.map((field) => ({
  heading: charterHeadings[field],
  value: (holder: CharterHolder) => holder[field]
}))
const target = join(
  import.meta.dirname,
  `../programmes/erasmus-plus/parameters/charter-holders-${edition}.csv.gz`
)
const packed = gzipSync(writeCsv(columns, holders), { level: 9 })
writeFileSync(target, packed)
process.stdout.write(`${holders.length} holders, ${packed.length} bytes\n`)
