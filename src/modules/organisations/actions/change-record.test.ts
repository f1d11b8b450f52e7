import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { type SignedIn, nobody } from '#shared/identity/index.ts'
import { callerAgain, castOf } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { appOf, done, registered, school } from '../organisations.fixture.ts'
import { showContacts, showOrganisation } from '../reads.ts'
import { changesOf } from '../record/record-history.server.ts'
import { changeRecord } from './change-record.ts'
import { chooseShown } from './choose-shown.ts'
import { saveContacts } from './save-contacts.ts'

const place = { country: 'LV', city: 'Cēsis', street: 'Bērzaines iela 34', website: school.website }

/** Ilze's school, and Ilze acting for it. */
async function ilzesSchool(database: Database): Promise<{ ilze: SignedIn; id: string; jonas: SignedIn }> {
  const cast = await castOf(database)
  const { organisation } = await registered(database, cast.ilze)
  return { ilze: await callerAgain(database, cast.ilze), id: organisation, jonas: cast.jonas }
}

test('Ilze adds the street, and the history says what was before', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze, id } = await ilzesSchool(database)
    const save = (given: object, revision: number) =>
      changeRecord(app, ilze, id, { section: 'place', revision, given })
    assert.deepEqual(await save(place, 1), { revision: 2 })
    assert.deepEqual(await save(place, 2), { revision: 2 }, 'nothing changed, so nothing is counted')
    assert.deepEqual(await save({ ...place, city: '', region: 'LV008' }, 2), { revision: 3 })
    const [last] = await changesOf(database, id)
    assert.deepEqual(
      [last!.act, last!.by, last!.facts],
      [
        'changed-place',
        ilze.person,
        [
          {
            kind: 'region',
            detail: '',
            before: undefined,
            after: 'LV008',
            source: 'organisation',
            level: 'self-declared'
          },
          {
            kind: 'city',
            detail: '',
            before: 'Cēsis',
            after: undefined,
            source: 'organisation',
            level: 'self-declared'
          }
        ]
      ]
    )
    const view = await showOrganisation(app, ilze, id)
    assert.deepEqual([view!.city, view!.revision], [undefined, 3])
  }))

test('two who edit the same step: the second is shown what the first wrote, and nothing is overwritten', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze, id } = await ilzesSchool(database)
    const save = (street: string, revision: number) =>
      changeRecord(app, ilze, id, { section: 'place', revision, given: { ...place, street } })
    done(await save('Raunas iela 1', 1))
    const second = await save('Raunas iela 2', 1)
    assert.ok(isRefused(second) && second.refused === 'changed')
    const current = second.current as {
      revision: number
      changes: { kind: string; after: string; by: string }[]
    }
    assert.equal(current.revision, 2)
    assert.deepEqual(
      current.changes.map(({ kind, after, by }) => [kind, after, by]),
      [['street', 'Raunas iela 1', ilze.person]]
    )
    assert.deepEqual(await save('Raunas iela 2', current.revision), { revision: 3 })
  }))

test('two who edit different steps do not disturb each other', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze, id } = await ilzesSchool(database)
    done(await changeRecord(app, ilze, id, { section: 'place', revision: 1, given: place }))
    const given = { fields: ['school', 'youth'], topics: 'stem', languages: ['lv'], descriptionLv: 'Skola.' }
    done(await changeRecord(app, ilze, id, { section: 'interests', revision: 1, given }))
  }))

test('twelve savings at once: one is taken, the others are shown it', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze, id } = await ilzesSchool(database)
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        changeRecord(app, ilze, id, {
          section: 'place',
          revision: 1,
          given: { ...place, street: `Raunas iela ${at}` }
        })
      )
    )
    assert.equal(outcomes.filter((outcome) => !isRefused(outcome)).length, 1)
    assert.equal((await changesOf(database, id)).length, 2)
  }))

test('names stand in their languages, and the organisation is found by each', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze, id } = await ilzesSchool(database)
    const given = {
      legalName: school.name,
      shortName: 'CBP',
      names: [
        { language: 'en', name: 'Cēsis Primary School' },
        { language: '', name: '' }
      ]
    }
    done(await changeRecord(app, ilze, id, { section: 'names', revision: 1, given }))
    const { findOrganisations, organisationNames } = await import('../reads.ts')
    for (const text of ['cesis primary', 'CBP', 'Cēsu Bērzaines'])
      assert.equal((await findOrganisations(app, text))[0]?.id, id, text)
    assert.equal((await organisationNames(database, [id], 'en')).get(id)?.name, 'Cēsis Primary School')
    assert.equal((await organisationNames(database, [id], 'lv')).get(id)?.name, school.name)
  }))

