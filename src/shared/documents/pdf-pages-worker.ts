import { parentPort, workerData } from 'node:worker_threads'
import { getDocumentProxy } from 'unpdf'
import type { PagesAnswer } from './pdf-pages.ts'

parentPort!.postMessage(await pagesOf(workerData as Uint8Array))

async function pagesOf(pdf: Uint8Array): Promise<PagesAnswer> {
  try {
    const { numPages } = await getDocumentProxy(pdf, { verbosity: 0 })
    return { pages: numPages }
  } catch (error) {
    return { problem: (error as Error).name === 'PasswordException' ? 'closed' : 'unreadable' }
  }
}
