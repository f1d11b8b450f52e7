import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase, withDatabase } from '../../../tests/database.ts'
import { type Database, connect } from '../database/index.ts'
import { runJobs } from '../jobs/index.ts'
import { quiet } from '../jobs/jobs-log.ts'
import { type Position, positionNow, readEvents } from './follow.ts'
import {
  announce,
  deliver,
  dispatch,
  forgetEvents,
  listen,
  redispatch,
  startDispatch,
  startFollowing
} from './index.ts'

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'letters.arrived': { letter: number }
    'letters.nobody-cares': { letter: number }
  }
}

type Holding = { database: Database }

/**
 * Reads on until so many events are there, and looks once more. Acts elsewhere on this server hold readers back, too:
 * the horizon is one for all databases.
 */
async function readUntil(reader: Database, from: Position, count: number) {
  const events = []
  let position = from
  for (const end = performance.now() + 30_000; events.length < count && performance.now() < end;) {
    const read = await readEvents(reader, position)
    events.push(...read.events)
    position = read.position
    if (events.length < count) await setTimeout(5)
  }
  return { events: [...events, ...(await readEvents(reader, position)).events], position }
}

/** Two connections that a test holds in its hand, so that their transactions can be interleaved. */
async function withTwo(
  work: (one: Connection, other: Connection, reader: Database) => Promise<void>
): Promise<void> {
  await withDatabase(async (database) =>
    database
      .connection()
      .execute((one) =>
        database.connection().execute((other) => work(speaking(one), speaking(other), database))
      )
  )
}

type Connection = {
  say: (statement: string) => Promise<unknown>
  announce: (letter: number) => Promise<void>
}

function speaking(connection: Database): Connection {
  return {
    say: (statement) => sql.raw(statement).execute(connection),
    announce: (letter) => announce(connection, 'letters.arrived', { letter })
  }
}

const lettersOf = (events: { facts: unknown }[]) =>
  events.map(({ facts }) => (facts as { letter: number }).letter)

test('an act that is taken back announced nothing', () =>
  withDatabase(async (database) => {
    const failed = database.transaction().execute(async (transaction) => {
      await announce(transaction, 'letters.arrived', { letter: 1 })
      throw new Error('changed my mind')
    })
    await assert.rejects(failed, /changed my mind/)
    assert.equal(await dispatch(database, []), 0)
  }))

test('a reader does not skip the event of an act that commits after a later one', () =>
  withTwo(async (slow, quick, reader) => {
    const before = await positionNow(reader)
    await slow.say('begin')
    await slow.announce(1)
    await quick.say('begin')
    await quick.announce(2)
    await quick.say('commit')

    // Event 2 is there to see, but whoever noted its number now would never come back for 1.
    const early = await readEvents(reader, before)
    assert.deepEqual(lettersOf(early.events), [])

    await slow.say('commit')
    const late = await readUntil(reader, early.position, 2)
    assert.deepEqual(lettersOf(late.events), [1, 2])
    assert.deepEqual((await readEvents(reader, late.position)).events, [])
  }))

test('a reader that starts in the middle of an act hears of it', () =>
  withTwo(async (slow, quick, reader) => {
    const before = await positionNow(reader)
    await quick.announce(1)
    // Other tests work in the same cluster: what they have under way may hold it up.
    await readUntil(reader, before, 1)
    await slow.say('begin')
    await slow.announce(2)
    const start = await positionNow(reader)
    await slow.say('commit')
    const { events } = await readUntil(reader, start, 1)
    assert.deepEqual(lettersOf(events), [2])
  }))

