import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../tests/database.ts'
import type { Database } from '../database/index.ts'
import { quiet } from '../jobs/jobs-log.ts'
import { type Mail, type MailServer, queueMail, startPostman } from './index.ts'
import { startMailServer, startTarpit } from '../../../tests/mail-server.ts'

const sender = { name: 'Kopā', address: 'kopa@example.eu' }
const site = 'https://kopa.example.eu'
const patience = { every: 50, most: 100, attempt: 15_000, silence: 10_000, farewell: 300 }
// With a server that keeps it waiting.
const impatience = { attempt: 1500, silence: 400 }

const toMaria: Mail = {
  to: 'maria@skola.example',
  language: 'lv',
  kind: 'test.greeting',
  subject: 'Sveika, Marija! Āčēģīķļņšūž',
  paragraphs: ['Jūsu skola ir pieteikta.', { items: ['viens', 'divi'] }],
  link: { label: 'Atvērt ierakstu', href: '/lv/organisations/7' }
}

const at = (port: number, more: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port,
  encryption: 'if-offered',
  login: undefined,
  ...more
})

type Postman = { server: MailServer | undefined; until?: (messages: Outbox) => boolean; patience?: object }

/** Lets a postman work until the outbox looks as wanted. */
async function work(database: Database, { server, until = allDone, patience: more }: Postman) {
  const route = server && { server, sender }
  const postman = startPostman({ database, log: quiet, route, site, patience: { ...patience, ...more } })
  try {
    for (let tries = 0; tries < 1200; tries++) {
      const messages = await outbox(database)
      if (until(messages)) return messages
      await setTimeout(25)
    }
    throw new Error(`The outbox never got there: ${JSON.stringify(await outbox(database))}`)
  } finally {
    await postman.stop()
  }
}

type Outbox = Awaited<ReturnType<typeof outbox>>

const allDone = (messages: Outbox) => messages.every(({ state }) => !['waiting', 'sending'].includes(state))
const someIs = (wanted: string) => (messages: Outbox) => messages.some(({ state }) => state === wanted)

const outbox = (database: Database) =>
  database
    .selectFrom('mail.message')
    .select(['id', 'recipient', 'state', 'attempts', 'failure', 'answer', 'content'])
    .orderBy('queued_at')
    .orderBy('id')
    .execute()

/** Makes what was put off due now. */
const hurry = (database: Database) =>
  sql`update mail.message set next_attempt_at = clock_timestamp() where state = 'waiting'`.execute(database)

test('Maria reads her mail in Latvian, as plain text and as a page, and can reach what it is about', () =>
  withDatabase(async (database) => {
    await using server = await startMailServer()
    await queueMail(database, toMaria)
    const [message] = await work(database, { server: at(server.port) })
    const mail = server.mails[0]!
    assert.equal(mail.subject, 'Sveika, Marija! Āčēģīķļņšūž')
    assert.deepEqual(mail.from, { name: 'Kopā', address: 'kopa@example.eu' })
    assert.deepEqual(
      mail.to?.map(({ address }) => address),
      ['maria@skola.example']
    )
    assert.match(
      mail.text!,
      /Jūsu skola ir pieteikta\.\n\n- viens\n- divi\n\nAtvērt ierakstu:\nhttps:\/\/kopa\.example\.eu\/lv\/organisations\/7/
    )
    assert.match(mail.html!, /<html lang="lv"/)
    assert.match(mail.html!, /<a class="button" href="https:\/\/kopa\.example\.eu\/lv\/organisations\/7"/)
    assert.equal(mail.messageId, `<${message!.id}@example.eu>`)
    const headers = new Map(mail.headers.map(({ key, value }) => [key, value]))
    assert.equal(headers.get('auto-submitted'), 'auto-generated')
    assert.equal(headers.get('list-unsubscribe'), undefined)
    assert.equal(message!.state, 'sent')
  }))

