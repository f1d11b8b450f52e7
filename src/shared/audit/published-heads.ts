import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
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
}

export function publishedHeads(folder: string): PublishedHeads {
  return {
    add: (month, note) => {
      mkdirSync(folder, { recursive: true })
      appendFileSync(join(folder, `heads-${month}.txt`), `${note}\n`)
    },
    all: () =>
      (existsSync(folder) ? readdirSync(folder) : [])
        .filter((name) => /^heads-\d{4}-\d{2}\.txt$/.test(name))
        .sort()
        .flatMap((name) => notesIn(readFileSync(join(folder, name), 'utf8')))
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
