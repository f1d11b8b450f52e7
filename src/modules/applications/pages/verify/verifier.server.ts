import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '#shared/documents/project-folder.ts'

/** The program that checks receipts without us, to take away: one file, readable. */
export function verifier(): Response {
  return new Response(readFileSync(join(projectFolder(), 'tools/verify-receipt.mjs')), {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="verify-receipt.mjs"'
    }
  })
}
