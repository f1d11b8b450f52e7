import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { nobody } from '#shared/identity/index.ts'
import { writeCsv } from '#shared/spreadsheets/write-csv.ts'
import { callerAgain, castOf } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { type CharterHolder, charterFields } from '../import/charter-holder.ts'
import { charterHeadings } from '../import/read-charter-list.server.ts'
import { appliedEditions } from '../import/holders-store.server.ts'
import { shippedCharterFile, shippedEdition } from '../import/shipped-charter-list.server.ts'
import { appOf, registered } from '../organisations.fixture.ts'
import { findOrganisations, organisationByCode, showOrganisation } from '../reads.ts'
import { changesOf } from '../record/record-history.server.ts'
import { changeRecord } from './change-record.ts'
import { type Imported, countsOf, importCharterList } from './import-charter-list.ts'

const riga: CharterHolder = {
  ...{ erasmusCode: 'LV RIGA01', pic: '999871830', oid: 'E10208891', proposal: '101012345' },
  ...{ legalName: 'LATVIJAS UNIVERSITATE', street: 'RAINA BULVARIS 19', postcode: '1586', city: 'RIGA' },
  ...{ country: 'LV', website: 'www.lu.lv', from: '2021-03-01', until: '2027-12-31' }
}
const vienna: CharterHolder = {
  ...{ erasmusCode: 'A  WIEN01', pic: '999866883', oid: 'E10209385', proposal: '101012346' },
  ...{ legalName: 'UNIVERSITAT WIEN', street: undefined, postcode: undefined, city: 'WIEN' },
  ...{ country: 'AT', website: undefined, from: '2021-03-01', until: '2027-12-31' }
}
const tartu: CharterHolder = {
  ...{ erasmusCode: 'EE TARTU02', pic: '999895013', oid: undefined, proposal: '101012347' },
  ...{ legalName: 'TARTU ULIKOOL', street: undefined, postcode: undefined, city: 'TARTU' },
  ...{ country: 'EE', website: 'https://ut.ee', from: '2021-03-01', until: '2027-12-31' }
}

/** Some holders as the Commission's list, in CSV. */
const listOf = (holders: readonly Partial<CharterHolder>[]) =>
  new TextEncoder().encode(
    writeCsv(
      charterFields.map((field) => ({
        heading: charterHeadings[field],
        value: (holder: Partial<CharterHolder>) => holder[field]
      })),
      holders
    )
  )

async function read(
  database: Database,
  edition: string,
  holders: readonly Partial<CharterHolder>[],
  wanted: Partial<Parameters<typeof importCharterList>[2]> = {}
): Promise<Imported> {
  const given = { bytes: listOf(holders), file: 'list.csv', edition: Temporal.PlainDate.from(edition) }
  const outcome = await importCharterList({ database }, given, {
    do: 'apply',
    accept: new Set(),
    manyEnd: true,
    ...wanted
  })
  assert.ok('plan' in outcome, JSON.stringify(outcome))
  return outcome
}

test('an edition is tried first, then applied: each holder has a record with sourced facts', () =>
  withDatabase(async (database) => {
    const tried = await read(database, '2026-01-10', [riga, vienna], { do: 'try' })
    assert.deepEqual(countsOf(tried.plan), {
      added: 2,
      changed: 0,
      unchanged: 0,
      ended: 0,
      doubtful: 0,
      broken: 0
    })
    assert.deepEqual(await findOrganisations({ database }, 'LV RIGA01'), [])

    await read(database, '2026-01-10', [riga, vienna])
    const [found] = await findOrganisations({ database }, 'LV RIGA01')
    const view = await showOrganisation(appOf(database), nobody, found!.id)
    assert.deepEqual(
      [view!.name, view!.level, found!.charterUntil],
      [riga.legalName, 'official-list', '2027-12-31']
    )
    const charter = view!.facts.find(({ kind }) => kind === 'charter')!
    assert.deepEqual(
      [charter.value, charter.validFrom, charter.validUntil, charter.by[0]!.evidence],
      ['101012345', '2021-03-01', '2027-12-31', '2026-01-10']
    )
    // The list is public, so all it says is.
    assert.ok(view!.facts.some(({ kind, value }) => kind === 'street' && value === riga.street))
    assert.equal((await findOrganisations({ database }, 'lu.lv'))[0]?.id, found!.id)
    assert.equal((await organisationByCode({ database }, view!.code))?.id, found!.id)
  }))

