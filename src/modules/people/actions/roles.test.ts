import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { castOf, personActing } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { atHome, comeIn, lettersTo, signedUp } from '../people.fixture.ts'
import { personAt } from '../persons.server.ts'
import { rolesGiven } from '../reads.ts'
import { endRole, grantRole, moveRoles, rolesOf } from '../roles.server.ts'
import { createAdministrator } from './create-administrator.ts'
import { endGivenRole } from './end-given-role.ts'
import { giveRole } from './give-role.ts'
import { setPassword } from './set-password.ts'
import { switchRole } from './switch-role.ts'

const why = (outcome: unknown) =>
  isRefused(outcome) ? (outcome.problems[0]?.key ?? outcome.refused) : 'done'

test('whoever has the machine makes the first administrator, who chooses a password by the link', () =>
  withDatabase(async (database) => {
    const app = { database }
    const made = await createAdministrator(app, { email: 'Liga@kopa.example', name: 'Līga' }, 'lv')
    assert.ok(!isRefused(made) && made.path)
    assert.ok(!made.existed)
    assert.match(made.path, /^lv\/sign-in\/password\?link=/)
    const link = new URL(made.path, 'https://kopa.example').searchParams.get('link')!
    const entered = await setPassword(app, atHome, link, { password: 'zaļš ezers vakarā' })
    const { caller } = await comeIn(database, entered)
    assert.deepEqual(
      caller.roles.map(({ role }) => role),
      ['administrator']
    )
    assert.equal(why(await rolesGiven(app, caller)), 'second-factor', 'not before a second factor is set up')
    const again = await createAdministrator(app, { email: 'liga@kopa.example', name: 'Another name' }, 'en')
    assert.ok(!isRefused(again))
    // Whoever has an account and is made one is told, once.
    await signedUp(database, { name: 'Ilona', email: 'ilona@skola.example' })
    for (let time = 0; time < 2; time++)
      await createAdministrator(app, { email: 'ilona@skola.example', name: 'Ilona' }, 'lv')
    const told = (await lettersTo(database, 'ilona@skola.example')).map(({ kind }) => kind)
    assert.equal(told.filter((kind) => kind === 'people.role-given').length, 1)
    assert.deepEqual([again.existed, again.name, again.path], [true, 'Līga', undefined])
    assert.equal((await rolesOf(database, made.person)).length, 1)
    assert.equal(why(await createAdministrator(app, { email: 'no', name: '' }, 'lv')), 'form.not-an-email')
  }))

test('Līga makes somebody an expert, who is told; nobody else can', () =>
  withDatabase(async (database) => {
    const app = { database }
    const { liga, petra, maria, ilze, nobody } = await castOf(database)
    await signedUp(database, { name: 'Ilona', email: 'ilona@skola.example' })
    const wish = { email: 'ILONA@skola.example', role: 'expert' }
    for (const other of [petra, maria, ilze])
      assert.equal(why(await giveRole(app, other, wish)), 'not-allowed')
    assert.equal(why(await giveRole(app, nobody, wish)), 'sign-in')
    assert.equal(why(await giveRole(app, { ...liga, secondFactor: false }, wish)), 'second-factor')
    assert.equal(why(await giveRole(app, liga, wish)), 'done')
    assert.ok(
      (await lettersTo(database, 'ilona@skola.example')).some(({ kind }) => kind === 'people.role-given')
    )
    const ilona = (await personAt(database, 'ilona@skola.example'))!
    assert.deepEqual(
      (await rolesOf(database, ilona.id)).map(({ held }) => held.role),
      ['expert']
    )
    assert.equal(
      why(await giveRole(app, liga, { ...wish, email: 'no@one.example' })),
      'people.roles.no-account'
    )
    assert.equal(why(await giveRole(app, liga, { ...wish, role: 'officer' })), 'form.not-offered')
  }))

test('the last administrator stays; of two who end each other at once one is left', () =>
  withDatabase(async (database) => {
    const app = { database }
    const { liga } = await castOf(database)
    assert.equal(why(await endGivenRole(app, liga, liga.acting!.id)), 'people.roles.last-administrator')
    const second = await personActing(database, { name: 'Otrais', role: { role: 'administrator' } })
    const outcomes = await Promise.all([
      endGivenRole(app, liga, second.acting!.id),
      endGivenRole(app, second, liga.acting!.id)
    ])
    assert.deepEqual(outcomes.map(why).sort(), ['done', 'people.roles.last-administrator'])
    assert.equal(why(await endGivenRole(app, liga, 'nothing')), 'not-found')
  }))

test('a role given twice at once is held once, so that ending it ends it', () =>
  withDatabase(async (database) => {
    const { ilze } = await castOf(database)
    const give = () => grantRole(database, ilze.person, { role: 'expert' })
    const given = await Promise.all([give(), give(), give()])
    assert.equal(new Set(given).size, 1)
    await endRole(database, given[0]!)
    assert.deepEqual(await rolesOf(database, ilze.person), [])
    assert.notEqual(await give(), given[0], 'what was ended is not given again: it is another')
  }))

test('a role to come begins at once when it is given at once', () =>
  withDatabase(async (database) => {
    const { ilze } = await castOf(database)
    const from = Temporal.Instant.from('2099-01-01T00:00:00Z')
    const toCome = await grantRole(database, ilze.person, { role: 'expert' }, { from })
    assert.deepEqual(await rolesOf(database, ilze.person), [])
    assert.equal(await grantRole(database, ilze.person, { role: 'expert' }), toCome)
    assert.equal((await rolesOf(database, ilze.person)).length, 1)
  }))

test('when two organisations turn out to be one, what Maria holds in both stays where it was besides', () =>
  withDatabase(async (database) => {
    const { maria, jonas, places } = await castOf(database)
    const [from, to] = [places.mariasSchool, places.jonasSchool]
    await grantRole(database, maria.person, { role: 'representative', organisation: to })
    assert.deepEqual(await moveRoles(database, from, to), [])
    assert.deepEqual(await moveRoles(database, to, from), [jonas.acting!.id])
  }))

test('Maria switches between her roles, and to none; not to one she does not hold', () =>
  withDatabase(async (database) => {
    const app = { database }
    const { maria, jonas } = await castOf(database)
    assert.deepEqual(await switchRole(app, maria, ''), { acting: undefined })
    assert.equal(why(await switchRole(app, maria, jonas.acting!.id)), 'not-found')
    assert.deepEqual(await switchRole(app, maria, maria.acting!.id), { acting: maria.acting!.id })
    const session = await database
      .selectFrom('people.session')
      .select('acting_role')
      .where('person', '=', maria.person)
      .executeTakeFirstOrThrow()
    assert.equal(session.acting_role, maria.acting!.id)
  }))
