/**
 * People who write and hand in while the ground is pulled away under them, and remember every answer they were given.
 * What was not answered is asked again later, as a browser does: the same save, the same form.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Connection } from './connection.ts'
import type { Filled } from './fill.ts'
import type { Product } from './product.ts'
import { textOf } from './two-kilobytes.ts'
import { type Writer, writing } from './writer.ts'

/** Somebody who saves one text over and over. */
export type Saver = Writer & {
  /** The version they saw last. */
  version: number
  /** What they were told is kept: the text by its version. */
  acknowledged: Map<number, string>
  /** What they sent and heard nothing of. */
  open?: { body: string; text: string }
}

/** Somebody who hands in once. */
export type Submitter = Writer & {
  body: string
  /** What they were told. */
  receipt?: { number: number; sha256: string }
}

type Where = Pick<Product, 'place' | 'origin'>

const savingAtOnce = 48
const submittingAtOnce = 4
/** Milliseconds until somebody who was not answered tries something else. */
const pause = 100
/** So many hand in a second, about. */
const submissions = 170

export class Witness {
  readonly savers: Saver[]
  readonly submitters: Submitter[]
  #filled: Filled
  #saves = 0
  #next = { saver: 0, submitter: 0 }
  #stopped = false

  constructor(filled: Filled) {
    this.#filled = filled
    const { beginners, finishers, version } = filled
    this.savers = beginners.map((writer) => ({ ...writer, version, acknowledged: new Map() }))
    this.submitters = finishers.map((writer) => ({
      ...writer,
      body: JSON.stringify({ declaration: filled.declaration, form: randomUUID() })
    }))
  }

  /** Writes and hands in until told to stop. Whoever is not answered lets it be. */
  async work(where: Where): Promise<void> {
    this.#stopped = false
    const clients = [
      ...Array.from({ length: savingAtOnce }, () =>
        this.#whileWorking(where, (one) => this.#saveNext(where, one))
      ),
      ...Array.from({ length: submittingAtOnce }, () =>
        this.#whileWorking(where, (one) => this.#submitNext(where, one))
      )
    ]
    await Promise.all(clients)
  }

  stop(): void {
    this.#stopped = true
  }

  /** Asks once more what was not answered. Nothing is left open. */
  async settle(where: Where): Promise<{ again: number }> {
    const connection = new Connection(where.place)
    let again = 0
    const begun = this.submitters.slice(0, this.#next.submitter).filter(({ receipt }) => !receipt)
    for (const saver of this.savers.filter(({ open }) => open)) {
      again++
      if (!(await this.#send(where, connection, saver)))
        throw new Error('A save was not kept the second time.')
    }
    for (const submitter of begun) {
      again++
      const said = await this.#submit(where, connection, submitter)
      if (said !== 'done') throw new Error(`Handing in was refused the second time: ${said}`)
    }
    connection.close()
    return { again }
  }

  async #whileWorking(where: Where, turn: (connection: Connection) => Promise<void>): Promise<void> {
    const connection = new Connection(where.place)
    while (!this.#stopped) await turn(connection)
    connection.close()
  }

  async #saveNext(where: Where, connection: Connection): Promise<void> {
    // There are more savers than connections: nobody is met twice at a time.
    const saver = this.savers[this.#next.saver++ % this.savers.length]!
    if (saver.open) return void (await setTimeout(1))
    const text = textOf(this.#saves++)
    saver.open = { text, body: JSON.stringify({ base: saver.version, save: randomUUID(), text }) }
    if (!(await this.#send(where, connection, saver))) await setTimeout(pause)
  }

  async #send(where: Where, connection: Connection, saver: Saver): Promise<boolean> {
    const { text, body } = saver.open!
    const path = `/api/v1/applications/${saver.application}/answers/${this.#filled.path}`
    const answer = await connection
      .ask(writing('PUT', path, where.origin, saver.cookie, body))
      .catch(() => undefined)
    if (answer?.status !== 200) {
      if (answer && answer.status < 500)
        throw new Error(`A save was refused: ${answer.status} ${answer.body}`)
      return false
    }
    const { version } = JSON.parse(answer.body) as { version: number }
    saver.version = version
    saver.acknowledged.set(version, text)
    delete saver.open
    return true
  }

  async #submitNext(where: Where, connection: Connection): Promise<void> {
    await setTimeout((1000 * submittingAtOnce) / submissions)
    if (this.#stopped) return
    const submitter = this.submitters[this.#next.submitter++]
    // Where everybody has handed in, the others write on.
    if (!submitter) return this.#saveNext(where, connection)
    if ((await this.#submit(where, connection, submitter)) !== 'done') await setTimeout(pause)
  }

  async #submit(where: Where, connection: Connection, submitter: Submitter): Promise<string> {
    const path = `/api/v1/applications/${submitter.application}/submission`
    const answer = await connection
      .ask(writing('POST', path, where.origin, submitter.cookie, submitter.body))
      .catch(() => undefined)
    if (answer?.status !== 201) {
      if (answer && answer.status < 500)
        throw new Error(`Handing in was refused: ${answer.status} ${answer.body}`)
      return `${answer?.status} ${answer?.body}`
    }
    const { number, sha256 } = JSON.parse(answer.body) as { number: number; sha256: string }
    submitter.receipt = { number, sha256 }
    return 'done'
  }
}