test('whoever follows something can stop it from their mail program', () =>
  withDatabase(async (database) => {
    await using server = await startMailServer()
    const unsubscribe = { href: '/lv/calls/7/following', oneClick: '/api/v1/following/7/end' } as const
    await queueMail(database, { ...toMaria, unsubscribe })
    await work(database, { server: at(server.port) })
    const headers = new Map(server.mails[0]!.headers.map(({ key, value }) => [key, value]))
    assert.equal(headers.get('list-unsubscribe'), '<https://kopa.example.eu/api/v1/following/7/end>')
    assert.equal(headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    assert.match(
      server.mails[0]!.text!,
      /Vairs nesaņemt šādas vēstules: https:\/\/kopa\.example\.eu\/lv\/calls\/7\/following/
    )
  }))

test('a name with line breaks, marks of direction and markup stays a name', () =>
  withDatabase(async (database) => {
    await using server = await startMailServer()
    const name = 'Skola\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>\u202Egpj.exe\u2066 & “Co”'
    await queueMail(database, { ...toMaria, subject: `Uzaicina ${name}`, paragraphs: [name] })
    await work(database, { server: at(server.port) })
    const mail = server.mails[0]!
    assert.equal(mail.subject, 'Uzaicina Skola Bcc: all@example.org <script>alert(1)</script> gpj.exe & “Co”')
    assert.equal(mail.bcc, undefined)
    assert.equal(mail.to?.length, 1)
    assert.ok(!mail.html!.includes('<script>'))
    assert.ok(mail.html!.includes('&lt;script&gt;alert(1)&lt;/script&gt;'))
  }))

for (const to of [
  'a@example.org\r\nBcc: b@example.org',
  'a@example.org, b@example.org',
  'Maria <a@example.org>',
  'a@exam\u202Eple.org',
  '"a b"@example.org',
  'example.org',
  `${'a'.repeat(250)}@example.org`
]) {
  test(`no mail goes to ${JSON.stringify(to.slice(0, 40))}`, () =>
    withDatabase(async (database) => {
      await assert.rejects(queueMail(database, { ...toMaria, to }), /No address/)
      assert.deepEqual(await outbox(database), [])
    }))
}

test('mail waits while the mail server is down, and all of it arrives once when it is back', () =>
  withDatabase(async (database) => {
    const gone = await startMailServer()
    await gone[Symbol.asyncDispose]()
    for (let n = 0; n < 20; n++) await queueMail(database, { ...toMaria, to: `p${n}@skola.example` })
    const down = await work(database, {
      server: at(gone.port),
      until: (messages) => !someIs('sending')(messages) && messages.some(({ attempts }) => attempts > 0)
    })
    assert.ok(down.every(({ state }) => state === 'waiting'))
    await using back = await startMailServer({ port: gone.port })
    const sent = await work(database, { server: at(gone.port) })
    assert.ok(sent.every(({ state }) => state === 'sent'))
    assert.equal(new Set(back.mails.map(({ messageId }) => messageId)).size, 20)
    assert.equal(back.mails.length, 20)
  }))

test('what a mail server that is down said is shown, and costs only the first mail an attempt', () =>
  withDatabase(async (database) => {
    for (let n = 0; n < 5; n++) await queueMail(database, { ...toMaria, to: `p${n}@skola.example` })
    const tried = (messages: Outbox) => messages.filter(({ attempts }) => attempts > 0)
    const postman = startPostman({
      database,
      log: quiet,
      route: { server: at(1), sender },
      site,
      patience: { ...patience, most: 60_000 }
    })
    while (tried(await outbox(database)).length === 0) await setTimeout(20)
    await setTimeout(100)
    await postman.stop()
    const one = tried(await outbox(database))
    assert.equal(one.length, 1)
    assert.match(one[0]!.answer!, /ECONNREFUSED/)
  }))

test('an address that is refused for good fails with the server’s words, and the others get their mail', () =>
  withDatabase(async (database) => {
    await using server = await startMailServer({
      recipient: (address) =>
        address.startsWith('nobody') ? { code: 550, text: '5.1.1 No such user' } : undefined
    })
    for (const to of ['nobody@skola.example', 'jonas@skola.example', 'ana@skola.example'])
      await queueMail(database, { ...toMaria, to })
    const messages = await work(database, { server: at(server.port) })
    const refused = messages.find(({ recipient }) => recipient === 'nobody@skola.example')!
    assert.equal(refused.state, 'failed')
    assert.equal(refused.failure, 'refused')
    assert.match(refused.answer!, /550.*No such user/)
    assert.equal(server.mails.length, 2)
  }))

test('a mail that is put off is tried again later, and is given up after five days', () =>
  withDatabase(async (database) => {
    let calm = false
    await using server = await startMailServer({
      recipient: () => (calm ? undefined : { code: 451, text: '4.7.1 Greylisted, come back' })
    })
    await queueMail(database, toMaria)
    await queueMail(database, { ...toMaria, to: 'jonas@skola.example' })
    const tried = (messages: Outbox) =>
      messages.every(({ state, attempts }) => state !== 'sending' && attempts > 0)
    const put = await work(database, { server: at(server.port), until: tried })
    assert.deepEqual(
      put.map(({ state, attempts }) => [state, attempts]),
      [
        ['waiting', 1],
        ['waiting', 1]
      ]
    )
    // Not due yet: nobody knocks again.
    const before = server.connections()
    await work(database, { server: at(server.port), until: tried })
    await setTimeout(150)
    assert.equal(server.connections(), before)

    await sql`update mail.message set queued_at = queued_at - interval '6 days'
      where recipient = 'jonas@skola.example'`.execute(database)
    await hurry(database)
    const later = await work(database, {
      server: at(server.port),
      until: (messages) => tried(messages) && someIs('failed')(messages)
    })
    assert.equal(later.find(({ recipient }) => recipient === 'jonas@skola.example')!.failure, 'given-up')
    calm = true
    await hurry(database)
    const [, maria] = (await work(database, { server: at(server.port) })).toSorted((a, b) =>
      a.recipient!.localeCompare(b.recipient!)
    )
    assert.equal(maria!.state, 'sent')
  }))

for (const [what, greeting, answer] of [
  ['says nothing', '', /greeting|time/i],
  ['never ends its answer', '220 welcome\r\n', /abort|time/i]
] as const) {
  test(`a mail server that ${what} holds nobody up for ever`, () =>
    withDatabase(async (database) => {
      await using tarpit = await startTarpit(greeting)
      await queueMail(database, toMaria)
      const began = performance.now()
      // It is stopped in the middle of an attempt, and ends all the same.
      await work(database, {
        server: at(tarpit.port),
        until: () => performance.now() - began > 200,
        patience: impatience
      })
      assert.ok(performance.now() - began < 30_000)
      const [message] = await outbox(database)
      assert.equal(message!.state, 'waiting')
      assert.match(message!.answer!, answer)
    }))
}

test('a server without STARTTLS is told no password and no mail', () =>
  withDatabase(async (database) => {
    let login = false
    await using server = await startMailServer({
      options: {
        disabledCommands: ['STARTTLS'],
        allowInsecureAuth: true,
        onAuth: (auth, _, done) => {
          login = true
          done(null, { user: auth.username })
        }
      }
    })
    await queueMail(database, toMaria)
    const strict = at(server.port, { encryption: 'required', login: { user: 'kopa', password: 'secret' } })
    const [message] = await work(database, {
      server: strict,
      until: (messages) => someIs('waiting')(messages) && server.connections() > 1
    })
    assert.equal(message!.state, 'waiting')
    assert.equal(login, false)
    assert.equal(server.mails.length, 0)
  }))

test('a mail server whose certificate nobody vouches for is told nothing either', () =>
  withDatabase(async (database) => {
    await using server = await startMailServer({ options: { disabledCommands: [] } })
    await queueMail(database, toMaria)
    const [message] = await work(database, {
      server: at(server.port, { encryption: 'required' }),
      until: (messages) => someIs('waiting')(messages) && server.connections() > 1
    })
    assert.match(message!.answer!, /certificate|self.signed/i)
    assert.equal(server.mails.length, 0)
  }))

test('where the answer is lost after the mail was given, it comes again under the same Message-ID', () =>
  withDatabase(async (database) => {
    let lost = 0
    await using server = await startMailServer({ mail: () => (lost++ === 0 ? 'hang up' : undefined) })
    await queueMail(database, toMaria)
    const [message] = await work(database, { server: at(server.port) })
    assert.equal(message!.state, 'sent')
    assert.equal(message!.attempts, 2)
    assert.equal(server.mails.length, 2)
    assert.equal(server.mails[0]!.messageId, server.mails[1]!.messageId)
  }))

test('a mail whose postman was killed is taken up again, and one that is under way is not', () =>
  withDatabase(async (database) => {
    await using server = await startMailServer()
    await queueMail(database, toMaria)
    await queueMail(database, { ...toMaria, to: 'jonas@skola.example' })
    await sql`update mail.message set state = 'sending', next_attempt_at = null, attempts = 1,
      sending_since = clock_timestamp() - case recipient when ${toMaria.to} then interval '6 minutes' else '1 minute' end
    `.execute(database)
    const messages = await work(database, {
      server: at(server.port),
      until: someIs('sent')
    })
    assert.deepEqual(
      messages.map(({ recipient, state, attempts }) => [recipient, state, attempts]).toSorted(),
      [
        ['jonas@skola.example', 'sending', 1],
        ['maria@skola.example', 'sent', 2]
      ]
    )
  }))

test('three hundred mails go over a handful of connections, and two postmen send none twice', () =>
  withDatabase(async (database) => {
    await using server = await startMailServer()
    for (let n = 0; n < 300; n++) await queueMail(database, { ...toMaria, to: `p${n}@skola.example` })
    await Promise.all([1, 2].map(() => work(database, { server: at(server.port) })))
    assert.equal(server.mails.length, 300)
    assert.equal(new Set(server.mails.map(({ messageId }) => messageId)).size, 300)
    // A slow machine lets one close now and then; one for each mail it must never be.
    assert.ok(server.connections() <= 30, `${server.connections()} connections`)
  }))

test('without a mail server mail is kept, and one that is configured later does not get it all at once', () =>
  withDatabase(async (database) => {
    await queueMail(database, toMaria)
    await work(database, { server: undefined, until: someIs('kept') })
    await using server = await startMailServer()
    await queueMail(database, { ...toMaria, to: 'jonas@skola.example' })
    const states = await work(database, { server: at(server.port) })
    assert.deepEqual(states.map(({ state }) => state).toSorted(), ['kept', 'sent'])
  }))

test('a link that has ended is not sent any more', () =>
  withDatabase(async (database) => {
    await using server = await startMailServer()
    await queueMail(database, toMaria)
    await sql`update mail.message set worthless_after = clock_timestamp() - interval '1 minute'`.execute(
      database
    )
    const [message] = await work(database, { server: at(server.port) })
    assert.deepEqual([message!.state, message!.failure], ['failed', 'too-late'])
    assert.equal(server.mails.length, 0)
  }))

test('a link that opens an account is gone from here once it is sent', () =>
  withDatabase(async (database) => {
    await using server = await startMailServer()
    await queueMail(database, { ...toMaria, opens: 'account' })
    await queueMail(database, { ...toMaria, to: 'jonas@skola.example' })
    const messages = await work(database, { server: at(server.port) })
    assert.equal(messages.find(({ recipient }) => recipient === toMaria.to)!.content, null)
    assert.notEqual(messages.find(({ recipient }) => recipient !== toMaria.to)!.content, null)
  }))
