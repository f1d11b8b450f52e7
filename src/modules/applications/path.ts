/**
 * The address of a field within an application:
 *
 * - `project.summary` a question of a section
 * - `work-packages.k3j9x2ab.title` a question in a row of a section that repeats
 * - `profile@<participant>.background`, `staff@<participant>.k3j9x2ab.name` the same, of a section that each
 *   participant answers for itself
 * - `work-packages`, `staff@<participant>` which rows there are, in their order
 */
export type Path = {
  section: string
  participant?: string | undefined
  row?: string | undefined
  /** Left out: the list of rows. */
  question?: string | undefined
}

const pattern =
  /^([a-z][a-z0-9-]{0,60})(?:@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?(?:\.([a-z0-9]{8}))?(?:\.([a-z][A-Za-z0-9-]{0,60}))?$/

/**
 * Reads a path. A part of eight letters or digits that another part follows is a row; standing last it is a question.
 * @returns undefined when it is none
 */
export function readPath(text: string): Path | undefined {
  const found = pattern.exec(text)
  if (!found) return undefined
  const [, section, participant, row, question] = found
  const last = question ?? row
  if (row !== undefined && question === undefined && !/^[a-z]/.test(row)) return undefined
  return {
    section: section!,
    ...(participant !== undefined && { participant }),
    ...(question !== undefined && row !== undefined && { row }),
    ...(last !== undefined && { question: last })
  }
}

/** Writes a path. */
export function writePath({ section, participant, row, question }: Path): string {
  const whose = participant === undefined ? section : `${section}@${participant}`
  const at = row === undefined ? whose : `${whose}.${row}`
  return question === undefined ? at : `${at}.${question}`
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** The id of a new row: eight letters or digits, never used again. */
export function newRow(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join('')
}
