import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { rolesOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { nobody } from '#shared/identity/index.ts'
import { callerAgain, castOf, personActing } from '../../../../tests/cast/cast.ts'
import { withDatabase } from '../../../../tests/database.ts'
import { importCharterList } from '../actions/import-charter-list.ts'
import { mergeOrganisations, previewMerge } from '../actions/merge-organisations.ts'
import { seeDocuments } from '../actions/see-documents.ts'
import { tellApart } from '../actions/tell-apart.ts'
import { undoMerge } from '../actions/undo-merge.ts'
import { changeRecord } from '../actions/change-record.ts'
import { shippedCharterFile, shippedEdition } from '../import/shipped-charter-list.server.ts'
import { appOf, done, registered, school } from '../organisations.fixture.ts'
import { findOrganisations, organisationByCode, organisationNames, showOrganisation } from '../reads.ts'
import { showDesk } from '../reads.server.ts'
import { changesOf } from '../record/record-history.server.ts'
import { factsInForce } from '../record/record-store.server.ts'
import { possiblePairs } from './possible-pairs.server.ts'

const given = { reason: 'Viens un tas pats reģistrācijas numurs izrakstā.' }
const clock = () => Temporal.Instant.from('2026-11-25T12:00:00Z')
const bare = { website: '', oid: '', registerNumber: '' }

/** One school that two people registered, and Petra whose body looks after it. */
async function scene(database: Database) {
  const { ilze, jonas, petra, liga } = await castOf(database)
  const one = await registered(database, ilze)
  const other = await registered(database, jonas, {
    ...bare,
    name: 'Bērzaines skola Cēsīs',
    oid: school.oid,
    website: 'https://skola.example.lv'
  })
  return { app: { ...appOf(database), clock }, ilze, jonas, petra, liga, one, other }
}

test('Petra merges two records of one school: one stays, both codes lead to it, and everybody who was there is there', () =>
  withDatabase(async (database) => {
    const { app, petra, ilze, jonas, one, other } = await scene(database)
    const pair = { kept: one.organisation, merged: other.organisation }
    const preview = done(await previewMerge(app, petra, pair))
    assert.deepEqual(
      preview.facts.map(({ kind, value, as }) => [kind, value, as.kind]),
      [
        ['legal-name', 'Bērzaines skola Cēsīs', 'name'],
        ['domain', 'skola.example.lv', 'domain']
      ]
    )
    done(await mergeOrganisations(app, petra, { ...pair, given }))
    for (const code of [one.code, other.code])
      assert.deepEqual(await organisationByCode(app, code), { id: one.organisation, code: one.code })
    const view = (await showOrganisation(app, petra, other.organisation))!
    assert.deepEqual([view.id, view.name], [one.organisation, school.name])
    assert.equal(
      (await organisationNames(database, [other.organisation], 'lv')).get(other.organisation)?.code,
      one.code
    )
    assert.deepEqual(
      (await findOrganisations(app, 'Bērzaines skola Cēsīs')).map(({ id }) => id),
      [one.organisation]
    )
    assert.deepEqual(
      (await rolesOf(database, jonas.person)).map(({ held }) => 'organisation' in held && held.organisation),
      [jonas.roles.length > 0 && (jonas.roles[0] as { organisation: string }).organisation, one.organisation]
    )
    const again = await callerAgain(database, ilze)
    const saved = await changeRecord(app, again, other.organisation, {
      section: 'place',
      revision: 1,
      given: { country: 'LV' }
    })
    assert.ok(isRefused(saved), 'nobody edits a record that was merged')
    assert.deepEqual(
      (await changesOf(database, one.organisation)).map(({ act }) => act),
      ['merged-from', 'registered']
    )
  }))

test('and undoes it again: each has what it had, and what was changed since stays', () =>
  withDatabase(async (database) => {
    const { app, petra, ilze, jonas, one, other } = await scene(database)
    const before = {
      one: await factsInForce(database, one.organisation),
      other: await factsInForce(database, other.organisation)
    }
    const roles = (await rolesOf(database, jonas.person)).map(({ held }) => held)
    const { merge } = done(
      await mergeOrganisations(app, petra, { kept: one.organisation, merged: other.organisation, given })
    )
    const ilzeNow = await callerAgain(database, ilze)
    done(
      await changeRecord(app, ilzeNow, one.organisation, {
        section: 'interests',
        revision: 2,
        given: { fields: ['school'] }
      })
    )
    assert.ok(isRefused(await undoMerge(app, jonas, merge, given)))
    assert.ok(isRefused(await undoMerge(app, petra, merge, {})), 'a reason is needed')
    done(await undoMerge(app, petra, merge, given))
    assert.ok(isRefused(await undoMerge(app, petra, merge, given)), 'once')
    const said = (facts: { kind: string; value: string }[]) =>
      facts.map(({ kind, value }) => `${kind} ${value}`).sort()
    assert.deepEqual(
      said(await factsInForce(database, one.organisation)),
      [...said(before.one), 'field school'].sort()
    )
    assert.deepEqual(said(await factsInForce(database, other.organisation)), said(before.other))
    assert.deepEqual(
      (await rolesOf(database, jonas.person)).map(({ held }) => held),
      roles
    )
    assert.equal((await organisationByCode(app, other.code))?.id, other.organisation)
    assert.deepEqual(
      (await findOrganisations(app, 'Bērzaines skola Cēsīs')).map(({ id }) => id)[0],
      other.organisation
    )
  }))

test('two identifiers of one kind that differ are two organisations', () =>
  withDatabase(async (database) => {
    const { ilze, jonas, petra } = await castOf(database)
    const one = await registered(database, ilze)
    const other = await registered(database, jonas, {
      ...bare,
      name: 'Bērzaines skola Cēsīs',
      oid: 'E10054065'
    })
    const outcome = await mergeOrganisations(appOf(database), petra, {
      kept: one.organisation,
      merged: other.organisation,
      given
    })
    assert.ok(isRefused(outcome))
    assert.deepEqual(outcome.problems, [
      { field: '', key: 'organisations.merge.differ.oid', args: { one: 'E10054064', other: 'E10054065' } }
    ])
  }))

test('only officers whose body looks after both merge; the school itself does not, nor does anybody elsewhere', () =>
  withDatabase(async (database) => {
    const { app, ilze, liga, one, other } = await scene(database)
    const pair = { kept: one.organisation, merged: other.organisation, given }
    const elsewhere = await personActing(database, {
      name: 'Aire Tamm',
      role: { role: 'officer', body: 'ee-harno' }
    })
    for (const who of [nobody, await callerAgain(database, ilze), elsewhere]) {
      assert.ok(isRefused(await mergeOrganisations(app, who, pair)))
      assert.ok(isRefused(await previewMerge(app, who, pair)))
      assert.ok(isRefused(await tellApart(app, who, { one: pair.kept, other: pair.merged, given })))
    }
    const self = await mergeOrganisations(app, liga, { ...pair, merged: one.organisation })
    assert.ok(isRefused(self) && self.refused === 'not-found')
    done(await mergeOrganisations(app, liga, pair))
  }))

test('the desk shows the pair until somebody merged it or told it apart', () =>
  withDatabase(async (database) => {
    const { app, petra, one, other } = await scene(database)
    const desk = async () => done(await showDesk(app, petra)).pairs
    assert.deepEqual(
      (await desk()).map(({ because }) => because),
      [[{ kind: 'oid', value: school.oid }]]
    )
    done(await tellApart(app, petra, { one: one.organisation, other: other.organisation, given }))
    assert.deepEqual(await desk(), [])
  }))

test('two officers who merge the same pair in opposite directions at once make one record, not none', () =>
  withDatabase(async (database) => {
    const { app, petra, one, other } = await scene(database)
    const [a, b] = [one.organisation, other.organisation]
    const outcomes = await Promise.all([
      mergeOrganisations(app, petra, { kept: a, merged: b, given }),
      mergeOrganisations(app, petra, { kept: b, merged: a, given })
    ])
    assert.equal(outcomes.filter((outcome) => !isRefused(outcome)).length, 1)
  }))

test('a document that Petra saw makes facts surer, until the school says something else', () =>
  withDatabase(async (database) => {
    const { app, petra, ilze, one } = await scene(database)
    const facts = await factsInForce(database, one.organisation)
    const ids = facts
      .filter(({ kind }) => kind === 'legal-name' || kind === 'register-number')
      .map(({ id }) => id)
    const seen = { facts: ids, document: 'Izraksts no reģistra, 2026. gada 12. marts' }
    const member = await callerAgain(database, ilze)
    assert.ok(isRefused(await seeDocuments(app, member, one.organisation, seen)))
    for (const wrong of [
      { ...seen, document: '' },
      { document: 'x' },
      { ...seen, facts: ['999999'] },
      { ...seen, facts: ["1'; drop"] }
    ])
      assert.ok(isRefused(await seeDocuments(app, petra, one.organisation, wrong)))
    done(await seeDocuments(app, petra, one.organisation, seen))
    assert.equal((await showOrganisation(app, nobody, one.organisation))!.level, 'document-seen')
    done(
      await changeRecord(app, member, one.organisation, {
        section: 'names',
        revision: 2,
        given: { legalName: 'Cēsu jaunā skola' }
      })
    )
    const after = await factsInForce(database, one.organisation)
    assert.deepEqual(
      after.filter(({ level }) => level === 'document-seen').map(({ kind, evidence }) => [kind, evidence]),
      [['register-number', seen.document]]
    )
  }))

test('among the 6 142 holders of charters nobody is merged by itself, and hardly any pair is asked about', () =>
  withDatabase(async (database) => {
    const list = { ...shippedCharterFile(), edition: Temporal.PlainDate.from(shippedEdition) }
    const outcome = await importCharterList({ database }, list, {
      do: 'apply',
      accept: 'all',
      manyEnd: false
    })
    assert.ok('plan' in outcome)
    const { count } = await database
      .selectFrom('organisations.organisation')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('merged_into', 'is not', null)
      .executeTakeFirstOrThrow()
    assert.equal(count, '0')
    const pairs = await possiblePairs(database, 'all')
    const byIdentifier = pairs.filter(({ because }) => because.some(({ kind }) => kind !== 'name'))
    // Two French schools of the list have one OID.
    assert.equal(byIdentifier.length, 1)
    assert.ok(pairs.length < 120, String(pairs.length))
    console.log(`${pairs.length} pairs of 6142 with the same name or identifier`)
  }))

test('the desk names a society that was registered again with its words in another order, in its country only', () =>
  withDatabase(async (database) => {
    const { ilze, jonas } = await castOf(database)
    const bare = { website: '', oid: '', registerNumber: '' }
    await registered(database, ilze, { ...bare, name: 'Biedrība “Jauniešu laipa”' })
    await registered(database, jonas, {
      ...bare,
      name: 'Jauniešu laipa, biedrība',
      ...{ seen: (await database.selectFrom('organisations.organisation').select('code').execute())[0]!.code }
    })
    const pairs = await possiblePairs(database, ['LV'])
    assert.deepEqual(
      pairs.map(({ one, because }) => [one.name, because.map(({ kind }) => kind)]),
      [['Biedrība “Jauniešu laipa”', ['name']]],
      'the older one rather stays'
    )
    assert.deepEqual(await possiblePairs(database, ['EE']), [])
    assert.deepEqual(await possiblePairs(database, []), [])
  }))
