import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../tests/database.ts'
import { maria, recorded } from './audit.fixture.ts'
import { digestOf, payloadDigest } from './digests.ts'
import { erasePayloads, erasePayloadsAbout } from './erase.ts'
import { entriesAbout, historyOf } from './reads.ts'

const jonas = '6f1f3c5e-5a53-4b4f-8f43-0d2a3d3f0002'
const by = { system: 'erasure' }

test('Maria is erased: payload and salt are gone, digests stay, and the erasure is on record', () =>
  withDatabase(async (database) => {
    const about = [
      await recorded(database),
      await recorded(database, { act: 'calls.asked', about: [maria, jonas] }),
      await recorded(database, { act: 'grants.paid' })
    ]
    const other = await recorded(database, { about: [jonas] })
    const erased = await database
      .transaction()
      .execute((transaction) =>
        erasePayloadsAbout(transaction, maria, { by, keeps: (act) => act === 'grants.paid' })
      )
    assert.equal(erased, 2)
    const rows = await database.selectFrom('audit.entry').selectAll().orderBy('id').execute()
    const erasure = rows.at(-1)!
    assert.equal(rows.length, 5)
    assert.deepEqual(
      rows.map(({ payload, salt }) => payload === null && salt === null),
      [true, true, false, false, false]
    )
    assert.deepEqual(
      rows.slice(0, 4).map(({ digest }) => digest.toString('hex')),
      [...about, other].map(({ digest }) => digest)
    )
    assert.deepEqual(
      (await entriesAbout(database, maria)).map(({ act }) => act),
      ['grants.paid']
    )
    assert.equal(erasure.act, 'audit.payloads-erased')
    assert.deepEqual(erasure.payload, { entries: [about[0]!.id, about[1]!.id] })
    // It hangs in its chain as every entry does.
    const [view] = await historyOf(database, { kind: 'person', id: maria }, 10)
    const digest = payloadDigest(erasure.salt!, JSON.stringify(erasure.payload)).toString('hex')
    assert.equal(erasure.payload_digest.toString('hex'), digest)
    assert.equal(
      digestOf({ ...view!, previous: null, payloadDigest: digest }),
      erasure.digest.toString('hex')
    )
  }))

test('what is about somebody else is refused; what is erased already, and erasures themselves, are left alone', () =>
  withDatabase(async (database) => {
    const { id } = await recorded(database)
    const erase = (entries: string[]) =>
      database
        .transaction()
        .execute((transaction) => erasePayloads(transaction, { person: maria, entries, by }))
    const of = await recorded(database, { about: [jonas] })
    await assert.rejects(erase([id, of.id]), /Not all of these entries are about this person/)
    assert.equal(await erase([id]), 1)
    const erasure = await database
      .selectFrom('audit.entry')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    assert.equal(await erase([id, erasure!.id, '999']), 0)
    assert.equal((await database.selectFrom('audit.entry').select('id').execute()).length, 3)
  }))

test('not even the owner of the database changes or deletes by mistake', () =>
  withDatabase(async (database) => {
    await recorded(database)
    for (const statement of [
      `update audit.entry set act = 'a.b'`,
      `update audit.entry set payload = '{}'`,
      `update audit.entry set payload = null, salt = null, about = null, digest = ''`,
      `delete from audit.entry`,
      `truncate audit.entry`,
      `delete from audit.leaf`,
      `update audit.head set root = ''`,
      `truncate audit.node`,
      `delete from audit.key`
    ]) {
      await assert.rejects(sql.raw(statement).execute(database), /not changed/, statement)
    }
  }))
