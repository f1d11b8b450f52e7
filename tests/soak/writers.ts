/**
 * Fifteen who write one answer at once for some minutes, through the real server, with lines that break at random; at
 * the end every replica is compared. Run by hand, after `npm run build`:
 *
 *     node tests/soak/writers.ts [minutes]
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type FieldClient, openField } from '../../src/modules/applications/writing/field-client.ts'
import type { Sent } from '../../src/modules/applications/writing/outside.ts'
import type { FieldNow, Heard, Saved } from '../../src/modules/applications/writing/wire.ts'
import { timesWhole } from '../cast/word-writers.ts'
import { fill } from '../deadline/fill.ts'
import { type Product, startProduct } from '../deadline/product.ts'
import type { Writer } from '../deadline/writer.ts'

const writers = 15
const minutes = Number(process.argv[2] ?? 3)

type Counts = { saves: number; lost: number; breaks: number; heard: number; waits: number[] }
type Token = { token: string; gone: boolean }

/** What everybody wrote. */
const everything = new Map<string, Token>()

/** Somebody with a browser of their own: types, cuts and replaces what stands, goes offline and comes back. */
class Somebody {
  readonly field: FieldClient
  readonly tokens: Token[] = []
  #written = 0
  readonly counts: Counts = { saves: 0, lost: 0, breaks: 0, heard: 0, waits: [] }
  online = true
  #stream = new AbortController()
  readonly #name: string
  readonly #address: string
  readonly #headers: Record<string, string>
  readonly #path: string

  constructor(product: Product, writer: Writer, path: string, name: string, start: FieldNow) {
    this.#name = name
    this.#path = path
    this.#address = `${product.origin}/api/v1/applications/${writer.application}`
    this.#headers = { cookie: writer.cookie, origin: product.origin, 'content-type': 'application/json' }
    this.field = openField(
      { version: start.version, text: start.text ?? '' },
      {
        send: (save) => this.#send(save),
        since: (version) => this.#since(version),
        keep: () => {},
        after: (milliseconds, work) => {
          const timer = globalThis.setTimeout(work, milliseconds)
          return () => clearTimeout(timer)
        },
        now: () => performance.now(),
        draw: () => randomUUID()
      },
      { changed: () => {} }
    )
    void this.#listen()
  }

  type(): void {
    const { text } = this.field
    const own = this.tokens.filter(({ gone }) => !gone)
    if (own.length > 8 && Math.random() < 0.45) {
      const token = own[Math.floor(Math.random() * own.length)]!
      const at = text.indexOf(token.token)
      if (at < 0) return
      token.gone = true
      return this.field.type(text.slice(0, at) + text.slice(at + token.token.length))
    }
    if (Math.random() < 0.2) return this.#replace(text)
    // Between words, and often at the very place where everybody writes.
    const places = [0, ...[...text.matchAll(/ā /g)].map(({ index }) => index + 2)]
    const place = Math.random() < 0.3 ? 0 : places[Math.floor(Math.random() * places.length)]!
    const token = this.#write(Math.random() < 0.5 ? '👩‍🏫ā ' : 'ā ')
    this.field.type(text.slice(0, place) + token + text.slice(place))
  }

