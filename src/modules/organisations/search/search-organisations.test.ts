import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { nobody } from '#shared/identity/index.ts'
import { castOf, personActing } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { appOf, registered } from '../organisations.fixture.ts'
import { listForFile, listOrganisations } from '../reads.ts'
import { questionQuery, readQuestion } from './search-question.ts'

const clock = () => Temporal.Instant.from('2026-11-25T12:00:00Z')
const bare = { website: '', oid: '', registerNumber: '' }

test('Jonas narrows the list: each facet counts what its other values would find', () =>
  withDatabase(async (database) => {
    const { jonas } = await castOf(database)
    const app = { ...appOf(database), clock }
    for (const [name, country, type] of [
      ['Ziemeļu skola', 'LV', 'school'],
      ['Dienvidu skola', 'LV', 'school'],
      ['Austrumu biedrība', 'LV', 'ngo'],
      ['Põhja kool', 'EE', 'school']
    ] as const)
      await registered(database, jonas, { ...bare, name, country, type })
    const ask = (query: string) => listOrganisations(app, nobody, readQuestion(new URLSearchParams(query)))
    const all = await ask('')
    assert.equal(all.total, 4)
    assert.deepEqual(all.facets.country, [
      { value: 'LV', count: 3 },
      { value: 'EE', count: 1 }
    ])
    const schools = await ask('type=school')
    assert.deepEqual(
      [schools.total, schools.facets.country, schools.facets.type],
      [
        3,
        [
          { value: 'LV', count: 2 },
          { value: 'EE', count: 1 }
        ],
        [
          { value: 'school', count: 3 },
          { value: 'ngo', count: 1 }
        ]
      ]
    )
    const latvianSchools = await ask('type=school&country=LV&q=skola')
    assert.deepEqual(
      latvianSchools.organisations.map(({ name }) => name),
      ['Ziemeļu skola', 'Dienvidu skola']
    )
    assert.equal((await ask('q=zzzz')).total, 0)
    assert.equal((await ask("country=';drop&level=best&charter=maybe&page=-1&field=x")).total, 4)
    assert.equal((await listForFile(app, nobody, readQuestion(new URLSearchParams('type=school')))).length, 3)
  }))

test('interests that an organisation keeps to itself are neither found nor counted', () =>
  withDatabase(async (database) => {
    const ilze = await personActing(database, { name: 'Ilze Liepa' })
    const { organisation } = await registered(database, ilze)
    await database
      .updateTable('organisations.organisation')
      .set({ fields: ['school'] })
      .execute()
    const ask = () =>
      listOrganisations(
        { ...appOf(database), clock },
        nobody,
        readQuestion(new URLSearchParams('field=school'))
      )
    assert.deepEqual([(await ask()).total, (await ask()).facets.field], [0, []])
    await database
      .updateTable('organisations.organisation')
      .set({ shown: ['interests'] })
      .where('id', '=', organisation)
      .execute()
    assert.deepEqual([(await ask()).total, (await ask()).facets.field], [1, [{ value: 'school', count: 1 }]])
  }))

test('a question stands in the address and is read from it again', () => {
  const query = '?q=skola&country=LV&country=EE&type=school&page=3'
  const question = readQuestion(new URLSearchParams(query))
  assert.equal(questionQuery(question, 3), query)
  assert.equal(questionQuery(readQuestion(new URLSearchParams(''))), '')
})

test('who has no earlier grant is for officers to know, and only of their own countries', () =>
  withDatabase(async (database) => {
    const { ilze, petra, liga } = await castOf(database)
    const app = { ...appOf(database), clock }
    await registered(database, ilze)
    await registered(database, ilze, { ...bare, name: 'Põhja kool', country: 'EE' })
    const ask = async (caller: Parameters<typeof listOrganisations>[1], query = 'grants=none') => {
      const { total, facets } = await listOrganisations(app, caller, readQuestion(new URLSearchParams(query)))
      return [total, facets.grants]
    }
    assert.deepEqual(await ask(nobody), [2, []], 'what one may not know narrows nothing')
    assert.deepEqual(await ask(petra), [1, [{ value: 'none', count: 1 }]])
    assert.deepEqual(await ask(liga), [2, [{ value: 'none', count: 2 }]])
  }))
