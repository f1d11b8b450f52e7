import { Readable } from 'node:stream'
import { mayDownload } from './file.ts'
import { attachment } from './file-name.ts'
import type { DownloadRefusal } from './file-refusal.ts'
import type { HoldingFiles } from './file-store.ts'
import { fileKinds } from './kinds.ts'
import { findFile } from './use-file.ts'

/** Who asks, and how. */
export type DownloadRequest = {
  /** Signed in; undefined: nobody. Whether they may see what the file belongs to was checked before. */
  person: string | undefined
  /** public: anybody may keep a copy for a day, for what everybody may see. private: only the browser that asks. */
  copies: 'public' | 'private'
  /** if-none-match of the request. */
  known?: string | null
}

/**
 * Hands a file out. Nothing in it runs: it is saved, not shown (an image of a page is still drawn), its type comes
 * from our table, and a browser that opens it all the same gives it no rights at all.
 */
export async function downloadFile(
  holding: HoldingFiles,
  id: string,
  request: DownloadRequest
): Promise<Response | DownloadRefusal> {
  const file = await findFile(holding.database, id)
  if (!file) return { refused: 'not-there' }
  if (file.scan.state === 'refused') return { refused: 'infected' }
  if (!mayDownload(file, request.person)) return { refused: 'waiting-for-scan' }
  const etag = `"${file.sha256}"`
  const headers = {
    etag,
    'cache-control': request.copies === 'public' ? 'public, max-age=86400' : 'private, no-cache',
    'content-type': fileKinds[file.kind].type,
    'content-disposition': attachment(file.name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin'
  }
  if (request.known?.split(/\s*,\s*/).includes(etag)) return new Response(null, { status: 304, headers })
  const content = await holding.files.storage.read(file.sha256)
  if (!content) {
    holding.log.error({ file: id, sha256: file.sha256 }, 'the content of a file is missing')
    return { refused: 'not-there' }
  }
  const body = Readable.toWeb(content) as ReadableStream<Uint8Array>
  return new Response(body, { headers: { ...headers, 'content-length': String(file.size) } })
}
