import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { projectFolder } from '../documents/project-folder.ts'
import type { SheetLimits } from './cells.ts'
import type { XlsxAnswer, XlsxJob } from './xlsx-worker.ts'

/** Megabytes for the thread: several times what it may unpack. */
const memory = 768

const mostAtOnce = 2
const mostWaiting = 20
let reading = 0
const waiting: (() => void)[] = []

/** Reads every sheet of an XLSX file, two files at a time; when many wait already, none is added. */
export async function readXlsx(bytes: Uint8Array, limits: SheetLimits): Promise<XlsxAnswer> {
  if (reading < mostAtOnce) reading++
  else if (waiting.length >= mostWaiting) return { problem: 'busy' }
  // Whoever is done hands their place on.
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await readInThread(bytes, limits)
  } finally {
    const next = waiting.shift()
    if (next) next()
    else reading--
  }
}

/**
 * In a thread of its own, which has little memory and little time: a file made to keep the reader busy ends the
 * thread, not the server.
 */
function readInThread(bytes: Uint8Array, limits: SheetLimits): Promise<XlsxAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(join(projectFolder(), 'src/shared/spreadsheets/xlsx-worker.ts'), {
      workerData: { bytes, limits } satisfies XlsxJob,
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 64 }
    })
    const settle = (answer: XlsxAnswer) => {
      clearTimeout(clock)
      void worker.terminate()
      resolve(answer)
    }
    const clock = setTimeout(() => settle({ problem: 'too-slow' }), limits.milliseconds)
    worker.on('message', settle)
    // Out of memory, or an accident of the parser: either way this file cannot be read.
    worker.on('error', (error: Error & { code?: string }) => {
      const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      settle(
        outOfMemory
          ? { problem: 'too-big-unpacked', limit: limits.unpackedBytes / 1e6 }
          : { problem: 'damaged' }
      )
    })
    worker.on('exit', () => settle({ problem: 'damaged' }))
  })
}
