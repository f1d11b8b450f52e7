import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rolesOf } from '#server/people'
import { isRefused } from '#shared/forms/refused.ts'
import { nobody } from '#shared/identity/index.ts'
import { castOf } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { appOf, registered, school } from '../organisations.fixture.ts'
import { organisationByCode, organisationNames, showOrganisation } from '../reads.ts'
import { registerOrganisation } from './register-organisation.ts'

test('Ilze registers her school: it has a code, and she may sign for it', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze } = await castOf(database)
    const made = await registerOrganisation(app, ilze, {
      ...school,
      name: '  Cēsu  Bērzaines\u00a0pamatskola ',
      website: 'berzaine.example.lv',
      oid: 'e 1005 4064',
      registerNumber: 'LV90000076669'
    })
    assert.ok(!isRefused(made), JSON.stringify(made))
    assert.deepEqual(
      (await rolesOf(database, ilze.person)).map(({ held }) => held),
      [{ id: made.role, role: 'representative', organisation: made.organisation }]
    )
    const found = await organisationByCode(app, made.code.toLowerCase().replaceAll('-', ' '))
    assert.equal(found?.id, made.organisation)
    const names = await organisationNames(database, [made.organisation, crypto.randomUUID()], 'en')
    assert.deepEqual(
      [...names.values()],
      [{ id: made.organisation, code: made.code, name: 'Cēsu Bērzaines pamatskola', country: 'LV' }]
    )
    const { rows } = await database
      .selectFrom('audit.entry')
      .select(['act', 'subject_id'])
      .execute()
      .then((rows) => ({ rows }))
    assert.deepEqual(rows, [{ act: 'organisations.registered', subject_id: made.organisation }])
  }))

test('everybody sees the name and the place of a new organisation, and only its own people the rest', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze, jonas, petra } = await castOf(database)
    const made = await registerOrganisation(app, ilze, school)
    assert.ok(!isRefused(made))
    const kindsFor = async (caller: Parameters<typeof showOrganisation>[1]) =>
      (await showOrganisation(app, caller, made.organisation))!.facts.map(({ kind }) => kind)
    const open = ['legal-name', 'country', 'city', 'type']
    assert.deepEqual(await kindsFor(nobody), open)
    assert.deepEqual(await kindsFor(jonas), open)
    assert.deepEqual(await kindsFor(petra), [...open, 'website', 'domain', 'oid', 'register-number'])
  }))

test('what is missing or wrong comes back field by field, and nothing is stored', () =>
  withDatabase(async (database) => {
    const { ilze } = await castOf(database)
    const problems = async (given: object) => {
      const made = await registerOrganisation(appOf(database), ilze, given)
      assert.ok(isRefused(made))
      return Object.fromEntries(made.problems.map(({ field, key }) => [field, key]))
    }
    assert.deepEqual(await problems({}), {
      name: 'form.missing',
      country: 'form.missing',
      type: 'form.missing'
    })
    assert.deepEqual(
      await problems({ ...school, name: '<script>alert(1)</script>', oid: '948821603', pic: '948821604' }),
      {
        name: 'organisations.problem.name-signs',
        oid: 'identifiers.problem.oid-is-pic',
        pic: 'identifiers.problem.pic-check'
      }
    )
    assert.deepEqual(await problems({ ...school, name: '🏫 Skola', country: 'Narnia', type: 'guild' }), {
      name: 'organisations.problem.name-signs',
      country: 'identifiers.problem.country-unknown',
      type: 'form.not-offered'
    })
    assert.deepEqual(await problems({ ...school, name: 'x'.repeat(301), registerNumber: '120378-12345' }), {
      name: 'form.too-long',
      registerNumber: 'identifiers.problem.latvian-number-personal'
    })
    assert.deepEqual(await problems({ ...school, name: '\u202e=1+1\u202c' }), {
      name: 'organisations.problem.name-letters'
    })
    assert.deepEqual(await database.selectFrom('organisations.organisation').select('id').execute(), [])
  }))

test('nobody who is not signed in registers anything', () =>
  withDatabase(async (database) => {
    const made = await registerOrganisation(appOf(database), nobody, school)
    assert.ok(isRefused(made) && made.refused === 'sign-in')
  }))