  /** Another word in the place of somebody's, that others may be replacing, too. */
  #replace(text: string): void {
    const words = [...text.matchAll(/w\d+x\d+ā /g)].slice(0, 5)
    const found = words[Math.floor(Math.random() * words.length)]
    const token = found && everything.get(found[0])
    if (!token) return
    token.gone = true
    const instead = this.#write('ā ')
    this.field.type(text.slice(0, found.index) + instead + text.slice(found.index + token.token.length))
  }

  #write(end: string): string {
    const token = { token: `${this.#name}x${this.#written++}${end}`, gone: false }
    everything.set(token.token, token)
    this.tokens.push(token)
    return token.token
  }

  /** The line breaks for a while; what is on its way may have arrived. */
  async breakLine(milliseconds: number): Promise<void> {
    this.counts.breaks++
    this.online = false
    this.#stream.abort()
    await setTimeout(milliseconds)
    this.online = true
    void this.#listen()
    this.field.retry()
  }

  hangUp(): void {
    this.#stream.abort()
  }

  async #send(save: object): Promise<Sent> {
    if (!this.online) return { outcome: 'unreachable' }
    const began = performance.now()
    try {
      const body = JSON.stringify(save)
      const answer = await fetch(`${this.#address}/answers/${this.#path}`, {
        method: 'PUT',
        headers: this.#headers,
        body
      })
      const saved = (await answer.json()) as Saved
      assert.equal(answer.status, 200, JSON.stringify(saved))
      this.counts.saves++
      this.counts.waits.push(performance.now() - began)
      // The line broke while the answer was on its way, or for no reason.
      if (!this.online || Math.random() < 0.03) {
        this.counts.lost++
        return { outcome: 'unreachable' }
      }
      return { outcome: 'saved', saved }
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error
      return { outcome: 'unreachable' }
    }
  }

  async #since(version: number) {
    if (!this.online) return undefined
    const answer = await fetch(`${this.#address}/answers/${this.#path}?since=${version}`, {
      headers: this.#headers
    })
    const now = (await answer.json()) as FieldNow
    return { version: now.version, delta: now.delta ?? [] }
  }

  async #listen(): Promise<void> {
    const stop = (this.#stream = new AbortController())
    try {
      const answer = await fetch(`${this.#address}/live`, { headers: this.#headers, signal: stop.signal })
      let rest = ''
      for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
        const parts = (rest + part).split('\n\n')
        rest = parts.pop()!
        for (const one of parts) this.#heard(one)
      }
    } catch {
      // Broken on purpose.
    }
  }

  #heard(event: string): void {
    const [, name, data] = /^event: (\S+)\ndata: (.*)$/s.exec(event) ?? []
    if (name === 'versions') {
      const version = (JSON.parse(data!) as Record<string, number>)[this.#path]
      if (version !== undefined) this.field.hear({ version })
    } else if (name === 'saved') {
      const heard = JSON.parse(data!) as Heard
      if (heard.path !== this.#path) return
      this.counts.heard++
      this.field.hear(heard)
    }
  }
}

async function soak(product: Product): Promise<void> {
  const filled = await fill(product.server, { begun: 1, finished: 0 })
  const [writer] = filled.beginners as [Writer]
  const headers = { cookie: writer.cookie, origin: product.origin }
  const address = `${product.origin}/api/v1/applications/${writer.application}/answers/${filled.path}`
  const standing = async () => (await (await fetch(address, { headers })).json()) as FieldNow
  const start = await standing()
  const everybody = Array.from(
    { length: writers },
    (_, at) => new Somebody(product, writer, filled.path, `w${at}`, start)
  )
  const until = performance.now() + minutes * 60_000
  await Promise.all(
    everybody.flatMap((one) => [
      (async () => {
        while (performance.now() < until) {
          one.type()
          await setTimeout(100 + Math.random() * 1400)
        }
      })(),
      (async () => {
        while (performance.now() < until) {
          await setTimeout(2000 + Math.random() * 15_000)
          await one.breakLine(300 + Math.random() * 12_000)
        }
      })()
    ])
  )
  const ended = performance.now()
  const settled = () => everybody.every(({ field }) => field.state === 'saved')
  const newest = async () => {
    const { version } = await standing()
    return everybody.every(({ field }) => field.version === version)
  }
  while (!(settled() && (await newest())) && performance.now() < ended + 90_000) {
    for (const { field } of everybody) if (field.state === 'offline') field.retry()
    await setTimeout(500)
  }
  const quiet = performance.now() - ended
  const { text = '', version } = await standing()
  for (const one of everybody) one.hangUp()
  const same = everybody.filter(({ field }) => field.text === text).length
  const tokens = everybody.flatMap((one) => one.tokens)
  const timesOf = (token: string) => timesWhole(text, token.trim())
  const wrong = tokens.filter(({ token, gone }) => timesOf(token) !== (gone ? 0 : 1))
  const sum = (of: (counts: Counts) => number) => everybody.reduce((all, { counts }) => all + of(counts), 0)
  const waits = everybody.flatMap(({ counts }) => counts.waits).sort((a, b) => a - b)
  const share = (part: number) => Math.round(waits[Math.floor(waits.length * part)]!)
  console.log(
    JSON.stringify({
      ...{ writers, minutes, version, units: text.length, replicasAlike: same },
      ...{ words: tokens.length, cut: tokens.filter(({ gone }) => gone).length },
      wordsLostOrDoubled: wrong.map(({ token }) => `${token} ${timesOf(token)}`),
      ...{ saves: sum(({ saves }) => saves), answersLost: sum(({ lost }) => lost) },
      ...{ linesBroken: sum(({ breaks }) => breaks), heard: sum(({ heard }) => heard) },
      ...{ saveMilliseconds: { p50: share(0.5), p99: share(0.99) }, settledAfter: Math.round(quiet) }
    })
  )
  assert.equal(same, writers)
  assert.equal(wrong.length, 0)
}

const folder = mkdtempSync(join(tmpdir(), 'kopa-soak-'))
const product = await startProduct(folder)
try {
  await soak(product)
} finally {
  await product.stop()
  rmSync(folder, { recursive: true, force: true })
}
