import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { projectFolder } from './project-folder.ts'

/** How many pages a document has, or why nobody knows: it cannot be read, or is closed by a password. */
export type PagesAnswer = { pages: number } | { problem: 'unreadable' | 'closed' }

const timeLimit = 10_000 // not of a guide: milliseconds
const memoryLimit = 256 // not of a guide: megabytes
// What is unpacked lies outside of the heap, where no limit of a thread holds it: it is looked at.
const unpackedLimit = 300_000_000 // not of a guide: bytes
const lookEvery = 50
const atOnce = 2

let running = 0
const waiting: (() => void)[] = []

/**
 * Counts the pages of a PDF, in a thread of its own that ends with the document: one that is made to be read for
 * ever, or to fill the memory, takes nothing else along. Two are counted at once, the others wait.
 */
export async function countPages(pdf: Uint8Array, limit = timeLimit): Promise<PagesAnswer> {
  if (running === atOnce) await new Promise<void>((next) => waiting.push(next))
  else running++
  try {
    return await counted(pdf, limit)
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

function counted(pdf: Uint8Array, limit: number): Promise<PagesAnswer> {
  const worker = new Worker(join(projectFolder(), 'src/shared/documents/pdf-pages-worker.ts'), {
    workerData: pdf,
    resourceLimits: { maxOldGenerationSizeMb: memoryLimit }
  })
  let clock: ReturnType<typeof setTimeout> | undefined
  let look: ReturnType<typeof setInterval> | undefined
  return new Promise<PagesAnswer>((resolve) => {
    clock = setTimeout(() => resolve({ problem: 'unreadable' }), limit)
    look = setInterval(() => {
      void worker.getHeapStatistics().then(
        (held) => held.external_memory > unpackedLimit && resolve({ problem: 'unreadable' }),
        () => undefined
      )
    }, lookEvery)
    worker.once('message', resolve)
    worker.once('error', () => resolve({ problem: 'unreadable' }))
    worker.once('exit', () => resolve({ problem: 'unreadable' }))
  }).finally(() => {
    clearTimeout(clock)
    clearInterval(look)
    return worker.terminate()
  })
}
