/**
 * Archives in the tar format (POSIX 1003.1-2001, “pax”), written and read as a stream, so that a backup can be
 * opened without Kopā: tar xzf FILE.
 */

/** One file of an archive. `size` is exact: `content` gives so many bytes. */
export type TarFile = {
  name: string
  size: number
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

const block = 512
const largestOctal = 0o77777777777

/** Archives files, in their order. */
export async function* writeTar(files: AsyncIterable<TarFile>): AsyncGenerator<Uint8Array> {
  for await (const { name, size, content } of files) {
    if (Buffer.byteLength(name) > 100 || size > largestOctal) {
      const records = Buffer.from(paxRecord('path', name) + paxRecord('size', String(size)))
      yield header('pax-header', records.length, 'x')
      yield padded(records)
    }
    yield header(Buffer.from(name).subarray(0, 100).toString('latin1'), Math.min(size, largestOctal), '0')
    let written = 0
    for await (const part of content) {
      written += part.length
      yield part
    }
    if (written !== size)
      throw new Error(`${name} changed while it was copied: ${written} bytes instead of ${size}`)
    yield Buffer.alloc(paddingAfter(size))
  }
  yield Buffer.alloc(2 * block)
}

/** Length, key and value; the length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  let length = bytes + String(bytes).length
  if (String(length).length > String(bytes).length) length = bytes + String(length).length
  return `${length}${rest}`
}

function header(name: string, size: number, type: '0' | 'x'): Buffer {
  const bytes = Buffer.alloc(block)
  bytes.write(name, 0, 100, 'latin1')
  bytes.write('0000600\0', 100) // mode
  bytes.write('0000000\0', 108) // owner
  bytes.write('0000000\0', 116) // group
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  bytes.write('00000000000\0', 136) // time: none, the manifest says when
  bytes.write('        ', 148) // the checksum counts as blanks while it is computed
  bytes.write(type, 156)
  bytes.write('ustar\0', 257)
  bytes.write('00', 263)
  bytes.write(`${sumOf(bytes).toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

const sumOf = (bytes: Buffer) => bytes.reduce((sum, byte) => sum + byte, 0)

const paddingAfter = (size: number) => (block - (size % block)) % block

const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(paddingAfter(bytes.length))])

/** An archive that ends too early or is no archive. */
export class DamagedArchive extends Error {}

/**
 * Reads an archive. The content of each file has to be read, or is skipped, before the next one comes.
 * @throws DamagedArchive
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const source = new Source(bytes)
  let extended: Record<string, string> = {}
  for (;;) {
    const head = await source.exactly(block)
    // The end; but what carries the archive has a checksum of its own, which comes last.
    if (head.every((byte) => byte === 0)) return await source.drain()
    checkSum(head)
    const size = Number(extended.size ?? parseInt(textIn(head, 124, 12), 8))
    if (String.fromCharCode(head[156]!) === 'x') {
      extended = paxRecords(await source.exactly(size))
      await source.exactly(paddingAfter(size))
      continue
    }
    let left = size
    const content = (async function* () {
      while (left > 0) {
        const part = await source.atMost(left)
        left -= part.length
        yield part
      }
    })()
    yield { name: extended.path ?? head.toString('utf8', 0, 100).replace(/\0.*$/s, ''), size, content }
    for await (const part of content) void part
    await source.exactly(paddingAfter(size))
    extended = {}
  }
}

function checkSum(head: Buffer): void {
  const noted = parseInt(textIn(head, 148, 8), 8)
  const blank = Buffer.from(head)
  blank.write('        ', 148)
  if (sumOf(blank) !== noted) throw new DamagedArchive('a header does not have its checksum')
}

function textIn(bytes: Buffer, from: number, length: number): string {
  return bytes.toString('latin1', from, from + length).replace(/[\0 ].*$/s, '')
}

function paxRecords(bytes: Buffer): Record<string, string> {
  const records: Record<string, string> = {}
  for (let at = 0; at < bytes.length;) {
    const length = parseInt(bytes.toString('latin1', at, at + 20), 10)
    const [key, value] = bytes.toString('utf8', bytes.indexOf(0x20, at) + 1, at + length - 1).split(/=(.*)/s)
    if (!length || key === undefined || value === undefined)
      throw new DamagedArchive('a long name cannot be read')
    records[key] = value
    at += length
  }
  return records
}

/** Bytes of a stream, taken as many at a time as one needs. */
class Source {
  #parts: AsyncIterator<Uint8Array>
  #rest: Buffer = Buffer.alloc(0)

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#parts = bytes[Symbol.asyncIterator]()
  }

  /** At least one byte, at most `most`. */
  async atMost(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) await this.#more()
    const taken = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(taken.length)
    return taken
  }

  async exactly(count: number): Promise<Buffer> {
    const taken: Buffer[] = []
    for (let left = count; left > 0; left -= taken.at(-1)!.length) taken.push(await this.atMost(left))
    return Buffer.concat(taken)
  }

  async drain(): Promise<void> {
    while (!(await this.#parts.next()).done);
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#parts.next()
    if (done) throw new DamagedArchive('it ends too early')
    this.#rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
}
