/** What stands as the answer to a question that asks for a file. */
export type GivenFile = {
  /** files.file */
  file: string
  name: string
  /** Bytes. */
  size: number
  /** Of its content, in hexadecimal digits. */
  sha256: string
  /** Pages of a PDF. */
  pages?: number
}

/** Reads an answer as a file that was given; whatever else a machine may have saved there is none. */
export function givenFile(value: unknown): GivenFile | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { file, name, size, sha256, pages } = value as Record<string, unknown>
  if (typeof file !== 'string' || typeof name !== 'string') return undefined
  if (typeof size !== 'number' || typeof sha256 !== 'string') return undefined
  return { file, name, size, sha256, ...(typeof pages === 'number' && { pages }) }
}
