import { type Zippable, strToU8, zipSync } from 'fflate'

/**
 * A cell that is written. A text is always a text: nothing that somebody wrote is ever computed. A formula is ours,
 * without its equals sign, and stands with its result, which programs show that do not compute.
 */
export type XlsxCell = undefined | string | number | { money: number } | { formula: string; result: number }

/** A sheet that is written: the first row holds the headings. */
export type XlsxSheet = {
  /** At most 31 characters, none of []:*?/\ */
  name: string
  headings: readonly string[]
  rows: readonly (readonly XlsxCell[])[]
  /** In characters. */
  widths?: readonly number[]
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

// The styles of a cell, by their places in styles.xml.
const style = { plain: 0, heading: 1, money: 2, quoted: 3 } as const

/** Writes a workbook (Office Open XML). Formulas are computed again by every program that opens it. */
export function writeXlsx(sheets: readonly XlsxSheet[]): Uint8Array {
  const parts: Zippable = {
    '[Content_Types].xml': xml(contentTypes(sheets)),
    '_rels/.rels': xml(relations([`Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"`])),
    'xl/workbook.xml': xml(workbook(sheets)),
    'xl/_rels/workbook.xml.rels': xml(
      relations([
        ...sheets.map(
          (_, at) => `Id="rId${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"`
        ),
        `Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"`
      ])
    ),
    'xl/styles.xml': xml(styles)
  }
  sheets.forEach((sheet, at) => (parts[`xl/worksheets/sheet${at + 1}.xml`] = xml(sheetXml(sheet))))
  return zipSync(parts, { level: 6 })
}

/** The address of a cell: column and row from 0 → A1. */
export function cellAddress(column: number, row: number): string {
  return `${columnName(column)}${row + 1}`
}

/** The name of a column from 0: A … Z, AA … */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26)
  return `${rest > 0 ? columnName(rest - 1) : ''}${String.fromCharCode(65 + (column % 26))}`
}

/** The name of a sheet as formulas write it. */
export function quotedSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`
}

function xml(text: string): Uint8Array {
  return strToU8(declaration + text)
}

function contentTypes(sheets: readonly XlsxSheet[]): string {
  const part = (name: string, type: string) =>
    `<Override PartName="${name}" ContentType="${types}.${type}+xml"/>`
  return (
    `<Types xmlns="${packages}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    part('/xl/workbook.xml', 'sheet.main') +
    part('/xl/styles.xml', 'styles') +
    sheets.map((_, at) => part(`/xl/worksheets/sheet${at + 1}.xml`, 'worksheet')).join('') +
    '</Types>'
  )
}

function relations(all: readonly string[]): string {
  return `<Relationships xmlns="${packages}/relationships">${all.map((one) => `<Relationship ${one}/>`).join('')}</Relationships>`
}

function workbook(sheets: readonly XlsxSheet[]): string {
  const listed = sheets.map(
    ({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`
  )
  return (
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets>` +
    '<calcPr calcId="0" fullCalcOnLoad="1"/></workbook>'
  )
}

// A text that a program would compute if it were typed has a mark that keeps it a text when it is edited, too.
const styles =
  `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" applyNumberFormat="1" quotePrefix="1"/>' +
  '</cellXfs></styleSheet>'

function sheetXml({ headings, rows, widths }: XlsxSheet): string {
  const columns = (widths ?? []).map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`
  )
  const head = headings.map((text, at) => textCell(cellAddress(at, 0), text, style.heading)).join('')
  const body = rows.map((cells, at) => {
    const inner = cells.map((cell, column) => cellXml(cellAddress(column, at + 1), cell)).join('')
    return `<row r="${at + 2}">${inner}</row>`
  })
  return (
    `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" ` +
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    (columns.length > 0 ? `<cols>${columns.join('')}</cols>` : '') +
    `<sheetData><row r="1">${head}</row>${body.join('')}</sheetData></worksheet>`
  )
}

function cellXml(address: string, cell: XlsxCell): string {
  if (cell === undefined || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`
  if (typeof cell === 'string') {
    return textCell(address, cell, /^[=+\-@\t\r]/.test(cell) ? style.quoted : style.plain)
  }
  if ('money' in cell) return `<c r="${address}" s="${style.money}"><v>${cell.money}</v></c>`
  return `<c r="${address}" s="${style.money}"><f>${escaped(cell.formula)}</f><v>${cell.result}</v></c>`
}

function textCell(address: string, text: string, of: number): string {
  return `<c r="${address}" s="${of}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

/** As XML: marks escaped, characters that XML does not know left out, at most what a cell holds. */
function escaped(text: string): string {
  return text
    .slice(0, 32_767) // not of a guide: characters of a cell
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
