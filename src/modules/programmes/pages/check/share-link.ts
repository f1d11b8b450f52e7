/**
 * The state of the page in its address: a consortium as compact JSON, deflated, in base64url. Nothing is stored on the
 * server, so there is nothing to leak and nothing to delete. The same code packs in browser and server.
 */

/** A longer link is not made: servers and proxies refuse long addresses (our own from 32 kB on, with all headers). */
export const longestLink = 24_000 // not of a guide: characters

/** Far above what 200 partners need; a link that unpacks to more is not read further. */
const mostUnpacked = 1_048_576

/** @returns undefined when the link would be too long */
export async function packed(value: unknown): Promise<string | undefined> {
  const stream = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  const link = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return link.length > longestLink ? undefined : link
}

/** @returns undefined when the link is damaged, or unpacks to more than any consortium has */
export async function unpacked(link: string): Promise<{ value: unknown } | undefined> {
  if (link.length > longestLink || !/^[\w-]+$/.test(link)) return undefined
  try {
    const binary = atob(link.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const text = await inflated(bytes)
    return text === undefined ? undefined : { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > mostUnpacked) {
      await reader.cancel()
      return undefined
    }
    parts.push(value)
  }
  return new Blob(parts as BlobPart[]).text()
}
