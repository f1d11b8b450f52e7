/**
 * Signing in and being recognised: what signing in costs beside the password hash, what a session look-up adds to a
 * request, and better-auth beside it on the same database. `npm run bench people`; needs nothing running.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfiguration } from '../src/configuration.ts'
import { signIn } from '../src/modules/people/actions/sign-in.ts'
import { hashPassword, verifyPassword } from '../src/modules/people/password-hash.server.ts'
import { callerOfSession } from '../src/modules/people/sessions.server.ts'
import { serve } from '../src/server.ts'
import { quantile, sideBySide } from './measure.ts'
import { betterAuth } from './people/better-auth.ts'
import { atMost, figure, table, targetsTable, writeResults } from './report.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 7

const data = mkdtempSync(join(tmpdir(), 'kopa-bench-'))
const read = readConfiguration({ PORT: '0', KOPA_DATA: data, LOG_LEVEL: 'error', KOPA_WORKER: 'none' })
if ('problems' in read) throw new Error(JSON.stringify(read.problems))
const { app, port, stop } = await serve(read.configuration)
try {
  const { database } = app
  const person = { email: 'maria@skola.example', password: 'zaļš ezers vakarā', name: 'Maria Ozola' }
  const encoded = await hashPassword(person.password)
  if (typeof encoded !== 'string') throw new Error('busy')
  const { id } = await database
    .insertInto('people.person')
    .values({ name: person.name, email: person.email, email_confirmed_at: '2026-01-01T00:00:00Z' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await database.insertInto('people.password').values({ person: id, encoded }).execute()
  // As many others as a middling installation has.
  await database
    .insertInto('people.person')
    .values(
      Array.from({ length: 5000 }, (_, at) => ({ name: `Somebody ${at}`, email: `${at}@else.example` }))
    )
    .execute()
  const visit = { source: '192.0.2.7', device: 'Firefox, Linux', knownDevice: undefined }
  const enter = async (knownDevice?: string) => {
    const entered = await signIn({ database }, { ...visit, knownDevice }, person, { next: '/lv' })
    if (!('step' in entered) || entered.step !== 'signed-in') throw new Error(JSON.stringify(entered))
    return entered
  }
  const { session, knownDevice } = await enter()
  const peer = await betterAuth(app.embedded!.server, person)

  const [hash, ours, theirs] = await sideBySide(
    [
      {
        name: 'the password hash alone',
        run: () => verifyPassword(encoded, person.password),
        asynchronous: true
      },
      { name: 'Kopā, sign-in', run: () => enter(knownDevice), asynchronous: true },
      { name: 'better-auth 1.7.25, sign-in, the same hash', run: () => peer.signIn(), asynchronous: true }
    ],
    40,
    rounds
  )
  const [lookUp, peerLookUp] = await sideBySide(
    [
      { name: 'Kopā', run: () => callerOfSession(database, session.secret), asynchronous: true },
      { name: 'better-auth 1.7.25, uncached', run: () => peer.session(), asynchronous: true }
    ],
    400,
    rounds
  )
  console.log(
    table(
      ['signing in', 'p50 ms', 'p99 ms'],
      [hash!, ours!, theirs!].map(({ name, p50, p99 }) => [name, figure(p50), figure(p99)])
    )
  )
  console.log(
    `\n${table(
      ['session look-up, in the process', 'p50 ms', 'p99 ms', 'a second'],
      [lookUp!, peerLookUp!].map(({ name, p50, p99, perSecond }) => [
        name,
        figure(p50),
        figure(p99),
        figure(perSecond)
      ])
    )}`
  )

  const cookie = `kopa-session=${session.secret}`
  const requests = []
  for (const path of ['/api/v1/schemas/eligibility.json', '/en/people/privacy']) {
    const [without, withCookie] = await alternating(path, cookie, quick ? 300 : 2000)
    requests.push({ path, without: quantile(without, 0.5), with: quantile(withCookie, 0.5) })
  }
  console.log(
    `\n${table(
      ['a request, one after another', 'nobody, p50 ms', 'signed in, p50 ms', 'adds'],
      requests.map((one) => [one.path, figure(one.without), figure(one.with), figure(one.with - one.without)])
    )}`
  )
  const targets = [
    atMost('sign-in over the hash alone, p50', 1.25, ours!.p50 / hash!.p50, 'x'),
    ...requests.map((one) => atMost(`${one.path}: a session adds, p50`, 1, one.with - one.without, ' ms'))
  ]
  console.log(`\n${targetsTable(targets)}`)
  writeResults('people', { signIn: [hash, ours, theirs], lookUp: [lookUp, peerLookUp], requests, targets })
  process.exitCode = targets.every(({ met }) => met) ? 0 : 1
  await peer.stop()
} finally {
  await stop()
  rmSync(data, { recursive: true, force: true })
}

/** The same request without and with a session, in turn, so that a noisy neighbour disturbs both alike. */
async function alternating(path: string, cookie: string, count: number): Promise<[number[], number[]]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const began = performance.now()
      get(
        { host: '127.0.0.1', port, path, agent, headers: { accept: 'text/html', ...headers } },
        (response) => {
          if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode}`))
          response.resume().on('end', () => resolve(performance.now() - began))
        }
      ).on('error', reject)
    })
  const times: [number[], number[]] = [[], []]
  // What is compiled only while it answers is not counted.
  for (let warm = 0; warm < 100; warm++) for (const headers of [{}, { cookie }]) await ask(headers)
  for (let turn = 0; turn < count; turn++) {
    times[0].push(await ask({}))
    times[1].push(await ask({ cookie }))
  }
  agent.destroy()
  return times
}