test('what is wrong is said field by field', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze, id } = await ilzesSchool(database)
    const problems = async (section: Parameters<typeof changeRecord>[3]['section'], given: object) => {
      const outcome = await changeRecord(app, ilze, id, { section, revision: 1, given })
      assert.ok(isRefused(outcome), JSON.stringify(outcome))
      return Object.fromEntries(outcome.problems.map(({ field, key }) => [field, key]))
    }
    assert.deepEqual(await problems('place', { ...place, region: 'EE001', website: 'javascript:alert(1)' }), {
      website: 'form.not-a-web-address',
      region: 'organisations.problem.region-elsewhere'
    })
    assert.deepEqual(await problems('type', { type: 'school', typeCode: 'EPLUS-NGO', size: 'huge' }), {
      size: 'form.not-offered'
    })
    assert.deepEqual(
      await problems('names', { legalName: 'Skola', latinName: 'Σχολείο', names: [{ name: 'School' }] }),
      {
        latinName: 'organisations.problem.name-latin',
        'names.0.language': 'organisations.problem.name-language'
      }
    )
    assert.deepEqual(await problems('identifiers', { pic: '123', domains: 'lu.lv, http://10.0.0.1/' }), {
      pic: 'identifiers.problem.pic-form',
      'domains.1': 'identifiers.problem.domain-number'
    })
  }))

test('only those who work there edit, and nobody else learns of it', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { id, jonas, ilze } = await ilzesSchool(database)
    for (const [caller, why] of [
      [jonas, 'not-allowed'],
      [nobody, 'sign-in']
    ] as const) {
      const outcome = await changeRecord(app, caller, id, { section: 'place', revision: 1, given: place })
      assert.ok(isRefused(outcome) && outcome.refused === why)
    }
    const gone = await changeRecord(app, ilze, crypto.randomUUID(), {
      section: 'place',
      revision: 1,
      given: place
    })
    assert.ok(isRefused(gone) && gone.refused === 'not-allowed')
  }))

test('contacts are shown to everybody only where somebody chose so', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze, id } = await ilzesSchool(database)
    const contacts = [
      { purpose: 'projects', name: 'Ilze', email: 'ilze@Example.LV', shown: 'on' },
      { purpose: 'legal', phone: '+371 67000000' }
    ]
    done(await saveContacts(app, ilze, id, { revision: 1, given: { contacts } }))
    assert.deepEqual(
      (await showContacts(app, nobody, id)).map(({ email }) => email),
      ['ilze@example.lv']
    )
    assert.equal((await showContacts(app, ilze, id)).length, 2)
    const empty = await saveContacts(app, ilze, id, {
      revision: 2,
      given: { contacts: [{ purpose: 'legal' }] }
    })
    assert.ok(isRefused(empty))
    assert.deepEqual(empty.problems, [
      { field: 'contacts.0.email', key: 'organisations.problem.contact-empty' }
    ])
    const second = await saveContacts(app, ilze, id, { revision: 1, given: { contacts: [] } })
    assert.ok(isRefused(second) && second.refused === 'changed')
  }))

test('what the organisation shows is seen by everybody, the rest is not', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze, id } = await ilzesSchool(database)
    done(
      await chooseShown(app, ilze, id, { revision: 1, given: { shown: ['web', 'name'] } }).then(() =>
        chooseShown(app, ilze, id, { revision: 1, given: { shown: ['web'] } })
      )
    )
    const kinds = (await showOrganisation(app, nobody, id))!.facts.map(({ kind }) => kind)
    assert.deepEqual(kinds, ['legal-name', 'country', 'city', 'type', 'website', 'domain'])
  }))

test('a mail provider’s domain is nobody’s own, and a page in a network gives no domain', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze } = await castOf(database)
    const { organisation } = await registered(database, ilze, { website: 'https://www.facebook.com/skola' })
    const her = await callerAgain(database, ilze)
    const kinds = (await showOrganisation(app, her, organisation))!.facts.map(({ kind }) => kind)
    assert.ok(kinds.includes('website') && !kinds.includes('domain'))
    const saved = await changeRecord(app, her, organisation, {
      section: 'identifiers',
      revision: 1,
      given: { domains: 'skola.example.lv gmail.com' }
    })
    assert.ok(isRefused(saved))
    assert.deepEqual(saved.problems, [{ field: 'domains', key: 'organisations.problem.shared-host' }])
  }))
