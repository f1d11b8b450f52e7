import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { pino } from 'pino'
import { connect } from '#shared/database/index.ts'
import {
  type AtTheDeadline,
  atTheDeadline,
  handIn,
  onRecord
} from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { somebodyWaits } from '../../../../tests/cast/lock-order.ts'
import { startApplication } from '../actions/start-application.ts'
import { lockOutline } from '../outline.server.ts'
import { contentOf } from './frozen-content.server.ts'
import { keepPapers, keptPaper } from './keep-papers.server.ts'
import { hashOfContent } from './manifest.ts'
import { moveApplication } from './state-store.server.ts'
import { changeState, lockStanding, submissionsOf } from './submissions-store.server.ts'

test('what was handed in is kept as a PDF once nobody has handed in for a minute, with its answers', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, maria } = consortium
    ok(await handIn(consortium, maria))
    const [submission] = await submissionsOf(database, application.id)
    const { id, hash } = submission!
    await keepPapers(app)
    assert.equal(await keptPaper(database, id), undefined)
    await aMinuteAgo(consortium)
    await keepPapers(app)
    const file = await database
      .selectFrom('files.file')
      .select(['name', 'kind', 'unused_since'])
      .where('id', '=', (await keptPaper(database, id))!)
      .executeTakeFirst()
    assert.deepEqual(file, { name: `${application.code}-1.pdf`, kind: 'pdf', unused_since: null })
    const { answers } = await database
      .selectFrom('applications.submitted_content')
      .select('answers')
      .where('submission', '=', id)
      .executeTakeFirstOrThrow()
    assert.equal(hashOfContent({ ...(await contentOf(database, id)), answers: answers! }), hash)
  }))

test('one that cannot be made keeps no other from it; it is tried again, after the others', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, application, maria } = consortium
    const said: string[] = []
    const log = pino({ level: 'error' }, { write: (line) => void said.push(line) })
    ok(await handIn(consortium, maria))
    const [first] = await submissionsOf(database, application.id)
    const second = await another(consortium, 'Otrs')
    // What may not happen: a word of what was handed in is another one now.
    await inAnswers(consortium, (text) => `${text}!`)
    await aMinuteAgo(consortium)
    await keepPapers({ ...app, log })
    assert.equal(await keptPaper(database, first!.id), undefined)
    assert.ok(await keptPaper(database, second))
    assert.equal(said.length, 1)
    assert.ok(said[0]!.includes(first!.id))

    await inAnswers(consortium, (text) => text.slice(0, -1))
    const third = await another(consortium, 'Trešais')
    await aMinuteAgo(consortium)
    await keepPapers({ ...app, log })
    const papers = await database
      .selectFrom('files.file as f')
      .innerJoin('applications.submission as s', 's.paper', 'f.id')
      .select('s.id')
      .orderBy('f.received_at')
      .execute()
    assert.deepEqual(
      papers.map(({ id }) => id),
      [second, third, first!.id]
    )
    assert.equal(said.length, 1)
  }))

test('Maria takes her application back while its PDF is kept: both are done', () =>
  atTheDeadline(async (consortium) => {
    const { app, database, address, application, maria } = consortium
    ok(await handIn(consortium, maria))
    await aMinuteAgo(consortium)
    const other = connect({ connectionString: address }, 'kopa-test')
    try {
      let keeping: Promise<void> | undefined
      const takingBack = other.transaction().execute(async (transaction) => {
        // As the action does it, with a long breath before the content.
        await lockOutline(transaction, application.id)
        const standing = await lockStanding(transaction, application.id)
        keeping = keepPapers(app)
        await somebodyWaits(database)
        await changeState(transaction, standing!.id, { state: 'taken-back', by: maria.person })
        await moveApplication({ ...app, database: transaction }, application.id, 'draft')
      })
      await takingBack
      await keeping
    } finally {
      await other.destroy()
    }
    const [submission] = await submissionsOf(database, application.id)
    assert.equal(submission!.state, 'taken-back')
    assert.ok(await keptPaper(database, submission!.id))
    assert.equal(hashOfContent(await contentOf(database, submission!.id)), submission!.hash)
  }))

/** Maria hands in another one. */
async function another(
  { app, maria, call, places }: Pick<AtTheDeadline, 'app' | 'maria' | 'call' | 'places'>,
  title: string
): Promise<string> {
  const { code } = ok(
    await startApplication(app, maria, {
      ...{ call, action: 'cooperation-partnerships', field: 'school', title, language: 'lv' },
      organisation: places.mariasSchool!
    })
  )
  return (await onRecord(app, maria, code)).id
}

/** All that was handed in was so a minute before. */
async function aMinuteAgo({ database }: Pick<AtTheDeadline, 'database'>): Promise<void> {
  await sql`
    update applications.submission set accepted_at = accepted_at - interval '1 minute',
      received_at = received_at - interval '1 minute'`.execute(database)
}

async function inAnswers(
  { database, application }: Pick<AtTheDeadline, 'database' | 'application'>,
  change: (text: string) => string
): Promise<void> {
  const { text } = await database
    .selectFrom('applications.answer')
    .select('text')
    .where('application', '=', application.id)
    .where('path', '=', 'project.summary')
    .executeTakeFirstOrThrow()
  await database
    .updateTable('applications.answer')
    .set({ text: change(text!) })
    .where('application', '=', application.id)
    .where('path', '=', 'project.summary')
    .execute()
}
