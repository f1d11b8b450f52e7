import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { fontsInUse, type UnreadableFont } from './fonts.ts'
import { projectFolder } from './project-folder.ts'

/** ua-1: PDF/UA, for reading on a screen. a-2a: PDF/A, to be kept; both are tagged. */
export type PdfStandard = 'ua-1' | 'a-2a'

export type TypesettingJob = {
  id: number
  template: string
  data: string
  at: number
  standard: PdfStandard
}
/** What the thread begins with: the folder of the product, and of an operator's own fonts. */
export type TypesetterStart = { project: string; fonts: string | undefined }
export type TypesettingAnswer =
  { id: number; pdf: Uint8Array } | { id: number; problem: string } | { unreadable: UnreadableFont }

/** A document to typeset. */
export type PdfOrder = {
  /** Path of the template from the folder of the product, such as src/modules/…/check-report.typ. */
  template: string
  /** What the template shows, as plain data. */
  data: unknown
  /** The time that stands in the file, in seconds since 1970. */
  at: number
  /** ua-1 where it is left out. */
  standard?: PdfStandard
}

/** The typesetter is busy with others, or took too long. Nothing was made; it may be asked again. */
export class NoDocument extends Error {
  readonly why: 'busy' | 'too-slow'
  constructor(why: 'busy' | 'too-slow') {
    super(`no document: ${why}`)
    this.why = why
  }
}

const mostWaiting = 20
const timeLimit = 20_000 // not of a guide: milliseconds

let worker: Worker | undefined
let line: Promise<unknown> = Promise.resolve()
let waiting = 0
let lastId = 0

/**
 * Typesets a tagged document, one after another in a thread of its own.
 * @throws NoDocument when too many wait or the time is up; Error when the template itself is wrong
 */
export async function renderPdf(order: PdfOrder, limit = timeLimit): Promise<Uint8Array> {
  if (waiting >= mostWaiting) throw new NoDocument('busy')
  waiting++
  const mine = line.then(() => typeset(order, limit))
  line = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    waiting--
  }
}

function typeset({ template, data, at, standard = 'ua-1' }: PdfOrder, limit: number): Promise<Uint8Array> {
  const typesetter = (worker ??= startWorker())
  const id = ++lastId
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(clock)
      typesetter.off('message', onMessage).off('error', onError)
    }
    const onMessage = (answer: TypesettingAnswer) => {
      if ('unreadable' in answer || answer.id !== id) return
      settle()
      if ('pdf' in answer) resolve(answer.pdf)
      else reject(new Error(`${template}: ${answer.problem}`))
    }
    const onError = (error: unknown) => {
      settle()
      worker = undefined
      reject(error as Error)
    }
    const clock = setTimeout(() => {
      settle()
      worker = undefined
      void typesetter.terminate()
      reject(new NoDocument('too-slow'))
    }, limit)
    typesetter.on('message', onMessage).on('error', onError)
    typesetter.postMessage({
      id,
      template,
      data: JSON.stringify(data),
      at,
      standard
    } satisfies TypesettingJob)
  })
}

function startWorker(): Worker {
  const project = projectFolder()
  const { folder: fonts, onUnreadable } = fontsInUse()
  const started = new Worker(join(project, 'src/shared/documents/typst-worker.ts'), {
    workerData: { project, fonts } satisfies TypesetterStart
  })
  started.on('message', (answer: TypesettingAnswer) => {
    if ('unreadable' in answer) onUnreadable(answer.unreadable)
  })
  // It must not keep a process alive that has nothing else to do.
  started.unref()
  return started
}
