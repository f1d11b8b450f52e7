import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import dns2 from 'dns2'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { testNetwork } from '#shared/outbound/network.fixture.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { callerAgain, castOf, personActing } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { askForDomainProof } from '../actions/ask-for-domain-proof.ts'
import { checkDomainProof } from '../actions/check-domain-proof.ts'
import { confirmDomainMail } from '../actions/confirm-domain-mail.ts'
import { recheckDomainProofs } from '../actions/recheck-domain-proofs.ts'
import { appOf, done, registered } from '../organisations.fixture.ts'
import { showOrganisation } from '../reads.ts'
import { showDomains } from '../reads.server.ts'
import { changesOf } from '../record/record-history.server.ts'
import { holdsProof, proofLine } from './domain-proof.ts'
import { lookForProof } from './look-for-proof.server.ts'
import { isSharedHost } from './shared-hosts.ts'

const domain = 'berzaine.example.lv'

/** What the name server says: of a name, its TXT records; null: it does not answer. */
const records = new Map<string, string[] | null>()
let network = testNetwork({})
let close = () => {}

before(async () => {
  const server = dns2.createServer({
    udp: true,
    handle: (request, send) => {
      const response = dns2.Packet.createResponseFromRequest(request)
      const { name } = (request.questions as { name: string }[])[0]!
      const found = records.get(name)
      if (found === null) return
      if (!found) response.header.rcode = 3
      const record = { name, type: dns2.Packet.TYPE.TXT, class: dns2.Packet.CLASS.IN, ttl: 1 }
      for (const data of found ?? []) response.answers.push({ ...record, data } as never)
      send(response)
    }
  })
  await server.listen({ udp: { port: 0, address: '127.0.0.1' } })
  network = testNetwork({ nameServers: [`127.0.0.1:${(server.addresses().udp as AddressInfo).port}`] })
  close = () => void server.close()
})
after(() => close())

async function scene(database: Database) {
  const { ilze, jonas, petra } = await castOf(database)
  const { organisation, code } = await registered(database, ilze)
  return {
    app: { ...appOf(database), network },
    ilze: await callerAgain(database, ilze),
    jonas,
    petra,
    id: organisation,
    code
  }
}

const asked = { domain, method: 'dns', alone: 'on' }
async function levelOf(app: ReturnType<typeof appOf>, caller: SignedIn, id: string) {
  return (await showOrganisation(app, caller, id))!.level
}

test('Ilze has a TXT record set, and it proves that the school runs its domain', () =>
  withDatabase(async (database) => {
    const { app, ilze, id, code } = await scene(database)
    const proof = done(await askForDomainProof(app, ilze, id, asked))
    assert.ok(proof.token?.startsWith(`${code}.`))
    const early = await checkDomainProof(app, ilze, id, proof.id)
    assert.ok(isRefused(early) && early.problems[0]?.key === 'organisations.domain.not-found.dns')
    records.set(`_kopa.${domain}`, ['v=spf1 -all', proofLine(proof.token!)])
    assert.deepEqual(await checkDomainProof(app, ilze, id, proof.id), { domain, level: 'domain-proved' })
    assert.equal(await levelOf(app, ilze, id), 'domain-proved')
    const [change] = await changesOf(database, id)
    assert.deepEqual([change!.act, change!.by], ['domain-proved', ilze.person])
    // Nothing more is written by looking again.
    assert.deepEqual(await checkDomainProof(app, ilze, id, proof.id), { domain, level: 'domain-proved' })
    assert.equal((await changesOf(database, id)).length, 2)
  }))

test('the record of another organisation proves nothing', () =>
  withDatabase(async (database) => {
    const { app, ilze, jonas, id } = await scene(database)
    const proof = done(await askForDomainProof(app, ilze, id, asked))
    records.set(`_kopa.${domain}`, [
      proofLine(`KP-2222-2222.${proof.token!.split('.')[1]}`),
      `x ${proofLine(proof.token!)}`
    ])
    assert.ok(isRefused(await checkDomainProof(app, ilze, id, proof.id)))
    assert.ok(isRefused(await checkDomainProof(app, jonas, id, proof.id)), 'and others do not even look')
    assert.ok(isRefused(await checkDomainProof(app, ilze, id, 'no id')))
  }))

