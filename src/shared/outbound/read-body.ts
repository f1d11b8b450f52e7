import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

const unpackers = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress
}

/**
 * Reads the body of an answer, unpacked, up to a limit that holds for what is sent and for what it unpacks to. More
 * is neither read nor unpacked.
 */
export async function readBody(
  answer: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal
): Promise<Uint8Array<ArrayBuffer> | 'too-large' | 'too-slow' | 'bad-answer'> {
  const announced = Number(answer.headers['content-length'] ?? 0)
  const encoding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const unpacker = encoding === 'identity' ? undefined : unpackers[encoding as keyof typeof unpackers]
  if (announced > maxBytes || (encoding !== 'identity' && !unpacker)) {
    answer.destroy()
    return announced > maxBytes ? 'too-large' : 'bad-answer'
  }
  const parts: Buffer[] = []
  let unpacked = 0
  let sent = 0
  answer.on('data', (part: Buffer) => {
    sent += part.length
    if (sent > maxBytes) answer.destroy(new TooLarge())
  })
  const unpacking = unpacker?.()
  // An answer that breaks off must end what waits for its end.
  answer.on('error', (error) => unpacking?.destroy(error))
  const body: Readable = unpacking ? answer.pipe(unpacking) : answer
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      unpacked += part.length
      if (unpacked > maxBytes) throw new TooLarge()
      parts.push(part)
    }
    return Buffer.concat(parts)
  } catch (error) {
    if (signal.aborted) return 'too-slow'
    return error instanceof TooLarge ? 'too-large' : 'bad-answer'
  } finally {
    answer.destroy()
    unpacking?.destroy()
  }
}

class TooLarge extends Error {}
