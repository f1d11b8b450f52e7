import { parentPort, workerData } from 'node:worker_threads'
import { zipSync } from 'fflate'
import readXlsxFile from 'read-excel-file/universal'
import type { Cell, Grid, SheetLimits } from './cells.ts'
import type { SheetProblem } from './sheet-problem.ts'
import { readZipParts, unpack } from './zip-parts.ts'

/** What the thread is given, and what it answers: every sheet, or why there is none. */
export type XlsxJob = { bytes: Uint8Array; limits: SheetLimits }
export type XlsxAnswer = Grid[] | SheetProblem

// Started by read-xlsx.ts for one file, with little memory and little time.
parentPort?.postMessage(await readXlsx(workerData as XlsxJob))

async function readXlsx({ bytes, limits }: XlsxJob): Promise<XlsxAnswer> {
  const parts = readZipParts(bytes)
  if ('problem' in parts) return parts
  const names = [...parts.keys()]
  if (names.some((name) => /vbaProject|\/macrosheets\//i.test(name))) return { problem: 'macros' }
  if (!parts.has('xl/workbook.xml')) {
    const openDocument = parts.has('mimetype') && parts.has('content.xml')
    return { problem: openDocument ? 'open-document' : 'not-a-spreadsheet' }
  }
  // Pictures, printer settings and whatever else is packed in stay packed.
  const needed = names.filter((name) =>
    /^(\[Content_Types\]\.xml|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/.test(
      name
    )
  )
  const unpacked = unpack(parts, needed, limits.unpackedBytes)
  if ('problem' in unpacked) return unpacked
  return lookOver(unpacked, limits) ?? readParts(unpacked)
}

/** What the parser would fall for: declarations of entities, macros under another name, sheets without end. */
function lookOver(unpacked: Map<string, Uint8Array>, limits: SheetLimits): SheetProblem | undefined {
  for (const [name, content] of unpacked) {
    const xml = new TextDecoder().decode(content)
    if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return { problem: 'damaged' }
    if (name === '[Content_Types].xml' && /macroEnabled/i.test(xml)) return { problem: 'macros' }
    if (!name.startsWith('xl/worksheets/')) continue
    const refused = tooWide(xml, limits)
    if (refused) return refused
  }
  return undefined
}

/** Every reference to a row or a cell: a single one far away would make the parser fill what lies between. */
function tooWide(xml: string, limits: SheetLimits): SheetProblem | undefined {
  // Written as “&#49;048576”, a number would pass unseen.
  if (/\sr\s*=\s*["'][^"']{0,100}&/.test(xml)) return { problem: 'damaged' }
  let [lastRow, lastColumn] = [0, 0]
  for (const [, letters, number] of xml.matchAll(/\sr\s*=\s*["']\s*([A-Za-z]*)(\d*)/g)) {
    lastRow = Math.max(lastRow, Number(number))
    if (letters) lastColumn = Math.max(lastColumn, columnNumber(letters))
    if (lastRow > limits.rows) return { problem: 'too-many-rows', limit: limits.rows }
    if (lastColumn > limits.columns) return { problem: 'too-many-columns', limit: limits.columns }
  }
  return lastRow * lastColumn > limits.cells ? { problem: 'too-many-cells', limit: limits.cells } : undefined
}

async function readParts(unpacked: Map<string, Uint8Array>): Promise<XlsxAnswer> {
  // Packed anew, so that the parser sees what was looked over and nothing else.
  const archive = zipSync(Object.fromEntries([...unpacked].map(withErrorsAsText)), { level: 0 })
  try {
    const sheets = await readXlsxFile(archive.buffer as ArrayBuffer, {
      // More digits than a number can hold belong to a code, not to a quantity.
      parseNumber: (text): string | number => (/^\d{16,}$/.test(text) ? text : Number(text))
    })
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((row) => row.map((cell) => (cell ?? undefined) as Cell))
    }))
  } catch {
    // The parser ends with one error or another where it meets what it does not expect (a cell without an address).
    return { problem: 'damaged' }
  }
}

/** The parser leaves a cell with a failed formula out; as text (#REF!) it is kept, and told to the person. */
function withErrorsAsText([name, content]: [string, Uint8Array]): [string, Uint8Array] {
  if (!name.startsWith('xl/worksheets/')) return [name, content]
  const xml = new TextDecoder().decode(content)
  return [name, new TextEncoder().encode(xml.replace(/(<c\b[^>]*\st=)(["'])e\2/g, '$1$2str$2'))]
}

/** A is 1, Z 26, AA 27. */
function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}