test('a thousand acts that overlap and some that are taken back: each reader hears of each once', async () => {
  const { address, drop } = await freshDatabase()
  const database = connect({ connectionString: address }, 'kopa-server')
  try {
    const start = await positionNow(database)
    let writing = true
    const kept: number[] = []
    const patience = performance.now() + 60_000 // not of a guide: milliseconds
    const heard: number[][] = [[], []]
    const readers = heard.map(async (letters) => {
      for (let position = start, last = false; ;) {
        const { events, position: next } = await readEvents(database, position, 7)
        letters.push(...lettersOf(events))
        position = next
        // Acts elsewhere on this server hold all readers back until they end: an empty look is no end.
        const all = !writing && letters.length >= kept.length
        if ((all && last) || performance.now() > patience) return
        last = all && events.length === 0
        if (events.length === 0) await setTimeout(1)
      }
    })
    const act = async (letter: number) => {
      await database
        .transaction()
        .execute(async (transaction) => {
          await announce(transaction, 'letters.arrived', { letter })
          if (letter % 5 === 0) await setTimeout((letter * 7) % 12)
          if (letter % 11 === 0) throw new Error('taken back')
        })
        .then(() => kept.push(letter))
        .catch(() => {})
    }
    const letters = Array.from({ length: 1000 }, (_, at) => at + 1)
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        for (let letter = letters.shift(); letter !== undefined; letter = letters.shift()) await act(letter)
      })
    )
    writing = false
    await Promise.all(readers)
    for (const letters of heard) {
      assert.deepEqual(
        letters.toSorted((a, b) => a - b),
        kept.toSorted((a, b) => a - b)
      )
    }
  } finally {
    await database.destroy()
    await drop()
  }
})

test('what was heard stays heard, however often it is delivered; what failed leaves no trace', () =>
  withDatabase(async (database) => {
    let failures = 1
    const heard: number[] = []
    const listener = listen(
      'letters.arrived',
      'post.note-letter',
      async (app: Holding, { letter }: { letter: number }) => {
        // Whatever it writes goes with the note that it was heard.
        await app.database.updateTable('kopa.installation').set({ version: 'heard' }).execute()
        if (failures-- > 0) throw new Error('not now')
        heard.push(letter)
      }
    )
    await database.insertInto('kopa.installation').values({ version: 'unheard', restore_id: null }).execute()
    const version = () => database.selectFrom('kopa.installation').select('version').executeTakeFirstOrThrow()

    await announce(database, 'letters.arrived', { letter: 4 })
    assert.equal(await dispatch(database, [listener]), 1)
    const { event } = await database.selectFrom('events.delivery').select('event').executeTakeFirstOrThrow()
    await assert.rejects(deliver({ database }, listener, { event }), /not now/)
    assert.deepEqual(await version(), { version: 'unheard' })
    await Promise.all([1, 2, 3].map(() => deliver({ database }, listener, { event })))
    assert.deepEqual(heard, [4])
    assert.deepEqual(await version(), { version: 'heard' })
  }))

test('an action that a listener calls takes part in its transaction', () =>
  withDatabase(async (database) => {
    const rename = (app: Holding, version: string) =>
      app.database
        .transaction()
        .execute((transaction) => transaction.updateTable('kopa.installation').set({ version }).execute())
    let failures = 1
    const listener = listen('letters.arrived', 'post.rename', async (app: Holding) => {
      await rename(app, 'renamed')
      if (failures-- > 0) throw new Error('after the action')
    })
    await database.insertInto('kopa.installation').values({ version: 'old', restore_id: null }).execute()
    await announce(database, 'letters.arrived', { letter: 1 })
    await dispatch(database, [listener])
    const { event } = await database.selectFrom('events.delivery').select('event').executeTakeFirstOrThrow()
    const version = async () =>
      (await database.selectFrom('kopa.installation').select('version').executeTakeFirstOrThrow()).version
    await assert.rejects(deliver({ database }, listener, { event }), /after the action/)
    assert.equal(await version(), 'old')
    await deliver({ database }, listener, { event })
    assert.equal(await version(), 'renamed')
  }))

