import type { Database } from '#shared/database/index.ts'
import { findFile } from '#shared/files/index.ts'
import type { Written } from './asked.ts'
import type { SealedFile } from './manifest.ts'

/** A file as an answer names it. */
export type NamedFile = { path: string; file: string }

/** The files that answers name. @param asked the paths of all that is asked now */
export function namedIn(answers: Written['answers'], asked: ReadonlySet<string>): NamedFile[] {
  return [...answers].flatMap(([path, { value }]) => {
    const file = (value as { file?: unknown } | null)?.file
    return typeof file === 'string' && asked.has(path) ? [{ path, file }] : []
  })
}

/** Files by what they hold: an answer says which file, its SHA-256 says what is in it. */
export async function filesNamed(database: Database, named: readonly NamedFile[]): Promise<SealedFile[]> {
  const found = await Promise.all(
    named.map(async ({ path, file }): Promise<SealedFile[]> => {
      const stored = await findFile(database, file)
      return stored ? [{ path, name: stored.name, bytes: stored.size, sha256: stored.sha256 }] : []
    })
  )
  return found.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
