import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { castOf, signIn } from '../cast/cast.ts'
import { type RunningSite, startSite } from '../running-site.ts'

let site: RunningSite
before(async () => {
  site = await startSite()
})
after(() => site.stop())

/** A request as a browser or an attacker could send it, with any headers. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}
): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${site.address}${path}`,
      { method: options.method ?? 'GET', headers: options.headers },
      (answer) => {
        let text = ''
        answer.on('data', (part) => (text += part))
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }))
      }
    )
    asked.on('error', reject)
    asked.end(options.body)
  })
}

test('the operator asks whether the process and the database are well', async () => {
  const { status, text, headers } = await ask('/healthz')
  assert.equal(status, 200)
  assert.deepEqual(JSON.parse(text), { process: 'ok', database: 'ok', version: site.app.version })
  assert.equal(headers['cache-control'], 'no-store')
})

test('every answer carries the security headers, whoever gives it', async () => {
  const page = await ask('/lv', { headers: { accept: 'text/html' } })
  const asset = /(?:href|src)="([^"]*_app\/immutable\/[^"]+)"/.exec(page.text)?.[1]
  assert.ok(asset, 'the page names a file of the site')
  for (const path of [
    '/lv',
    '/lv/no-such-page',
    '/healthz',
    '/api/no-such-endpoint',
    new URL(asset, `${site.address}/lv`).pathname
  ]) {
    const { headers } = await ask(path)
    assert.equal(headers['x-content-type-options'], 'nosniff', path)
    assert.equal(headers['referrer-policy'], 'same-origin', path)
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path)
    assert.match(String(headers['permissions-policy']), /geolocation=\(\)/, path)
    assert.equal(headers['strict-transport-security'], undefined, `${path}: plain http`)
  }
})

test('a form of another site is refused, whatever that site claims to be', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const post = (headers: Record<string, string>) =>
    ask('/lv/components', { method: 'POST', headers: { ...form, ...headers }, body: 'a=b' })
  const own = await post({ origin: site.address })
  assert.notEqual(own.status, 403)
  const port = new URL(site.address).port
  const claims: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { origin: 'https://evil.example', 'x-kopa-host': 'evil.example', 'x-kopa-protocol': 'https' },
    // A name of the attacker's that leads here (DNS rebinding).
    { origin: `http://evil.example:${port}`, host: `evil.example:${port}` }
  ]
  for (const headers of claims) {
    assert.equal((await post(headers)).status, 403, JSON.stringify(headers))
  }
})

test('the API takes a browser’s session from our own pages alone, whatever another site claims to be', async () => {
  const { ilze } = await castOf(site.app.database)
  const cookie = await signIn(site, ilze)
  const post = (headers: Record<string, string>) =>
    ask('/api/v1/eligibility-checks', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, ...headers },
      body: '{}'
    })
  assert.equal((await post({ origin: site.address })).status, 422)
  const claims: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example', 'x-kopa-host': 'evil.example', 'x-kopa-protocol': 'https' },
    { origin: site.address, 'content-type': 'text/plain' }
  ]
  for (const headers of claims) assert.equal((await post(headers)).status, 403, JSON.stringify(headers))
})

test('Jonas opens a shared link that is 20 000 characters long', async () => {
  const { status } = await ask(`/lv?consortium=${'x'.repeat(20_000)}`)
  assert.equal(status, 200)
})

test('more than 1 MB for the API is refused with a limit, announced or not', async () => {
  const body = Buffer.alloc(1_200_000, 'x')
  const ways: Record<string, string>[] = [
    { 'content-length': String(body.length) },
    { 'transfer-encoding': 'chunked' }
  ]
  for (const headers of ways) {
    const {
      status,
      text,
      headers: answered
    } = await ask('/api/v1/eligibility-checks', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body
    })
    assert.equal(status, 413, JSON.stringify(headers))
    assert.match(String(answered['content-type']), /^application\/problem\+json/)
    assert.match(text, /1 MB/)
    const [problem] = (JSON.parse(text) as { problems: { message: { lv: string } }[] }).problems
    assert.match(problem!.message.lv, /ierakstītais paliek/)
  }
})
