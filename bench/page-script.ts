import { gzipSync } from 'node:zlib'

/** Bytes of script that a page loads, gzipped, with all that its scripts import. */
export async function scriptOf(address: string, headers: Record<string, string> = {}): Promise<number> {
  const html = await (await fetch(address, { headers: { accept: 'text/html', ...headers } })).text()
  const waiting = [
    ...html.matchAll(/<(?:script[^>]*\ssrc|link[^>]*rel="modulepreload"[^>]*\shref)="([^"]+)"/g)
  ].map(([, source]) => new URL(source!, address).href)
  const seen = new Set<string>()
  let bytes = 0
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const script = await (await fetch(next)).text()
    bytes += gzipSync(script).length
    for (const [, imported] of script.matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+\.js)["']/g)) {
      waiting.push(new URL(imported!, next).href)
    }
  }
  return bytes
}
