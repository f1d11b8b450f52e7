/**
 * One kept-alive HTTP/1.1 connection that asks one thing at a time and reads of the answer only what a generator of
 * load has to know. A tenth of the cost of node:http's client, so that the server is measured and not its visitor.
 */
import { type Socket, connect } from 'node:net'

export type Answer = {
  status: number
  /** As text, latin1: only numbers and names are looked for in it. */
  body: string
  /** By performance.now(). */
  firstByteAt: number
  doneAt: number
}

const endOfHead = '\r\n\r\n'
const endOfChunks = Buffer.from('\r\n0\r\n\r\n')

/** Where requests go. */
export type Place = { host: string; port: number }

export class Connection {
  #place: Place
  #socket: Socket | undefined
  #parts: Buffer[] = []
  #size = 0
  #firstByteAt = 0
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  constructor(place: Place) {
    this.#place = place
  }

  /** Sends a whole request. Rejects when the connection breaks before the answer is there. */
  ask(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      const socket = (this.#socket ??= this.#open())
      socket.write(request)
    })
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  #open(): Socket {
    const socket = connect({ ...this.#place, noDelay: true })
    socket.on('data', (part) => this.#hear(part))
    socket.on('error', () => {})
    socket.on('close', () => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      this.#parts = []
      this.#size = 0
      const waiting = this.#waiting
      this.#waiting = undefined
      waiting?.reject(new Error('the connection broke'))
    })
    return socket
  }

  #hear(part: Buffer): void {
    if (this.#size === 0) this.#firstByteAt = performance.now()
    this.#parts.push(part)
    this.#size += part.length
    const whole = this.#parts.length === 1 ? part : Buffer.concat(this.#parts)
    if (this.#parts.length > 1) this.#parts = [whole]
    const headEnd = whole.indexOf(endOfHead)
    if (headEnd === -1) return
    const head = whole.toString('latin1', 0, headEnd)
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    const bodyAt = headEnd + endOfHead.length
    const complete =
      length !== undefined
        ? whole.length >= bodyAt + Number(length)
        : whole.subarray(-endOfChunks.length).equals(endOfChunks)
    if (!complete) return
    this.#parts = []
    this.#size = 0
    const status = Number(head.slice(9, 12))
    const answer = {
      status,
      body: whole.toString('latin1', bodyAt),
      firstByteAt: this.#firstByteAt,
      doneAt: performance.now()
    }
    if (/\r\nconnection: close/i.test(head)) this.close()
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }
}