test('the next edition reports exactly what changed, and the records follow', () =>
  withDatabase(async (database) => {
    await read(database, '2026-01-10', [riga, vienna, tartu])
    const renamed = { ...riga, legalName: 'LATVIJAS UNIVERSITĀTE', website: undefined }
    const { plan } = await read(database, '2026-04-08', [renamed, tartu])
    assert.deepEqual(countsOf(plan), { added: 0, changed: 1, unchanged: 1, ended: 1, doubtful: 0, broken: 0 })
    assert.deepEqual(plan.changed[0]!.changes, [
      { field: 'legalName', before: 'LATVIJAS UNIVERSITATE', after: 'LATVIJAS UNIVERSITĀTE' },
      { field: 'website', before: 'www.lu.lv', after: undefined }
    ])
    const [university] = await findOrganisations({ database }, 'LV RIGA01')
    assert.equal(university!.name, 'LATVIJAS UNIVERSITĀTE')
    const [last] = await changesOf(database, university!.id)
    assert.deepEqual(
      [last!.act, last!.source, last!.facts.map(({ kind, before, after }) => [kind, before, after])],
      [
        'list-changed',
        'list',
        [
          ['legal-name', 'LATVIJAS UNIVERSITATE', 'LATVIJAS UNIVERSITĀTE'],
          ['website', 'www.lu.lv', undefined],
          ['domain', 'lu.lv', undefined]
        ]
      ]
    )
    const [gone] = await findOrganisations({ database }, 'Universität Wien')
    assert.equal(gone!.charterUntil, undefined, 'without a charter, but still there')
    const back = await read(database, '2026-06-01', [renamed, tartu, vienna])
    assert.deepEqual(countsOf(back.plan), {
      added: 1,
      changed: 0,
      unchanged: 2,
      ended: 0,
      doubtful: 0,
      broken: 0
    })
    const [again, ...others] = await findOrganisations({ database }, 'A  WIEN01')
    assert.deepEqual(
      [again!.id, again!.charterUntil, others],
      [gone!.id, '2027-12-31', []],
      'the same record'
    )
    assert.deepEqual(
      (await appliedEditions(database)).map(({ edition }) => edition.toString()),
      ['2026-06-01', '2026-04-08', '2026-01-10']
    )
  }))

test('what an organisation says of itself stays, and what the list says differently stands beside it', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze } = await castOf(database)
    await read(database, '2026-01-10', [riga])
    const [found] = await findOrganisations({ database }, 'LV RIGA01')
    const { grantRole } = await import('#server/people')
    await grantRole(database, ilze.person, { role: 'representative', organisation: found!.id })
    const member = await callerAgain(database, ilze)
    const given = { legalName: 'Latvijas Universitāte' }
    const saved = await changeRecord(app, member, found!.id, { section: 'names', revision: 1, given })
    assert.deepEqual(saved, { revision: 2 })
    await read(database, '2026-04-08', [{ ...riga, legalName: 'UNIVERSITY OF LATVIA' }])
    const view = (await showOrganisation(app, nobody, found!.id))!
    assert.equal(view.name, 'Latvijas Universitāte')
    const { said } = await import('../record/entry.ts')
    const { factsInForce } = await import('../record/record-store.server.ts')
    assert.deepEqual(
      said(await factsInForce(database, found!.id), 'legal-name').map(({ value, level }) => [value, level]),
      [
        ['Latvijas Universitāte', 'self-declared'],
        ['UNIVERSITY OF LATVIA', 'official-list']
      ]
    )
  }))

test('somebody who registered a university in its name does not get its official facts', () =>
  withDatabase(async (database) => {
    const { jonas } = await castOf(database)
    const claimed = {
      name: 'Latvijas Universitāte',
      city: 'Rīga',
      type: 'higher-education-institution',
      oid: riga.oid!,
      website: '',
      registerNumber: ''
    }
    const { organisation } = await registered(database, jonas, claimed)
    await read(database, '2026-01-10', [riga])
    const [official] = await findOrganisations({ database }, 'LV RIGA01')
    assert.notEqual(official!.id, organisation)
    // Both stand until officers have looked at it: two records with one identifier wait on their desk.
  }))

test('a record whose identifier somebody has seen in a document is the one that the list means', () =>
  withDatabase(async (database) => {
    const { jonas } = await castOf(database)
    const claimed = {
      name: 'Latvijas Universitāte',
      city: 'Rīga',
      type: 'higher-education-institution',
      oid: riga.oid!,
      website: '',
      registerNumber: ''
    }
    const { organisation } = await registered(database, jonas, claimed)
    await database
      .updateTable('organisations.fact')
      .set({ level: 'document-seen' })
      .where('organisation', '=', organisation)
      .where('kind', '=', 'oid')
      .execute()
    await read(database, '2026-01-10', [riga])
    assert.deepEqual(
      (await findOrganisations({ database }, 'LV RIGA01')).map(({ id }) => id),
      [organisation]
    )
  }))

test('a broken row is reported by its number, left out, and ends nobody', () =>
  withDatabase(async (database) => {
    await read(database, '2026-01-10', [riga, vienna, tartu])
    const { plan } = await read(database, '2026-04-08', [
      { ...riga, pic: '999871831' },
      { ...tartu, city: 'Tartu linn' }
    ])
    assert.deepEqual(countsOf(plan), { added: 0, changed: 1, unchanged: 0, ended: 0, doubtful: 0, broken: 1 })
    assert.deepEqual(plan.broken[0]!.row, 2)
    assert.deepEqual(plan.kept?.because, 'broken-rows')
    assert.equal((await findOrganisations({ database }, 'A  WIEN01'))[0]?.charterUntil, '2027-12-31')
  }))

