import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { rolesOf } from '#server/people'
import { callerAgain } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { accepted, atWork, whyNot } from '../../../../tests/cast/bodies-at-work.ts'
import { insteadOfWhom, officersOf } from '../officers.server.ts'
import { substitutionsOf } from '../substitution.server.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { bookAdvice } from './book-advice.ts'
import { endSubstitution } from './end-substitution.ts'
import { nameSubstitute } from './name-substitute.ts'

const away = { body: 'lv-viaa', from: '2020-01-01', until: '2020-12-31', reason: 'Atvaļinājums' }
// Roles are in force by the database's clock, which is the real one.
const longAgo = '2019-12-01T12:00:00Z'

test('Petra names Ieva: what Ieva does as substitute is recorded as done instead of Petra', () =>
  withDatabase(async (database) => {
    const { app, petra, ieva, school } = await atWork(database)
    const holidays = { body: 'lv-viaa', from: '2026-11-25', until: '2027-11-24', colleague: ieva.person }
    const named = accepted(await nameSubstitute(app, petra, holidays))
    assert.equal(named.standsIn, 'at-once')
    const role = 'role' in named ? named.role : ''
    // In force by the database's clock, whatever the day is on which this test runs.
    await database
      .updateTable('people.role')
      .set({ from_at: '2020-01-01T00:00:00Z', until_at: '2099-01-01T00:00:00Z' })
      .where('id', '=', role)
      .execute()
    const stands = (await officersOf(database, 'lv-viaa')).find((one) => one.role === role)
    assert.equal(stands?.insteadOf?.person, petra.person)
    const asSubstitute = {
      ...ieva,
      acting: { id: role, role: 'officer' as const, body: 'lv-viaa' }
    }
    assert.equal(await insteadOfWhom(database, asSubstitute), petra.person)
    const { advice } = accepted(
      await bookAdvice(app, asSubstitute, {
        body: 'lv-viaa',
        organisation: school.code,
        on: '2026-11-20',
        how: 'call',
        edition: '2026',
        topic: 'Budžets'
      })
    )
    const [entry] = await database
      .selectFrom('audit.entry')
      .select('payload')
      .where('subject_id', '=', advice)
      .execute()
    assert.equal((entry!.payload as { insteadOf?: string }).insteadOf, petra.person)
  }))

test('Somebody outside the body stands in once they accept, within the days only', () =>
  withDatabase(async (database) => {
    const { app: now, petra, ilze } = await atWork(database)
    const app = { ...now, clock: () => Temporal.Instant.from('2026-11-25T12:00:00Z') }
    const named = accepted(
      await nameSubstitute(app, petra, {
        body: 'lv-viaa',
        from: '2096-01-01',
        until: '2096-01-31',
        email: 'ilze.berzina@example.org'
      })
    )
    assert.equal(named.standsIn, 'once-accepted')
    const mail = await database.selectFrom('mail.message').selectAll().execute()
    const secret = /link=([\w-]+)/.exec(JSON.stringify(mail.at(-1)!.content))![1]!
    accepted(await acceptInvitation(app, ilze, secret))
    const roles = (await rolesOf(database, ilze.person)).map(({ held }) => held.role)
    assert.ok(!roles.includes('officer'))
    assert.deepEqual(
      (await substitutionsOf(database, 'lv-viaa')).map(({ officer, substitute, from }) => [
        officer,
        substitute,
        from
      ]),
      [[petra.person, ilze.person, '2095-12-31T23:00:00Z']]
    )
  }))

test('Dates in the wrong order, over already or too far apart are refused, and so is oneself', () =>
  withDatabase(async (database) => {
    const { app, petra, ieva } = await atWork(database)
    const name = (given: object) =>
      nameSubstitute(app, petra, {
        body: 'lv-viaa',
        from: '2026-12-01',
        until: '2026-12-24',
        colleague: ieva.person,
        ...given
      })
    assert.deepEqual(whyNot(await name({ until: '2026-11-30' })), [
      'invalid',
      'until: directory.substitute.order'
    ])
    assert.deepEqual(whyNot(await name(away)), ['invalid', 'until: directory.substitute.past'])
    assert.deepEqual(whyNot(await name({ until: '2028-01-01' })), [
      'invalid',
      'until: directory.substitute.too-long'
    ])
    assert.deepEqual(whyNot(await name({ colleague: petra.person })), [
      'invalid',
      'colleague: directory.substitute.oneself'
    ])
    assert.deepEqual(whyNot(await name({ email: 'x@example.org' })), [
      'invalid',
      'colleague: directory.substitute.one-of-two'
    ])
  }))

test('Ieva may not send Petra on leave; Juris of JSPA may not even ask', () =>
  withDatabase(async (database) => {
    const { app, petra, ieva, juris } = await atWork(database)
    const given = {
      body: 'lv-viaa',
      officer: petra.acting!.id,
      from: '2026-12-01',
      until: '2026-12-24',
      colleague: ieva.person
    }
    assert.deepEqual(whyNot(await nameSubstitute(app, ieva, given)), [
      'not-now',
      'directory.officers.only-head'
    ])
    assert.deepEqual(whyNot(await nameSubstitute(app, juris, given)), ['not-allowed'])
  }))

test('Petra is back early: the substitution ends, and the role with it', () =>
  withDatabase(async (database) => {
    const { app: now, petra, ieva, juris } = await atWork(database)
    const app = { ...now, clock: () => Temporal.Instant.from(longAgo) }
    accepted(
      await nameSubstitute(app, petra, {
        ...away,
        from: '2090-01-01',
        until: '2090-06-30',
        colleague: ieva.person
      })
    )
    const [substitution] = await substitutionsOf(database, 'lv-viaa')
    assert.deepEqual(whyNot(await endSubstitution(app, juris, substitution!.id)), ['not-allowed'])
    accepted(await endSubstitution(app, petra, substitution!.id))
    assert.deepEqual(await substitutionsOf(database, 'lv-viaa'), [])
    assert.equal((await callerAgain(database, ieva)).roles.length, 1)
  }))
