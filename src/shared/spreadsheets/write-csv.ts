import { stringify } from 'csv-stringify/sync'

/** A column of a table that is written. */
export type CsvColumn<Row> = { heading: string; value: (row: Row) => string | number | undefined }

/**
 * Writes a table as CSV (RFC 4180), with the mark by which spreadsheet programs know UTF-8. A text that a program
 * would compute (= + - @, a tab or a carriage return at its beginning) gets an apostrophe before it; numbers stay
 * numbers.
 */
export function writeCsv<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): string {
  const lines: (string | number | undefined)[][] = [columns.map(({ heading }) => heading)]
  for (const row of rows) lines.push(columns.map(({ value }) => value(row)))
  return stringify(lines, {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    quote_record_delimiter: true
  })
}
