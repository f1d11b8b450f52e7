import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { castOf } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import { personalData as mail } from '#shared/mail/personal-data.ts'
import { newsConsent, whoAgrees } from '../consents.server.ts'
import { zipOf } from '../everything.server.ts'
import { atHome, goodPassword, lettersTo, signedUp } from '../people.fixture.ts'
import { personalData as people } from '../personal-data.ts'
import { personAt, personOf } from '../persons.server.ts'
import { myConsents, myErasure } from '../reads.ts'
import { erasePerson } from './erase-person.ts'
import { exportPerson } from './export-person.ts'
import { makeToken } from './make-token.ts'
import { setConsents } from './set-consents.ts'
import { signIn } from './sign-in.ts'

const email = 'maria@skola.example'
const why = (outcome: unknown) =>
  isRefused(outcome) ? (outcome.problems[0]?.key ?? outcome.refused) : 'done'

function appWith(database: Database, more: readonly PersonalData[] = []) {
  return {
    database,
    personalData: [...more, mail, people],
    clock: () => Temporal.Instant.from('2026-11-25T10:00:00Z'),
    scopes: ['people:read']
  }
}

test('Maria downloads everything about herself: as a page and as data, without any secret in it', () =>
  withDatabase(async (database) => {
    const app = appWith(database)
    const { caller } = await signedUp(database, { name: 'Maria <b>Ozola</b>', email })
    const token = await makeToken(app, caller, { name: '=cmd()', scopes: ['people:read'], days: 7 })
    assert.ok(!isRefused(token))
    const everything = await exportPerson(app, caller)
    assert.ok(!isRefused(everything))
    const files = unzipSync(zipOf(everything, 'lv'))
    const json = strFromU8(files['everything.json']!)
    const page = strFromU8(files['everything.html']!)
    const data = JSON.parse(json) as { people: Record<string, any>; mail: Record<string, any> }
    assert.equal(data.people.email, email)
    assert.equal(data.people.tokens[0].name, '=cmd()')
    assert.ok(data.mail.mails.some(({ kind }: { kind: string }) => kind === 'people.token-made'))
    for (const text of [json, page]) {
      assert.doesNotMatch(text, /argon2|secret|digest|kopa_/i)
      assert.ok(!text.includes(token.token))
    }
    assert.match(page, /Maria &lt;b&gt;Ozola&lt;\/b&gt;/)
    assert.doesNotMatch(page, /<b>|<script/)
    assert.match(page, /^<!doctype html>\n<html lang="lv">/)
    const acts = await database.selectFrom('audit.entry').select('act').execute()
    assert.ok(acts.some(({ act }) => act === 'people.exported'))
  }))

test('everything takes a fresh proof, and is only ever one’s own', () =>
  withDatabase(async (database) => {
    const app = appWith(database)
    const { nobody } = await castOf(database)
    const { caller } = await signedUp(database, { name: 'Maria', email })
    await sql`update people.session set proved_at = clock_timestamp() - interval '1 hour'`.execute(database)
    assert.equal(why(await exportPerson(app, caller)), 'proof')
    assert.equal(why(await erasePerson(app, caller, { email })), 'proof')
    assert.equal(why(await exportPerson(app, nobody)), 'sign-in')
    const byToken = { ...caller, by: { token: 't', scopes: ['people:read', 'people:write'] } }
    assert.equal(why(await exportPerson(app, byToken)), 'not-allowed')
    assert.equal(why(await erasePerson(app, byToken, { email })), 'not-allowed')
  }))

