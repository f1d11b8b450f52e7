import { type Zippable, strToU8, zipSync } from 'fflate'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** An XLSX workbook with one sheet, for tests. Texts are written into the cells; a Date needs style 1. */
export function workbook(rows: (string | number | Date | null)[][]): Uint8Array {
  return workbookOf(`<sheetData>${rows.map(rowXml).join('')}</sheetData>`)
}

/** A workbook around the XML of a sheet, with whatever else is to be packed in. */
export function workbookOf(sheet: string, others: Zippable = {}): Uint8Array {
  return zipSync({
    '[Content_Types].xml': strToU8(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
    ),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>`
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>` +
        `<Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`
    ),
    'xl/styles.xml': strToU8(
      `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`
    ),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet xmlns="${main}">${sheet}</worksheet>`),
    ...others
  })
}

function rowXml(cells: (string | number | Date | null)[], at: number): string {
  const row = at + 1
  const inner = cells.map((cell, column) => {
    const address = `${String.fromCharCode(65 + column)}${row}`
    if (cell === null) return ''
    if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`
    if (cell instanceof Date) {
      // Days since 30 December 1899.
      return `<c r="${address}" s="1"><v>${cell.valueOf() / 86_400_000 + 25_569}</v></c>`
    }
    return `<c r="${address}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
  })
  return `<row r="${row}">${inner.join('')}</row>`
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
