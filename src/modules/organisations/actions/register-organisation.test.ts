import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rolesOf } from '#server/people'
import { isRefused } from '#shared/forms/refused.ts'
import { nobody } from '#shared/identity/index.ts'
import { castOf } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { appOf, school } from '../organisations.fixture.ts'
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