test('Jonas types the name of a school that is there already: it is offered, and only once', () =>
  withDatabase(async (database) => {
    const { ilze, jonas } = await castOf(database)
    const { code } = await registered(database, ilze)
    const again = { name: 'CESU BERZAINES PAMATSK.', country: 'LV', type: 'school' }
    const made = await registerOrganisation(appOf(database), jonas, again)
    assert.ok(isRefused(made) && made.refused === 'not-now')
    assert.deepEqual(
      (made.current as { code: string; why: unknown }[]).map((near) => [near.code, near.why]),
      [[code, [{ because: 'same-name', name: school.name }]]]
    )
    const another = await registerOrganisation(appOf(database), jonas, {
      ...again,
      seen: `${code}, KP-2222-2222`
    })
    assert.ok(!isRefused(another))
  }))

test('a school with another number, or of another country, is another school', () =>
  withDatabase(async (database) => {
    const { ilze, jonas } = await castOf(database)
    const bare = { website: '', oid: '', registerNumber: '' }
    await registered(database, ilze, { ...bare, name: 'Rīgas 45. vidusskola' })
    await registered(database, jonas, { ...bare, name: 'Rīgas 46. vidusskola' })
    await registered(database, jonas, { ...bare, name: 'Rīgas 45. vidusskola', country: 'EE' })
  }))

test('what is not shown to everybody names nobody, and an identifier that is sure is not taken twice', () =>
  withDatabase(async (database) => {
    const { ilze, jonas } = await castOf(database)
    const { organisation, code } = await registered(database, ilze)
    const other = { name: 'Skola pie jūras', country: 'LV', type: 'school', oid: school.oid }
    const claimed = await registerOrganisation(appOf(database), jonas, other)
    assert.ok(!isRefused(claimed), 'what two only say themselves is for officers to look at')

    await database
      .updateTable('organisations.fact')
      .set({ level: 'document-seen' })
      .where('organisation', '=', organisation)
      .execute()
    const taken = await registerOrganisation(appOf(database), jonas, { ...other, name: 'Skola pie ezera' })
    assert.ok(isRefused(taken))
    assert.deepEqual(taken.problems, [{ field: 'oid', key: 'organisations.near.held-hidden' }])
    assert.deepEqual(taken.current, [])

    await database
      .updateTable('organisations.organisation')
      .set({ shown: ['identifiers'] })
      .where('id', '=', organisation)
      .execute()
    const named = await registerOrganisation(appOf(database), jonas, { ...other, name: 'Skola pie ezera' })
    assert.ok(isRefused(named))
    assert.deepEqual(named.problems, [
      { field: 'oid', key: 'organisations.near.held', args: { name: school.name, code } }
    ])
  }))

test('nobody fills the register by the hundred', () =>
  withDatabase(async (database) => {
    const { ilze } = await castOf(database)
    const bare = { website: '', oid: '', registerNumber: '' }
    for (const word of 'viens divi trīs četri pieci seši septiņi astoņi deviņi desmit'.split(' '))
      await registered(database, ilze, { ...bare, name: `Biedrība ${word} ${word}` })
    const made = await registerOrganisation(appOf(database), ilze, {
      ...school,
      ...bare,
      name: 'Nodibinājums “Jūras vējš”'
    })
    assert.ok(isRefused(made) && made.refused === 'too-often' && made.retryAfterSeconds! > 60)
  }))

test('Ilze presses the button twice: her school is registered once', () =>
  withDatabase(async (database) => {
    const { ilze, jonas } = await castOf(database)
    const app = appOf(database)
    const [one, other] = await Promise.all([
      registerOrganisation(app, ilze, school),
      registerOrganisation(app, ilze, school)
    ])
    assert.ok(!isRefused(one))
    assert.deepEqual(one, other)
    assert.deepEqual(await registerOrganisation(app, ilze, { ...school, seen: one.code }), one)
    // Somebody else in the same words is asked.
    const another = await registerOrganisation(app, jonas, school)
    assert.ok(isRefused(another))
    assert.equal((await database.selectFrom('organisations.organisation').select('id').execute()).length, 1)
  }))
