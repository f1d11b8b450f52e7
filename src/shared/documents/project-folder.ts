import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of the product. The site's bundle lies elsewhere than its sources, so it is looked for upwards. */
export function projectFolder(from = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'src/shared/documents/typst-worker.ts'))) return folder
    if (folder === dirname(folder)) throw new Error(`no sources of the product above ${from}`)
  }
}
