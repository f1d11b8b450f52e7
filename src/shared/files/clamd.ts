import { createReadStream } from 'node:fs'
import { type Socket, connect } from 'node:net'
import type { ScanResult } from './file.ts'

/** Where ClamAV's daemon listens. */
export type ClamdAddress = { host: string; port: number } | { path: string }

const usualPatience = 60_000 // not of a guide: milliseconds
const longestAnswer = 4096
const partSize = 65_536

/**
 * Has a file scanned by clamd (INSTREAM: the file is sent, so the daemon need not reach our folders). Only a clear
 * yes or no is one; after everything else the file waits.
 */
export async function scanByClamd(
  address: ClamdAddress,
  file: string,
  patience = usualPatience
): Promise<ScanResult> {
  const socket = connect(address)
  const answer = answerOf(socket, patience)
  // Sending and listening at once: clamd answers early when it has seen enough.
  send(socket, file).catch((error: Error) => socket.destroy(error))
  try {
    return read(await answer)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // It shuts the door on a file that is too large, and its answer may be lost with it.
    const brokeOff = (code === 'EPIPE' || code === 'ECONNRESET') && socket.bytesWritten > partSize
    return { scan: brokeOff ? 'unable' : 'unavailable', why: code ?? message }
  } finally {
    socket.destroy()
  }
}

async function send(socket: Socket, file: string): Promise<void> {
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      socket.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
  await write(Buffer.from('zINSTREAM\0'))
  for await (const part of createReadStream(file, { highWaterMark: partSize }) as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(part.length)
    await write(Buffer.concat([length, part]))
  }
  await write(Buffer.alloc(4))
}

function answerOf(socket: Socket, patience: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const clock = setTimeout(() => reject(new Error('no answer in time')), patience)
    const settle = (work: () => void) => {
      clearTimeout(clock)
      work()
    }
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      answer += part
      if (answer.length > longestAnswer) settle(() => reject(new Error('no clamd')))
      else if (answer.includes('\0')) settle(() => resolve(answer.slice(0, answer.indexOf('\0'))))
    })
    // What was said counts, even if the connection broke while we were still sending.
    socket.on('error', (error) => settle(() => (answer ? resolve(answer) : reject(error))))
    socket.on('close', () => settle(() => reject(new Error('closed without an answer'))))
  })
}

function read(answer: string): ScanResult {
  if (answer === 'stream: OK') return { scan: 'clean' }
  const finding = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (finding) return { scan: 'found', finding: finding.slice(0, 200) }
  // “INSTREAM size limit exceeded. ERROR”: the file's matter. Anything else does not come from clamd.
  return { scan: / ERROR$/.test(answer) ? 'unable' : 'unavailable', why: answer.slice(0, 200) }
}
