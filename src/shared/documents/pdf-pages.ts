import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { projectFolder } from './project-folder.ts'

/** How many pages a document has, or why nobody knows: it cannot be read, or is closed by a password. */
export type PagesAnswer = { pages: number } | { problem: 'unreadable' | 'closed' }

const timeLimit = 10_000 // not of a guide: milliseconds
const memoryLimit = 256 // not of a guide: megabytes

/**
 * Counts the pages of a PDF, in a thread of its own that ends with the document: one that is made to be read for
 * ever, or to fill the memory, takes nothing else along.
 */
export function countPages(pdf: Uint8Array, limit = timeLimit): Promise<PagesAnswer> {
  const worker = new Worker(join(projectFolder(), 'src/shared/documents/pdf-pages-worker.ts'), {
    workerData: pdf,
    resourceLimits: { maxOldGenerationSizeMb: memoryLimit }
  })
  return new Promise<PagesAnswer>((resolve) => {
    const clock = setTimeout(() => resolve({ problem: 'unreadable' }), limit)
    worker.once('message', resolve)
    worker.once('error', () => resolve({ problem: 'unreadable' }))
    worker.once('exit', () => {
      clearTimeout(clock)
      resolve({ problem: 'unreadable' })
    })
  }).finally(() => worker.terminate())
}
