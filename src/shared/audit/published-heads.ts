import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A folder of heads for others to copy: a file a month, notes below each other with an empty line between. Only
 * ever appended to.
 */
export type PublishedHeads = {
  /** @param month as 2026-11 */
  add: (month: string, note: string) => void
  /** Everything in the folder, oldest first. */
  all: () => string[]
  /**
   * Renames what is in the folder: after a restore the log is the backup's, and heads of later entries are none of it.
   * @returns the files as they are called now
   */
  setAside: (moment: string) => string[]
}

export function publishedHeads(folder: string): PublishedHeads {
  const files = () =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => /^heads-\d{4}-\d{2}\.txt$/.test(name))
      .sort()
  return {
    add: (month, note) => {
      mkdirSync(folder, { recursive: true })
      appendFileSync(join(folder, `heads-${month}.txt`), `${note}\n`)
    },
    all: () => files().flatMap((name) => notesIn(readFileSync(join(folder, name), 'utf8'))),
    setAside: (moment) =>
      files().map((name) => {
        const aside = join(
          folder,
          `${name.slice(0, -'.txt'.length)}-before-${moment.replaceAll(':', '')}.txt`
        )
        renameSync(join(folder, name), aside)
        return aside
      })
  }
}

/** The notes of a text: each is what is said, an empty line, and signatures. */
export function notesIn(text: string): string[] {
  const blocks = text.split(/\n\n+/).filter((block) => block.trim() !== '')
  return Array.from(
    { length: Math.floor(blocks.length / 2) },
    (_, at) => `${blocks[2 * at]}\n\n${blocks[2 * at + 1]!.trimEnd()}\n`
  )
}
