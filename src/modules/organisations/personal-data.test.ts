import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerAgain, castOf, personActing } from '../../../tests/cast/cast.ts'
import { withDatabase } from '../../../tests/database.ts'
import { askToJoin } from './actions/ask-to-join.ts'
import { inviteMember } from './actions/invite-member.ts'
import { mergeOrganisations } from './actions/merge-organisations.ts'
import { saveContacts } from './actions/save-contacts.ts'
import { appOf, done, registered } from './organisations.fixture.ts'
import { personalData } from './personal-data.ts'

test('what is kept of Ilze is all hers to have, and goes with her; what the organisation says stays', () =>
  withDatabase(async (database) => {
    const app = appOf(database)
    const { ilze: before, maria, petra } = await castOf(database)
    const { organisation } = await registered(database, before)
    const ilze = await callerAgain(database, before)
    const contacts = [{ purpose: 'general', name: 'Ilze', email: 'Ilze.Berzina@example.org', shown: 'on' }]
    done(await saveContacts(app, ilze, organisation, { revision: 1, given: { contacts } }))
    done(await inviteMember(app, ilze, organisation, { email: 'kolege@example.lv', role: 'member' }))
    const other = await registered(database, maria, {
      name: 'Cita skola',
      website: '',
      oid: '',
      registerNumber: ''
    })
    done(await askToJoin(app, ilze, other.organisation, { role: 'member', reason: 'Strādāju arī tur.' }))
    const kept = (await personalData.exports(database, ilze.person)) as Record<string, object[]>
    assert.deepEqual(
      Object.entries(kept).map(([name, list]) => [name, list.length]),
      [
        ['changes', 2],
        ['requests', 1],
        ['invitations', 1],
        ['contacts', 1],
        ['domainProofs', 0],
        ['merges', 0]
      ]
    )
    done(
      await mergeOrganisations(app, petra, {
        kept: organisation,
        merged: other.organisation,
        given: { reason: 'Viena.' }
      })
    )
    assert.equal((await personalData.stays(database, petra.person)).length, 1)

    await database.transaction().execute((transaction) => personalData.erases(transaction, ilze.person))
    const after = (await personalData.exports(database, ilze.person)) as Record<string, object[]>
    assert.ok(
      Object.values(after).every((list) => list.length === 0),
      JSON.stringify(after)
    )
    const facts = await database
      .selectFrom('organisations.fact')
      .select('value')
      .where('organisation', '=', organisation)
      .execute()
    assert.ok(facts.length > 5)
  }))

test('nobody else’s data comes along', () =>
  withDatabase(async (database) => {
    const { ilze } = await castOf(database)
    await registered(database, ilze)
    const stranger = await personActing(database, { name: 'Svešs Cilvēks' })
    const kept = (await personalData.exports(database, stranger.person)) as Record<string, object[]>
    assert.ok(Object.values(kept).every((list) => list.length === 0))
  }))
