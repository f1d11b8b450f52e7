import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { runningEmbeddedDatabase } from '#shared/database/index.ts'
import { applicationRole, password, role } from '#shared/database/embedded/cluster.ts'
import { auditProblems } from '../deadline/kills.ts'
import { type Filled, fill } from '../deadline/fill.ts'
import { type Product, startProduct } from '../deadline/product.ts'
import type { Writer } from '../deadline/writer.ts'

// Needs a built site.
suite('two servers on one PostgreSQL are one', () => {
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'kopa-two-')))
  let servers: [Product, Product]
  let filled: Filled

  before(async () => {
    const [own, other] = folders as [string, string]
    const first = await startProduct(own)
    servers = [first, await startProduct(other, beside(own))]
    filled = await fill(first.server, { begun: 3, finished: 24 })
  })
  after(async () => {
    // The one that has the database last.
    for (const server of servers.toReversed()) await server.stop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  const ask = async (server: Product, { cookie }: Writer, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${server.origin}/api/v1/${path}`, {
      method,
      headers: { cookie, origin: server.origin, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, any> }
  }
  const save = (server: Product, writer: Writer, base: number, text: string) =>
    ask(server, writer, 'PUT', `applications/${writer.application}/answers/${filled.path}`, {
      base,
      text,
      save: randomUUID()
    })
  const either = (turn: number) => servers[turn % 2]!

  test('whoever is signed in at one is signed in at the other', async () => {
    const [writer] = filled.beginners as [Writer]
    const [one, other] = await Promise.all(servers.map((server) => ask(server, writer, 'GET', 'people/me')))
    assert.equal(one!.status, 200)
    assert.deepEqual(one!.body, other!.body)
  })

  test('words that are written at both at once all stand in the text', async () => {
    const [writer] = filled.beginners as [Writer]
    const words = Array.from({ length: 20 }, (_, at) => `vārds${at}.`)
    const base = await save(servers[0], writer, filled.version, 'Sākums.')
    assert.equal(base.status, 200)
    const { version } = base.body as { version: number }
    const saves = await Promise.all(
      words.map((word, turn) => save(either(turn), writer, version, `Sākums. ${word}`))
    )
    assert.deepEqual(new Set(saves.map(({ status }) => status)), new Set([200]))
    const versions = saves.map(({ body }) => body.version as number).sort((a, b) => a - b)
    assert.deepEqual(
      versions,
      Array.from({ length: 20 }, (_, at) => version + 1 + at)
    )
    const last = await save(servers[1], writer, version, 'Sākums. Beigas.')
    for (const word of words)
      assert.ok((last.body.text as string).includes(word), `${word}: ${last.body.text}`)
  })

  test('who writes at one is seen by who looks at the other, and so is what they write', async () => {
    const [, writer] = filled.beginners as [Writer, Writer]
    const stop = new AbortController()
    const heard = listen(servers[1], writer, stop.signal)
    await heard.until((said) => said.includes('event: versions'))
    const standing = { view: randomUUID(), path: filled.path }
    const there = await ask(
      servers[0],
      writer,
      'POST',
      `applications/${writer.application}/presence`,
      standing
    )
    assert.equal(there.status, 200)
    assert.equal((await save(servers[0], writer, filled.version, 'No otra servera.')).status, 200)
    await heard.until((said) => said.includes('event: saved') && said.includes('otra'))
    await heard.until((said) => said.includes(standing.view))
    stop.abort()
  })

  test('what is handed in at both at once is numbered without a gap, and no form counts twice', async () => {
    const submissions = await Promise.all(
      filled.finishers.flatMap((writer, turn) => {
        const form = { declaration: filled.declaration, form: randomUUID() }
        const path = `applications/${writer.application}/submission`
        // Every third presses twice, and the second time another server answers.
        const times = turn % 3 === 0 ? [turn, turn + 1] : [turn]
        return times.map((at) => ask(either(at), writer, 'POST', path, form))
      })
    )
    assert.deepEqual(new Set(submissions.map(({ status }) => status)), new Set([201]))
    const numbers = new Set(submissions.map(({ body }) => body.number as number))
    assert.deepEqual(
      [...numbers].sort((a, b) => a - b),
      filled.finishers.map((_, at) => at + 1)
    )
    assert.deepEqual(await auditProblems(folders[0]!), [])
  })

  test('a save at one after handing in at the other is refused', async () => {
    const [writer] = filled.finishers as [Writer]
    for (const server of servers)
      assert.equal((await save(server, writer, filled.version, 'Par vēlu.')).status, 409)
  })
})

/** The variables of a second server beside the one that has the database in a data folder. */
function beside(own: string): Record<string, string> {
  const { folder, server } = runningEmbeddedDatabase(own)!
  const { host } = server as { host: string }
  const address = (user: string) =>
    `postgres://${user}:${password(folder, user)}@localhost/${role}?host=${encodeURIComponent(host)}`
  return {
    DATABASE_URL: address(applicationRole),
    KOPA_MIGRATION_DATABASE_URL: address(role),
    KOPA_AUDIT_KEY: join(own, 'audit/key.pem'),
    KOPA_AUDIT_HEADS: join(own, 'audit/heads'),
    KOPA_PEOPLE_KEY: join(own, 'people/key')
  }
}

/** Hears what a server says of an application as it happens. */
function listen(server: Product, { application, cookie }: Writer, signal: AbortSignal) {
  let said = ''
  const reading = (async () => {
    const answer = await fetch(`${server.origin}/api/v1/applications/${application}/live`, {
      headers: { cookie },
      signal
    })
    for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) said += part
  })().catch(() => {})
  const until = async (holds: (said: string) => boolean) => {
    for (let tries = 0; tries < 600 && !holds(said); tries++) {
      await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 50))])
    }
    assert.ok(holds(said), said)
  }
  return { until }
}