test('two who dispatch side by side take each event once', () =>
  withDatabase(async (database) => {
    const listener = listen('letters.arrived', 'post.note-letter', async () => {})
    for (let letter = 0; letter < 1200; letter++) await announce(database, 'letters.arrived', { letter })
    const drain = async () => {
      let taken = 0
      for (let now = -1; now !== 0; taken += now) now = await dispatch(database, [listener])
      return taken
    }
    const [one, other] = await Promise.all([drain(), drain()])
    assert.equal(one + other, 1200)
    const { rows } = await sql<{ jobs: number; deliveries: number }>`
      select (select count(*)::int from graphile_worker.jobs) as jobs,
        (select count(*)::int from events.delivery) as deliveries`.execute(database)
    assert.deepEqual(rows, [{ jobs: 1200, deliveries: 1200 }])
  }))

test('a job that went missing is made again while its event waits to be heard', () =>
  withDatabase(async (database) => {
    const listener = listen('letters.arrived', 'post.note-letter', async () => {})
    await announce(database, 'letters.arrived', { letter: 1 })
    await dispatch(database, [listener])
    assert.equal(await redispatch(database, [listener]), 0)
    await sql`delete from graphile_worker._private_jobs`.execute(database)
    assert.equal(await redispatch(database, [listener]), 1)
    assert.equal(await redispatch(database, [listener]), 0)
  }))

test('a letter that Maria announces is heard by a module she does not know within a second', async () => {
  const { address, drop } = await freshDatabase()
  const server = { connectionString: address }
  const database = connect(server, 'kopa-test')
  let heard = Promise.withResolvers<number>()
  const listener = listen('letters.arrived', 'post.note-letter', async (_: Holding, { letter }) =>
    heard.resolve(letter)
  )
  const dispatching = startDispatch({ database, listeners: [listener], log: quiet })
  const working = runJobs({
    server,
    log: quiet,
    tasks: { [listener.name]: (payload) => deliver({ database }, listener, payload) },
    schedule: []
  })
  const following = startFollowing({ database, server, log: quiet })
  const followed = Promise.withResolvers<number>()
  try {
    await following.follow('letters.arrived', ({ letter }) => followed.resolve(letter))
    await setTimeout(1500)
    // One of several: others share the machine.
    const after: number[] = []
    for (let letter = 7; letter < 12 && !after.some((milliseconds) => milliseconds < 1000); letter++) {
      heard = Promise.withResolvers<number>()
      const announced = performance.now()
      await database
        .transaction()
        .execute((transaction) => announce(transaction, 'letters.arrived', { letter }))
      assert.equal(await heard.promise, letter)
      after.push(performance.now() - announced)
    }
    assert.ok(Math.min(...after) < 1000, `heard after ${after} ms`)
    assert.equal(await followed.promise, 7)
  } finally {
    await following.stop()
    await working.stop()
    await dispatching.stop()
    await database.destroy()
    await drop()
  }
})

test('old events go after a month, those that somebody has still to hear after three', () =>
  withDatabase(async (database) => {
    const listener = listen('letters.arrived', 'post.note-letter', async () => {})
    await announce(database, 'letters.arrived', { letter: 1 })
    await announce(database, 'letters.nobody-cares', { letter: 2 })
    await dispatch(database, [listener])
    await announce(database, 'letters.nobody-cares', { letter: 3 })
    await dispatch(database, [listener])
    await sql`update events.event set announced_at = announced_at - interval '31 days'
      where facts ->> 'letter' <> '3'`.execute(database)
    await forgetEvents(database)
    const left = await database.selectFrom('events.event').select('facts').orderBy('id').execute()
    assert.deepEqual(lettersOf(left), [1, 3])
    await sql`update events.event set announced_at = announced_at - interval '60 days'
      where facts ->> 'letter' <> '3'`.execute(database)
    await forgetEvents(database)
    const last = await database.selectFrom('events.event').select('facts').execute()
    assert.deepEqual(lettersOf(last), [3])
  }))