test('Maria is erased: no name, address or proof of hers is left, her roles end, and a last mail goes out', () =>
  withDatabase(async (database) => {
    const app = appWith(database)
    const { maria } = await castOf(database)
    const address = 'maria.ozola@example.org'
    const mine = await myErasure(app, maria)
    assert.ok(!isRefused(mine))
    assert.deepEqual(
      mine.stays.map(({ what, args }) => [what, args]),
      [['people.kept.roles-stay', { count: 1 }]]
    )
    assert.equal(
      why(await erasePerson(app, maria, { email: 'jonas@example.org' })),
      'people.erase.another-address'
    )
    assert.deepEqual(await erasePerson(app, maria, { email: address.toUpperCase() }), {
      erased: maria.person
    })

    assert.equal(await personOf(database, maria.person), undefined)
    assert.equal(await personAt(database, address), undefined)
    for (const table of [
      'people.session',
      'people.known_device',
      'people.password',
      'people.token'
    ] as const) {
      const rows = await database
        .selectFrom(table)
        .select('person')
        .where('person', '=', maria.person)
        .execute()
      assert.deepEqual(rows, [], table)
    }
    const role = await database
      .selectFrom('people.role')
      .selectAll()
      .where('person', '=', maria.person)
      .execute()
    assert.ok(role.every(({ until_at }) => until_at !== null))
    const people = await database.selectFrom('people.person').selectAll().execute()
    assert.doesNotMatch(JSON.stringify(people), /Maria|ozola/)
    const letters = await lettersTo(database, address)
    assert.deepEqual(
      letters.map(({ kind }) => kind),
      ['people.erased']
    )
    const events = await database.selectFrom('events.event').select(['name', 'facts']).execute()
    assert.ok(events.some(({ name }) => name === 'people.erased'))
    // Her address is free again.
    const { caller } = await signedUp(database, { name: 'Maria', email: address })
    assert.notEqual(caller.person, maria.person)
  }))

test('what stands in the way is said by every module at once, and nothing is erased', () =>
  withDatabase(async (database) => {
    const signing: PersonalData = {
      module: 'applications',
      name: 'people.kept.name',
      keeps: [],
      exports: async () => ({}),
      stays: async () => [],
      hinders: async () => ({ field: '', key: 'people.roles.last-administrator' }),
      erases: async () => assert.fail('erased')
    }
    const app = appWith(database, [signing])
    const { liga } = await castOf(database)
    const outcome = await erasePerson(app, liga, { email: 'liga.kalnina@example.org' })
    assert.ok(isRefused(outcome))
    assert.deepEqual(
      outcome.problems.map(({ key }) => key),
      ['people.roles.last-administrator', 'people.erase.only-administrator']
    )
    assert.ok(await personOf(database, liga.person))
  }))

test('an erasure of which one module fails erases nothing', () =>
  withDatabase(async (database) => {
    const failing: PersonalData = {
      ...mail,
      module: 'failing',
      erases: () => Promise.reject(new Error('no'))
    }
    const { caller } = await signedUp(database, { name: 'Maria', email })
    const app = { ...appWith(database), personalData: [people, failing] }
    await assert.rejects(erasePerson(app, caller, { email }), /no/)
    const again = await signIn(app, atHome, { email, password: goodPassword }, { next: '/lv' })
    assert.equal(why(again), 'done')
  }))

test('a consent is given, kept with its words, taken back, and given anew; the log keeps all of it', () =>
  withDatabase(async (database) => {
    const app = appWith(database)
    const { caller } = await signedUp(database, { name: 'Maria', email })
    const set = (agreed: string[]) => setConsents(app, caller, agreed, 'en')
    assert.deepEqual(await set(['people.news', 'everything.else']), { agreed: ['people.news'] })
    assert.deepEqual(await set(['people.news']), { agreed: ['people.news'] })
    assert.ok((await whoAgrees(database, newsConsent, [caller.person])).has(caller.person))
    assert.deepEqual(await set([]), { agreed: [] })
    assert.equal((await whoAgrees(database, newsConsent, [caller.person])).size, 0)
    await set(['people.news'])
    const mine = await myConsents(app, caller)
    assert.ok(!isRefused(mine))
    assert.deepEqual(
      mine.log.map(({ said, withdrawn }) => [said, withdrawn === null]),
      [
        ['You may write to me about what is new in Kopā.', true],
        ['You may write to me about what is new in Kopā.', false]
      ]
    )
    // A new wording is asked for anew.
    const reworded = { ...people, consents: [{ ...newsConsent, version: '2027-01' }] }
    const later = await myConsents({ ...app, personalData: [reworded] }, caller)
    assert.ok(!isRefused(later))
    assert.deepEqual(
      later.offered.map(({ agreed }) => agreed),
      [false]
    )
  }))
