/**
 * Makes src/modules/organisations/identifiers/nuts-2021.json out of Eurostat's list of NUTS codes:
 *
 *     node tools/import-nuts.js nuts-2021.csv    (NUTS_ID;NAME_LATN, one region a line)
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const target = join(import.meta.dirname, '../src/modules/organisations/identifiers/nuts-2021.json')
const rows = readFileSync(process.argv[2], 'utf8')
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.split(';'))
  .filter(([code, name]) => code && name)
// The list also names every country of the world; only those divided into regions are part of NUTS.
const divided = new Set(rows.filter(([code]) => code.length > 2).map(([code]) => code.slice(0, 2)))
const regions = new Map()
for (const [code, name] of rows) {
  // Some countries stand in it twice, first in their own language.
  if (divided.has(code.slice(0, 2)) && !regions.has(code)) regions.set(code, name.trim())
}
const sorted = [...regions].sort(([one], [other]) => (one < other ? -1 : 1))

writeFileSync(target, `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`)
process.stdout.write(`${sorted.length} regions\n`)
