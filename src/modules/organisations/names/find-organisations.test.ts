import assert from 'node:assert/strict'
import { test } from 'node:test'
import { castOf } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import type { Database } from '#shared/database/index.ts'
import { registered } from '../organisations.fixture.ts'
import { findOrganisations } from '../reads.ts'

const others = [
  { name: 'Latvijas Universitāte', country: 'LV', city: 'Rīga', type: 'higher-education-institution' },
  { name: 'Rīgas Tehniskā universitāte', country: 'LV', city: 'Rīga', type: 'higher-education-institution' },
  { name: 'Rīgas 45. vidusskola', country: 'LV', city: 'Rīga', type: 'school' },
  { name: 'Rīgas 46. vidusskola', country: 'LV', city: 'Rīga', type: 'school' },
  { name: 'Universidad de Sevilla', country: 'ES', city: 'Sevilla', type: 'higher-education-institution' },
  {
    name: 'Kauno technologijos universitetas',
    country: 'LT',
    city: 'Kaunas',
    type: 'higher-education-institution'
  },
  { name: 'Професионална гимназия „Христо Ботев“', country: 'BG', city: 'Пловдив', type: 'vet-provider' },
  { name: '1ο Γυμνάσιο Αθηνών', country: 'GR', city: 'Αθήνα', type: 'school' },
  {
    name: 'PAEDAGOGISCHE HOCHSCHULE NIEDERÖSTERREICH',
    country: 'AT',
    city: 'Baden',
    type: 'higher-education-institution'
  },
  { name: 'Nowa Szkoła S.A.R.L.', country: 'PL', city: 'Łódź', type: 'school' }
]

async function found(database: Database, text: string): Promise<string[]> {
  return (await findOrganisations({ database }, text)).map(({ name }) => name)
}

test('Ilze finds an organisation however she writes it', () =>
  withDatabase(async (database) => {
    const { ilze } = await castOf(database)
    const bare = { website: '', oid: '', registerNumber: '' }
    for (const other of others) await registered(database, ilze, { ...bare, ...other })
    const first = async (text: string) => (await found(database, text))[0]
    const cases: Record<string, readonly string[]> = {
      'Latvijas Universitāte': [
        'latvijas universitate',
        'LATVIJAS UNIV.',
        'universitate latvijas',
        'latvijs univresitāte',
        'University of Latvia',
        'Lettlands universitet'
      ],
      'Rīgas Tehniskā universitāte': ['RTU', 'rigas tehn', 'Riga technical university'],
      'Rīgas 45. vidusskola': ['rigas 45', '45. vsk.', 'Rīgas 45 vidusskola'],
      'Universidad de Sevilla': ['univrsidad sevila', 'Sevilla university', 'uni sevilla'],
      'Kauno technologijos universitetas': ['kauno tech', 'Kauno technologijų universitetas'],
      'Професионална гимназия „Христо Ботев“': ['hristo botev', 'profesionalna gimnazia hr', 'Христо Ботев'],
      '1ο Γυμνάσιο Αθηνών': ['gymnasio athinon', 'Γυμνασιο Αθηνων'],
      'PAEDAGOGISCHE HOCHSCHULE NIEDERÖSTERREICH': [
        'padagogische hochschule nieder',
        'paedagogische hochschule'
      ],
      'Nowa Szkoła S.A.R.L.': ['nowa szkola sarl', 'NOWA SZKOLA']
    }
    for (const [name, texts] of Object.entries(cases))
      for (const text of texts) assert.equal(await first(text), name, text)
    assert.deepEqual(await found(database, ''), [])
    assert.deepEqual(await found(database, "%_\\'"), [])
    assert.deepEqual(await found(database, 'zzzzzz qqqqqq'), [])
    assert.deepEqual(await found(database, `${'ab '.repeat(2000)}`), [])
  }))

test('an identifier finds its organisation only where it is shown to everybody', () =>
  withDatabase(async (database) => {
    const { ilze } = await castOf(database)
    const { code, organisation } = await registered(database, ilze)
    assert.deepEqual(await found(database, code.toLowerCase()), ['Cēsu Bērzaines pamatskola'])
    assert.deepEqual(await found(database, 'E10054064'), [])
    assert.deepEqual(await found(database, 'https://www.berzaine.example.lv/kontakti'), [])
    await database
      .updateTable('organisations.organisation')
      .set({ shown: ['identifiers', 'web'] })
      .where('id', '=', organisation)
      .execute()
    assert.deepEqual(await found(database, 'E10054064'), ['Cēsu Bērzaines pamatskola'])
    assert.deepEqual(await found(database, 'https://www.berzaine.example.lv/kontakti'), [
      'Cēsu Bērzaines pamatskola'
    ])
  }))
