/**
 * Europe and its neighbours as tiles, one a country: the column and row of each, from the north-west. Roughly where
 * the countries lie, so that eyes find them; no borders, no sizes.
 */
const rows: readonly string[] = [
  'IS .. .. .. NO SE FI .. .. ..',
  '.. FO .. .. .. .. EE RU .. ..',
  'IE GB .. .. DK .. LV BY .. ..',
  '.. .. BE NL DE PL LT UA .. ..',
  '.. FR LU CH CZ SK .. MD .. ..',
  'AD MC .. LI AT HU RO .. GE AZ',
  'PT ES .. IT SI HR RS BG AM ..',
  '.. .. SM VA .. BA XK MK TR ..',
  '.. .. .. .. .. ME AL GR .. ..',
  '.. .. .. MT .. .. .. .. CY ..',
  'MA DZ TN LY EG PS IL JO LB SY'
]

export const tileColumns = 10
export const tileRows = rows.length

/** Country → column and row, from 0. */
export const tiles: ReadonlyMap<string, { column: number; row: number }> = new Map(
  rows.flatMap((codes, row) =>
    codes
      .split(' ')
      .map((code, column) => [code, { column, row }] as const)
      .filter(([code]) => code !== '..')
  )
)
