import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atDesk, ok, publishedCall } from '../../../tests/cast/calls-at-desk.ts'
import { askToFollow } from './actions/ask-to-follow.ts'
import { followCalls } from './actions/follow-calls.ts'
import { anyCall } from './filter.ts'
import { personalData } from './personal-data.ts'

test('Maria is given what she follows, and it goes with her; the address of somebody else stays', () =>
  atDesk(async (desk) => {
    const { app, database, maria } = desk
    const call = await publishedCall(desk)
    ok(await followCalls(app, maria, { call }))
    ok(await askToFollow(app, { email: 'MARIA.ozola@example.org', language: 'lv', list: anyCall }))
    ok(await askToFollow(app, { email: 'somebody@example.org', language: 'lv', call }))
    const { follows } = (await personalData.exports(database, maria.person)) as {
      follows: { call: string | null }[]
    }
    assert.deepEqual(
      follows.map((one) => one.call),
      [call, null]
    )
    assert.deepEqual(await personalData.stays(database, maria.person), [])
    await database.transaction().execute((transaction) => personalData.erases(transaction, maria.person))
    const left = await database.selectFrom('calls.watch').select('email').execute()
    assert.deepEqual(left, [{ email: 'somebody@example.org' }])
  }))

test('what Petra did to calls stays as the record of a public body, and she is told', () =>
  atDesk(async (desk) => {
    const { database, petra } = desk
    await publishedCall(desk)
    const exported = (await personalData.exports(database, petra.person)) as { steps: { step: string }[] }
    assert.deepEqual(
      exported.steps.map(({ step }) => step),
      ['drafted', 'sent']
    )
    const [stays] = await personalData.stays(database, petra.person)
    assert.deepEqual(stays?.args, { count: 2 })
  }))
