import assert from 'node:assert/strict'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { freshDatabase } from '../database.ts'
import { root } from '../structure/project-files.ts'
import { dataFolder, start, type Start } from './starting.ts'

const program = join(root, 'tools/start.js')
const startDemonstration = (environment: Record<string, string>) =>
  start(environment, process.execPath, [program, '--demo'])

/** A database server is there already, and a database in which nobody was before. */
async function emptyPlace(): Promise<{ KOPA_DATA: string; DATABASE_URL: string }> {
  const { address, drop } = await freshDatabase()
  drops.push(drop)
  return { KOPA_DATA: dataFolder(), DATABASE_URL: address }
}

const drops: (() => Promise<void>)[] = []
after(async () => {
  for (const drop of drops) await drop()
})

async function stopped(kopa: Start): Promise<void> {
  kopa.process.kill('SIGTERM')
  assert.equal(await kopa.ended, 0)
}

/** Asks as a browser or another program could: with any headers. */
function ask(
  address: string,
  headers: Record<string, string> = {},
  form?: Record<string, string>
): Promise<{ status: number; text: string; location: string | undefined; cookie: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = form && new URLSearchParams(form).toString()
    const kind = form && {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(address).origin
    }
    const asked = request(
      address,
      { method: form ? 'POST' : 'GET', headers: { accept: 'text/html', ...kind, ...headers } },
      (answer) => {
        let text = ''
        answer.on('data', (part) => (text += part))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            text,
            location: answer.headers.location,
            cookie: answer.headers['set-cookie']?.[0]?.split(';')[0]
          })
        )
      }
    )
    asked.on('error', reject)
    asked.end(sent)
  })
}

test('an operator asks for the demonstration, tries it as Petra, and finds it again after the next plain start', async () => {
  const place = await emptyPlace()
  const first = startDemonstration(place)
  const address = await first.ready
  assert.match(first.printed(), /This is the demonstration/)
  const signedIn = await ask(`${address}en/demo`, {}, { person: 'petra' })
  assert.equal(signedIn.status, 303)
  const { text } = await ask(`${address}en/demo`, { cookie: signedIn.cookie! })
  assert.match(text, /Petra Liepa/)
  assert.match(text, /This is you now/)
  await stopped(first)

  const second = start(place)
  const again = await ask(`${await second.ready}lv`, { cookie: signedIn.cookie! })
  assert.match(again.text, /Demonstrācija: /, 'every page says so')
  assert.match(again.text, /Petra Liepa/, 'the session is still there: nothing was set up anew')
  await stopped(second)
})

test('a demonstration does not start where others could reach it, asked for or remembered', async () => {
  const place = await emptyPlace()
  const open = { HOST: '0.0.0.0', KOPA_ORIGIN: 'https://kopa.example.eu', ...place }
  const refused = startDemonstration(open)
  assert.equal(await refused.ended, 1)
  assert.match(refused.printed(), /serves this machine alone\. HOST is 0\.0\.0\.0/)
  // The refusal decided nothing.
  const asked = startDemonstration({ ...place })
  await asked.ready
  await stopped(asked)
  const remembered = start(open)
  assert.equal(await remembered.ended, 1)
  assert.match(remembered.printed(), /serves this machine alone/)
  const proxied = start({ ...place, KOPA_TRUST_PROXY: 'yes' })
  assert.equal(await proxied.ended, 1)
  assert.match(proxied.printed(), /KOPA_TRUST_PROXY is yes/)
})

test('a request under another name, or through a proxy, is misdirected and lets nobody in', async () => {
  const kopa = startDemonstration(await emptyPlace())
  const address = await kopa.ready
  const elsewhere: Record<string, string>[] = [
    { host: 'kopa.example.eu' },
    { host: '192.0.2.1' },
    { 'x-forwarded-for': '192.0.2.7' },
    { forwarded: 'for=192.0.2.7' }
  ]
  for (const headers of elsewhere) {
    for (const path of ['', 'lv/demo', 'api/openapi.json', 'healthz']) {
      const { status, text } = await ask(`${address}${path}`, headers)
      assert.equal(status, 421, `${path} ${JSON.stringify(headers)}`)
      assert.match(text, /Šī ir demonstrācija[\s\S]*This is a demonstration/)
    }
    const { status, cookie } = await ask(`${address}lv/demo`, headers, { person: 'liga' })
    assert.deepEqual([status, cookie], [421, undefined])
  }
  assert.equal((await ask(`${address}healthz`, { host: 'localhost' })).status, 200)
  await stopped(kopa)
})

test('an installation that was begun without the demonstration offers one elsewhere, and never becomes one', async () => {
  const folder = dataFolder()
  const first = start({ KOPA_DATA: folder })
  const address = await first.ready
  assert.match(first.printed(), /KOPA_DATA=data-demo npm start -- --demo/)
  assert.equal((await ask(`${address}lv/demo`)).status, 404)
  assert.equal((await ask(`${address}lv/demo`, {}, { person: 'liga' })).cookie, undefined)
  assert.doesNotMatch((await ask(`${address}lv`)).text, /Demonstrācija/)
  await stopped(first)
  const refused = startDemonstration({ KOPA_DATA: folder })
  assert.equal(await refused.ended, 1)
  assert.match(
    refused.printed(),
    /begun without the demonstration[^]*KOPA_DATA=data-demo npm start -- --demo/
  )
  const second = start({ KOPA_DATA: folder })
  await second.ready
  assert.doesNotMatch(second.printed(), /--demo/, 'the offer is made once')
  await stopped(second)
})

test('an option that npm start does not have is named', async () => {
  const kopa = start({ KOPA_DATA: dataFolder() }, process.execPath, [program, '--demmo'])
  assert.equal(await kopa.ended, 1)
  assert.match(kopa.printed(), /no option --demmo/)
})
