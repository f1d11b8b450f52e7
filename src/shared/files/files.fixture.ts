import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { Temporal } from 'temporal-polyfill'
import type { Database } from '../database/index.ts'
import type { ScanResult } from './file.ts'
import type { HoldingFiles } from './file-store.ts'
import { localStorage } from './storage.ts'

/** A place for files in a folder of its own, with a scanner that says what it is told, and a clock that can be set. */
export function filesIn(database: Database) {
  const folder = mkdtempSync(join(tmpdir(), 'kopa-files-'))
  const scanner: { says: ScanResult | undefined; seen: number } = { says: undefined, seen: 0 }
  const time = { ahead: 0 }
  const holding: HoldingFiles = {
    database,
    log: pino({ level: 'silent' }),
    clock: () => Temporal.Now.instant().add({ milliseconds: time.ahead }),
    files: {
      storage: localStorage(join(folder, 'files')),
      incoming: join(folder, 'incoming'),
      get scan() {
        const { says } = scanner
        return says && (async () => (scanner.seen++, says))
      }
    }
  }
  return { folder, holding, scanner, time, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The least that is a PDF. */
export const pdf = (text = '') => new TextEncoder().encode(`%PDF-1.7\n%${text}\n1 0 obj<<>>endobj\n%%EOF\n`)

/** A PDF of so many empty pages. */
export function pdfOf(pages: number): Uint8Array {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 3} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>')
  ]
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')
  return Buffer.from(`%PDF-1.4\n${body}trailer\n<< /Root 1 0 R /Size ${objects.length + 1} >>\n%%EOF\n`)
}
