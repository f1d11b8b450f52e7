import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { auditProblems } from '../deadline/kills.ts'
import { fill } from '../deadline/fill.ts'
import { type Product, startProduct } from '../deadline/product.ts'
import { withClient } from '../deadline/with-client.ts'

// Needs a built site. A full disk cannot be had by everybody who runs tests; a folder in which no file can be made is
// the same to PostgreSQL: its log cannot go on, so all of it ends, and does not start either.
test('where there is no room for the log of the database it is said in words, and all goes on once there is', async () => {
  const data = mkdtempSync(join(tmpdir(), 'kopa-no-room-'))
  const log = join(data, 'database/cluster/pg_wal')
  const product = await startProduct(data)
  try {
    const filled = await fill(product.server, { begun: 1, finished: 1 })
    const [writer, finisher] = [filled.beginners[0]!, filled.finishers[0]!]
    const ask = async (path: string, cookie: string, method = 'GET', body?: object) => {
      const accept = path.startsWith('/api/') ? 'application/json' : 'text/html'
      const headers = { cookie, accept, origin: product.origin, 'content-type': 'application/json' }
      const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) }
      const answer = await fetch(`${product.origin}${path}`, sent)
      return { status: answer.status, said: await answer.text() }
    }
    const answers = `/api/v1/applications/${writer.application}/answers/${filled.path}`
    const save = (base: number, text: string) => {
      const body = { base, text, save: randomUUID() }
      return () => ask(answers, writer.cookie, 'PUT', body)
    }
    const form = { declaration: filled.declaration, form: randomUUID() }
    const handIn = () =>
      ask(`/api/v1/applications/${finisher.application}/submission`, finisher.cookie, 'POST', form)

    assert.equal((await save(filled.version, 'Pirms.')()).status, 200)
    const during = save(filled.version + 1, 'Pirms. Laikā.')
    chmodSync(log, 0o500)
    await untilFull(product)
    await until(product, 503)
    for (const refused of [await during(), await handIn()]) {
      assert.ok(refused.status >= 500, JSON.stringify(refused))
      assert.match(refused.said, /tā ir mūsu vaina/)
    }
    const page = await ask(`/lv/applications/${writer.application}`, writer.cookie)
    assert.equal(page.status, 500)
    assert.match(page.said, /Mūsu pusē radās kļūda/)
    // It is tried again and again, and stays away.
    await setTimeout(4000)
    assert.equal((await ask('/healthz', '')).status, 503)

    chmodSync(log, 0o700)
    await until(product, 200)
    const [kept, again] = [await during(), await during()]
    assert.deepEqual([kept.status, again.status], [200, 200])
    const { version } = JSON.parse(kept.said) as { version: number }
    assert.equal((JSON.parse(again.said) as { version: number }).version, version)
    const { said } = await ask(answers, writer.cookie)
    assert.match(said, /Pirms\. Laikā\./)
    const [receipt, same] = [await handIn(), await handIn()]
    assert.equal(receipt.status, 201, receipt.said)
    assert.equal(
      (JSON.parse(same.said) as { number: number }).number,
      (JSON.parse(receipt.said) as { number: number }).number
    )
    assert.deepEqual(await auditProblems(data), [])
  } finally {
    chmodSync(log, 0o700)
    await product.stop()
    rmSync(data, { recursive: true, force: true })
    rmSync(`${data}.log`, { force: true })
  }
})

/** Writes until PostgreSQL needs another file for its log, and ends. */
async function untilFull({ server }: Product): Promise<void> {
  const ended = withClient(server, async (client) => {
    for (;;) await client.query(`select pg_logical_emit_message(true, '', ''); select pg_switch_wal()`)
  })
  await assert.rejects(ended)
}

async function until({ origin }: Product, status: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++, await setTimeout(100)) {
    if ((await fetch(`${origin}/healthz`)).status === status) return
  }
  throw new Error(`Its health never was ${status}.`)
}