test('a doubtful row is taken over only once somebody accepted it', () =>
  withDatabase(async (database) => {
    await read(database, '2026-01-10', [riga, tartu])
    const moved = [{ ...riga, erasmusCode: 'LV RIGA77' }, tartu]
    const first = await read(database, '2026-04-08', moved)
    assert.deepEqual(countsOf(first.plan), {
      added: 0,
      changed: 0,
      unchanged: 1,
      ended: 0,
      doubtful: 1,
      broken: 0
    })
    const second = await read(database, '2026-04-08', moved, { accept: new Set([2]) })
    assert.deepEqual(countsOf(second.plan), {
      added: 0,
      changed: 1,
      unchanged: 1,
      ended: 0,
      doubtful: 0,
      broken: 0
    })
    const [found, ...others] = await findOrganisations({ database }, 'LV RIGA77')
    assert.deepEqual(others, [])
    assert.equal((await changesOf(database, found!.id)).length, 2, 'it is the record it was')
  }))

test('a list that lacks many holders is taken for a part, unless the operator says it is whole', () =>
  withDatabase(async (database) => {
    await read(database, '2026-01-10', [riga, vienna, tartu])
    const cautious = await read(database, '2026-04-08', [riga], { manyEnd: false })
    assert.deepEqual([countsOf(cautious.plan).ended, cautious.plan.kept?.because], [0, 'too-many'])
    const sure = await read(database, '2026-04-08', [riga])
    assert.equal(countsOf(sure.plan).ended, 2)
  }))

test('the same file, an older edition and what is no list change nothing', () =>
  withDatabase(async (database) => {
    await read(database, '2026-04-08', [riga])
    const again = (edition: string, bytes = listOf([riga])) =>
      importCharterList(
        { database },
        { bytes, file: 'list.csv', edition: Temporal.PlainDate.from(edition) },
        { do: 'apply', accept: new Set(), manyEnd: false }
      )
    for (const [edition, key, bytes] of [
      ['2026-05-01', 'organisations.import.same-file', undefined],
      ['2026-01-01', 'organisations.import.not-newer', listOf([tartu])]
    ] as const) {
      const outcome = await again(edition, bytes)
      assert.ok(isRefused(outcome) && outcome.problems[0]?.key === key)
    }
    const noList = await again('2026-05-01', new TextEncoder().encode('a,b\n1,2\n'))
    assert.ok('problem' in noList && noList.problem === 'columns')
    assert.equal((await appliedEditions(database)).length, 1)
  }))

test('a copy of the list without streets takes no street away', () =>
  withDatabase(async (database) => {
    await read(database, '2026-01-10', [riga])
    const { street: _street, postcode: _postcode, proposal: _proposal, ...short } = riga
    const fields = charterFields.filter((field) => field in short)
    const bytes = new TextEncoder().encode(
      writeCsv(
        fields.map((field) => ({
          heading: charterHeadings[field],
          value: (holder: Partial<CharterHolder>) => holder[field]
        })),
        [{ ...short, city: 'Rīga' }]
      )
    )
    const given = { bytes, file: 'short.csv', edition: Temporal.PlainDate.from('2026-04-08') }
    await importCharterList({ database }, given, { do: 'apply', accept: new Set(), manyEnd: false })
    const [found] = await findOrganisations({ database }, 'LV RIGA01')
    const view = (await showOrganisation(appOf(database), nobody, found!.id))!
    const of = (kind: string) => view.facts.filter((fact) => fact.kind === kind).map(({ value }) => value)
    assert.deepEqual(
      [of('street'), of('city'), of('charter')],
      [['RAINA BULVARIS 19'], ['Rīga'], ['101012345']]
    )
  }))

test('all holders of the shipped list are read in within seconds, and nothing is done twice', () =>
  withDatabase(async (database) => {
    const given = { ...shippedCharterFile(), edition: Temporal.PlainDate.from(shippedEdition) }
    const heard: number[] = []
    const began = performance.now()
    const outcome = await importCharterList({ database }, given, {
      do: 'apply',
      accept: 'all',
      manyEnd: false,
      onProgress: (done) => heard.push(done)
    })
    const seconds = (performance.now() - began) / 1000
    assert.ok('plan' in outcome)
    const { added, doubtful, broken } = countsOf(outcome.plan)
    assert.deepEqual({ added, doubtful, broken }, { added: 6142, doubtful: 0, broken: 0 })
    assert.ok(heard.length > 10 && heard.at(-1) === 6142)
    console.log(`6142 rows in ${seconds.toFixed(1)} s`)
    const again = await importCharterList({ database }, given, {
      do: 'apply',
      accept: new Set(),
      manyEnd: false
    })
    assert.ok(isRefused(again))
  }))
