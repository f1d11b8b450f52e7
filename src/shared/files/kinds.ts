/** The kinds of files that are ever taken, known by their content. What is not here is refused. */
export const fileKinds = {
  pdf: { type: 'application/pdf', extension: 'pdf' },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extension: 'docx'
  },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extension: 'xlsx' },
  pptx: {
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extension: 'pptx'
  },
  odt: { type: 'application/vnd.oasis.opendocument.text', extension: 'odt' },
  ods: { type: 'application/vnd.oasis.opendocument.spreadsheet', extension: 'ods' },
  odp: { type: 'application/vnd.oasis.opendocument.presentation', extension: 'odp' },
  /** Documents with their electronic signatures (ETSI EN 319 162-1); an .edoc of Latvia is one. */
  asice: { type: 'application/vnd.etsi.asic-e+zip', extension: 'asice', known: 'ASiC-E, EDOC' },
  png: { type: 'image/png', extension: 'png' },
  jpeg: { type: 'image/jpeg', extension: 'jpg' },
  webp: { type: 'image/webp', extension: 'webp' },
  gif: { type: 'image/gif', extension: 'gif' },
  csv: { type: 'text/csv; charset=utf-8', extension: 'csv' },
  txt: { type: 'text/plain; charset=utf-8', extension: 'txt' }
} as const

export type FileKind = keyof typeof fileKinds

/** Documents people write or scan. */
export const documentKinds: readonly FileKind[] = ['pdf', 'docx', 'odt', 'png', 'jpeg']
/** Tables. */
export const tableKinds: readonly FileKind[] = ['xlsx', 'ods', 'csv']
/** Pictures. SVG is none of them: it can hold script. */
export const imageKinds: readonly FileKind[] = ['png', 'jpeg', 'webp', 'gif']
