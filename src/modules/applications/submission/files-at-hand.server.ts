import type { Database } from '#shared/database/index.ts'
import { findFile } from '#shared/files/index.ts'
import type { AnswerAtHand } from './asked.ts'
import type { SealedFile } from './manifest.ts'

/** The files that answers name, by what they hold: an answer says which file, its SHA-256 says what is in it. */
export async function filesIn(
  database: Database,
  answers: ReadonlyMap<string, Pick<AnswerAtHand, 'value'>>
): Promise<SealedFile[]> {
  const named = [...answers].flatMap(([path, { value }]) => {
    const file = (value as { file?: unknown } | null)?.file
    return typeof file === 'string' ? [{ path, file }] : []
  })
  const found = await Promise.all(
    named.map(async ({ path, file }): Promise<SealedFile[]> => {
      const stored = await findFile(database, file)
      return stored ? [{ path, name: stored.name, bytes: stored.size, sha256: stored.sha256 }] : []
    })
  )
  return found.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