test('a name server that does not answer changes nothing', () =>
  withDatabase(async (database) => {
    const { app, ilze, id } = await scene(database)
    const proof = done(await askForDomainProof(app, ilze, id, asked))
    const silent = testNetwork({ nameServers: ['127.0.0.1:9'] })
    const outcome = await checkDomainProof({ ...app, network: silent }, ilze, id, proof.id)
    assert.ok(isRefused(outcome) && outcome.problems[0]?.key === 'organisations.domain.no-answer.dns')
  }))

test('a file proves it at its very address, and not where that leads on to', async () => {
  const answers: Record<string, [number, string, string?]> = {
    '/.well-known/kopa-organisation.txt': [200, `# Kopā\r\n${proofLine('KP-2.abc')}\r\n`],
    '/wrong': [200, proofLine('KP-2.abcd')],
    '/moved': [302, '', '/.well-known/kopa-organisation.txt'],
    '/broken': [503, proofLine('KP-2.abc')]
  }
  const server = createServer((request, response) => {
    const [status, body, location] = answers[request.url!] ?? [404, '']
    response.writeHead(status, location ? { location } : {}).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const site = testNetwork({ hosts: { [domain]: ['127.0.0.1'] }, ports: [port] })
  const look = (path: string) =>
    lookForProof({ domain, method: 'file', token: 'KP-2.abc' }, site, `http://${domain}:${port}${path}`)
  assert.equal(await look('/.well-known/kopa-organisation.txt'), 'found')
  assert.equal(await look('/wrong'), 'not-found')
  assert.equal(await look('/absent'), 'not-found')
  assert.equal(await look('/moved'), 'no-answer')
  assert.equal(await look('/broken'), 'no-answer')
  // A host that leads into the own network is not asked at all.
  assert.equal(
    await lookForProof({ domain: 'localhost', method: 'file', token: 'KP-2.abc' }, site),
    'no-answer'
  )
  server.close()
  assert.ok(!holdsProof('kopa-organisation=KP-2.abcd', 'KP-2.abc'))
})

test('a mail to the domain proves it by the button behind its link, once', () =>
  withDatabase(async (database) => {
    const { app, ilze, id } = await scene(database)
    const nowhere = await askForDomainProof(app, ilze, id, { ...asked, method: 'mail' })
    assert.ok(isRefused(nowhere) && nowhere.problems[0]?.field === 'mailbox')
    const proof = done(
      await askForDomainProof(app, ilze, id, { ...asked, method: 'mail', mailbox: 'postmaster' })
    )
    assert.equal(proof.token, undefined, 'whoever asks does not see what proves it')
    const mail = await database
      .selectFrom('mail.message')
      .select(['recipient', 'content'])
      .executeTakeFirstOrThrow()
    assert.equal(mail.recipient, `postmaster@${domain}`)
    const secret = mail.content!.link!.href.split('/').at(-1)!
    assert.ok(isRefused(await confirmDomainMail(app, 'invented')))
    assert.deepEqual(await confirmDomainMail(app, secret), { organisation: id, domain })
    assert.equal(await levelOf(app, ilze, id), 'domain-proved')
    const twice = await confirmDomainMail(app, secret)
    assert.ok(isRefused(twice) && twice.problems[0]?.key === 'organisations.domain.link-over')
  }))

test('nobody’s letter-box is flooded', () =>
  withDatabase(async (database) => {
    const { app, ilze, id } = await scene(database)
    const ask = () => askForDomainProof(app, ilze, id, { ...asked, method: 'mail', mailbox: 'info' })
    for (let time = 0; time < 3; time++) done(await ask())
    const outcome = await ask()
    assert.ok(isRefused(outcome) && outcome.refused === 'too-often')
  }))

test('a domain that others share proves nothing by itself, and that is said beforehand', () =>
  withDatabase(async (database) => {
    const { app, ilze, petra, id } = await scene(database)
    const notAlone = await askForDomainProof(app, ilze, id, { domain, method: 'dns' })
    assert.ok(isRefused(notAlone) && notAlone.problems[0]?.key === 'organisations.domain.shared')
    const notTheirs = await askForDomainProof(app, ilze, id, { ...asked, domain: 'lu.lv' })
    assert.ok(isRefused(notTheirs) && notTheirs.problems[0]?.field === 'domain')

    // Another school claims the domain: that takes nothing from whose it is. Once it proves it, it proves neither.
    const proof = done(await askForDomainProof(app, ilze, id, asked))
    const daces = await personActing(database, { name: 'Dace Kļava' })
    const other = await registered(database, daces, {
      name: 'Cēsu mūzikas skola',
      oid: '',
      registerNumber: ''
    })
    records.set(`_kopa.${domain}`, [proofLine(proof.token!)])
    assert.deepEqual(done(await checkDomainProof(app, ilze, id, proof.id)).level, 'domain-proved')
    const dace = await callerAgain(database, daces)
    const second = await askForDomainProof(app, dace, other.organisation, asked)
    assert.ok(isRefused(second) && second.problems[0]?.key === 'organisations.domain.shared')
    const shown = await showDomains(app, dace, other.organisation)
    assert.ok(!isRefused(shown) && shown[0]!.standing === 'shared')
    assert.equal((await showOrganisation(app, petra, other.organisation))!.level, 'self-declared')
  }))

test('mail providers, places for pages and networks are known, with all that lies below them', () => {
  for (const host of ['gmail.com', 'inbox.lv', 'skola.wordpress.com', 'www.facebook.com', 'user.github.io'])
    assert.ok(isSharedHost(host), host)
  for (const own of ['lu.lv', 'r45vsk.lv', 'gmail.com.example.lv', 'notgmail.com', 'com'])
    assert.ok(!isSharedHost(own), own)
})

test('a proof that goes missing is lost after four weeks, and those who sign are told twice', () =>
  withDatabase(async (database) => {
    const { app, ilze, id } = await scene(database)
    const proof = done(await askForDomainProof(app, ilze, id, asked))
    records.set(`_kopa.${domain}`, [proofLine(proof.token!)])
    done(await checkDomainProof(app, ilze, id, proof.id))
    const clock = () => Temporal.Now.instant()
    const setBack = async (column: 'checked_at' | 'missing_since', days: number) => {
      await sql`update organisations.domain_proof set ${sql.ref(column)} = clock_timestamp() - make_interval(days => ${days})`.execute(
        database
      )
    }
    const kinds = async () =>
      (await database.selectFrom('mail.message').select('kind').orderBy('queued_at').execute()).map(
        ({ kind }) => kind
      )
    assert.equal(await recheckDomainProofs({ ...app, clock }), 0, 'it was looked at only now')
    await setBack('checked_at', 8)
    assert.equal(await recheckDomainProofs({ ...app, clock }), 1)
    assert.deepEqual(await kinds(), [])

    records.set(`_kopa.${domain}`, [])
    await setBack('checked_at', 8)
    await recheckDomainProofs({ ...app, clock })
    assert.deepEqual(await kinds(), ['organisations.domain-missing'])
    assert.equal(await levelOf(app, ilze, id), 'domain-proved')
    await setBack('checked_at', 1)
    await recheckDomainProofs({ ...app, clock })
    assert.deepEqual(await kinds(), ['organisations.domain-missing'], 'they are told once')

    await setBack('missing_since', 29)
    await setBack('checked_at', 1)
    await recheckDomainProofs({ ...app, clock })
    assert.deepEqual(await kinds(), ['organisations.domain-missing', 'organisations.domain-lost'])
    assert.equal(await levelOf(app, ilze, id), 'self-declared')
    assert.equal((await changesOf(database, id))[0]!.act, 'domain-proof-lost')
  }))
