import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { isRefused } from '#shared/forms/refused.ts'
import { databaseNow } from '#shared/time/index.ts'
import { comparisons } from '#shared/time/server-clock.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { findOutline, lockOutline } from '../outline.server.ts'
import { storeAttempts } from '../submission/attempts.server.ts'
import { hashOfContent } from '../submission/manifest.ts'
import { atTheDeadline, closes, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { answer, complete } from '../../../../tests/cast/complete-application.ts'
import { contentOfApplication } from '../submission/reads.ts'
import { contentOf } from '../submission/frozen-content.server.ts'
import { submissionsOf } from '../submission/submissions-store.server.ts'
import { callerAgain } from '../../../../tests/cast/cast.ts'
import { mergedByPetra } from '../../../../tests/cast/consortium-at-work.ts'
import { saveAnswer } from './save-answer.ts'
import { startApplication } from './start-application.ts'
import { submitApplication } from './submit-application.ts'
import { takeBackApplication } from './take-back-application.ts'

suite('handing in', () => {
  test('Maria hands in and holds a receipt for the very content that is kept', () =>
    atTheDeadline(async (consortium) => {
      const { database, application, maria, call } = consortium
      const before = await databaseNow(database)
      const receipt = ok(await handIn(consortium, maria))
      const after = await databaseNow(database)
      assert.deepEqual([receipt.number, receipt.call, receipt.application], [1, call, application.code])
      assert.ok(receipt.receivedAt >= before.subtract({ milliseconds: 50 }).toString())
      assert.ok(receipt.receivedAt <= after.add({ milliseconds: 50 }).toString())
      const [submission] = await submissionsOf(database, application.id)
      const content = await contentOf(database, submission!.id)
      assert.equal(hashOfContent(content), receipt.sha256)
      assert.equal(receipt.audit.payload!.sha256, receipt.sha256)
      assert.equal(receipt.audit.entry.number, receipt.number)
      assert.equal(content.answers['project.duration-months'], 24)
      assert.equal(content.declaration?.by, maria.name)
      assert.equal((await findOutline(database, application.id))!.state, 'submitted')
    }))

  test('a request that is sent twice, and one that is replayed later, hand in once', () =>
    atTheDeadline(async (consortium) => {
      const { maria } = consortium
      const form = randomUUID()
      const both = await Promise.all([
        handIn(consortium, maria, { form }),
        handIn(consortium, maria, { form })
      ])
      const again = ok(await handIn(consortium, maria, { form }))
      assert.deepEqual(
        both.map((one) => ok(one).number),
        [1, 1]
      )
      assert.deepEqual([again.number, again.sha256], [1, ok(both[0]).sha256])
      const another = await handIn(consortium, maria)
      assert.ok(
        isRefused(another) && another.problems[0]!.key === 'applications-submission.not-now.submitted'
      )
    }))

  test('many in one millisecond get numbers of their own, without a gap, in the order of the log', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, application, maria, call, places } = consortium
      const codes = [application.code]
      for (let at = 0; at < 30; at++) {
        const { code } = ok(
          await startApplication(app, maria, {
            ...{
              call,
              action: 'cooperation-partnerships',
              field: 'school',
              title: `Nr. ${at}`,
              language: 'lv'
            },
            organisation: places.mariasSchool!
          })
        )
        await complete(app, maria, code)
        codes.push(code)
      }
      const receipts = await Promise.all(
        codes.map(async (code) => ok(await handIn(consortium, maria, { code })))
      )
      assert.deepEqual(
        receipts.map(({ number }) => number).toSorted((a, b) => a - b),
        codes.map((_, at) => at + 1)
      )
      const rows = await database
        .selectFrom('applications.submission')
        .selectAll()
        .orderBy('number')
        .execute()
      for (const row of rows) {
        const receipt = receipts.find(({ sha256 }) => sha256 === row.hash.toString('hex'))!
        assert.deepEqual([row.number, row.entry], [receipt.number, receipt.audit.entry.id])
      }
    }))

  test('only who may sign for the coordinator hands in, and lately proved who they are', () =>
    atTheDeadline(async (consortium) => {
      const { database, maria, jonas, elena } = consortium
      const his = await handIn(consortium, jonas)
      assert.equal(isRefused(his) && his.refused, 'not-allowed')
      const hers = await handIn(consortium, elena)
      assert.equal(isRefused(hers) && hers.refused, 'not-found')
      await database
        .updateTable('people.session')
        .set({ proved_at: (await databaseNow(database)).subtract({ hours: 13 }).toString() })
        .execute()
      const stale = await handIn(consortium, maria)
      assert.equal(isRefused(stale) && stale.refused, 'proof')
    }))

  test('Maria hands in though her school was merged into another record of it', () =>
    atTheDeadline(async (consortium) => {
      const { database, maria, places, elena } = consortium
      const kept = (elena.acting as { organisation: string }).organisation
      await mergedByPetra(consortium, kept, places.mariasSchool!)
      const hers = await callerAgain(database, maria)
      assert.equal(ok(await handIn(consortium, hers)).number, 1)
    }))

  test('a stranger who presses the button again and again is in nobody’s way', () =>
    atTheDeadline(async (consortium) => {
      const { maria, elena } = consortium
      const hers = Array.from({ length: 8 }, () => handIn(consortium, elena))
      const receipt = await handIn(consortium, maria)
      for (const one of await Promise.all(hers)) assert.equal(isRefused(one) && one.refused, 'not-found')
      assert.equal(ok(receipt).number, 1)
    }))

  test('a line of the budget that is kept while the application is frozen is part of it, or it is checked again', () =>
    atTheDeadline(async (consortium) => {
      const { database, application, maria } = consortium
      const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>()
      const saving = database.transaction().execute(async (transaction) => {
        await lockOutline(transaction, application.id)
        isLocked()
        await setTimeout(1500)
        await transaction
          .updateTable('applications.budget_line')
          .set({ version: 2, removed_at: sql`clock_timestamp()` })
          .where('application', '=', application.id)
          .where('id', 'like', 'mana%')
          .execute()
      })
      await locked
      const outcome = await handIn(consortium, maria)
      await saving
      assert.ok(isRefused(outcome) && outcome.refused === 'invalid', 'it does not add up now')
      assert.equal((await findOutline(database, application.id))!.state, 'draft')
    }))

  test('what nobody asks any more stays in the draft: of who left, of a row that is gone', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, application, maria } = consortium
      const gone = randomUUID()
      const cv = { file: randomUUID(), name: 'CV.pdf', size: 1, sha256: 'ab'.repeat(32) }
      await answer(database, application.id, maria.person, {
        [`profile@${gone}.background`]: { text: 'Mēs vairs nepiedalāmies.' },
        [`profile@${gone}.cv`]: { value: cv },
        'work-packages.gonegone.title': { text: 'Svītrots' }
      })
      const paths = (content: { answers: object }) => Object.keys(content.answers).join(' ')
      const draft = ok(await contentOfApplication(app, maria, application.code))
      assert.ok(!paths(draft.content).includes(gone) && !paths(draft.content).includes('gonegone'))
      const receipt = ok(await handIn(consortium, maria))
      const [submission] = await submissionsOf(database, application.id)
      const content = await contentOf(database, submission!.id)
      assert.ok(!paths(content).includes(gone) && !paths(content).includes('gonegone'))
      assert.equal(hashOfContent(content), receipt.sha256)
      const kept = await database.selectFrom('applications.answer').select('path').execute()
      assert.ok(kept.some(({ path }) => path.includes(gone)))
    }))

  test('an answer that is saved while it is checked is part of it, or it is checked again', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, application, maria } = consortium
      const save = (base: number, text: string) =>
        saveAnswer(app, maria, application.id, 'project.summary', { base, text })
      let kept = { version: ok(await save(1, 'Teksts')).version, text: 'Teksts' }
      const saving = (async () => {
        for (let at = 0; at < 40; at++) {
          const saved = await save(kept.version, `Teksts ${at}`)
          if (isRefused(saved)) return assert.equal(saved.refused, 'not-now')
          kept = { version: saved.version, text: `Teksts ${at}` }
        }
      })()
      const receipt = await handIn(consortium, maria)
      await saving
      if (isRefused(receipt)) return assert.equal(receipt.refused, 'changed')
      const [submission] = await submissionsOf(database, application.id)
      const content = await contentOf(database, submission!.id)
      assert.equal(hashOfContent(content), receipt.sha256)
      assert.equal(content.answers['project.summary'], kept.text)
    }))

  test('who writes without a pause keeps nobody from handing in', () =>
    atTheDeadline(async (consortium) => {
      const { database, application, maria } = consortium
      let over = false
      // As a save does it: it holds the draft while it writes.
      const writer = async () => {
        while (!over)
          await sql`
            with draft as materialized (select id from applications.application
              where id = ${application.id} and state = 'draft' for key share)
            update applications.answer a set version = version + 1 from draft
            where a.application = draft.id and a.path = 'project.summary'`.execute(database)
      }
      const writing = [writer(), writer(), writer()]
      const receipt = ok(await handIn(consortium, maria))
      over = true
      await Promise.all(writing)
      const [submission] = await submissionsOf(database, application.id)
      assert.equal(hashOfContent(await contentOf(database, submission!.id)), receipt.sha256)
    }))

  test('what was handed in stays as it was, whatever is written after it was taken back', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, application, maria } = consortium
      const receipt = ok(await handIn(consortium, maria))
      const [submission] = await submissionsOf(database, application.id)
      const before = await contentOf(database, submission!.id)
      // Not past the copying, whoever opens it.
      await assert.rejects(
        database
          .updateTable('applications.application')
          .set({ state: 'draft' })
          .where('id', '=', application.id)
          .execute(),
        /not copied yet/
      )
      ok(await takeBackApplication(app, maria, application.code))
      ok(await saveAnswer(app, maria, application.id, 'project.summary', { base: 1, text: 'Cits teksts' }))
      const after = await contentOf(database, submission!.id)
      assert.deepEqual(after, before)
      assert.equal(hashOfContent(after), receipt.sha256)
      // And nobody changes the copy.
      await assert.rejects(
        database
          .updateTable('applications.submitted_content')
          .set({ answers: '{}' })
          .where('submission', '=', submission!.id)
          .execute(),
        /not changed/
      )
    }))
})

suite('the deadline', () => {
  /** Hands in, as if the complete request had arrived so many milliseconds after the deadline. */
  async function after(milliseconds: number, error: number) {
    return atTheDeadline(async (consortium) => {
      const { app, database, maria, call, application } = consortium
      const now = await databaseNow(database)
      const deadline = now.subtract({ seconds: 5 })
      await closes(database, call, deadline)
      const clock = comparisons()
      const monotonic = performance.now()
      const at = deadline.add({ microseconds: milliseconds * 1000 })
      clock.note(monotonic - error, at, monotonic + error)
      const serverClock = { ...app.serverClock, ...clock }
      const receipt = await submitApplication({ ...app, serverClock }, maria, application.code, {
        form: randomUUID(),
        declaration: '1',
        arrival: { monotonic, unread: 0 }
      })
      await storeAttempts(app)
      const attempts = await database.selectFrom('applications.attempt').selectAll().execute()
      const state = (await findOutline(database, application.id))!.state
      return { receipt, attempts, state }
    })
  }

  test('at its very millisecond is in time, though it is on record seconds after it', async () => {
    const { receipt } = await after(0, 0)
    assert.ok(ok(receipt).acceptedAt > ok(receipt).deadline)
  })

  test('a millisecond later is late: refused with a reason, kept as a draft, and noted', async () => {
    const { receipt, attempts, state } = await after(1, 0)
    assert.ok(isRefused(receipt))
    assert.deepEqual(receipt.problems, [
      { field: '', key: 'applications-submission.not-now.late', args: { late: 1 } }
    ])
    assert.equal(state, 'draft')
    assert.deepEqual(
      attempts.map(({ what, outcome, why, known_by }) => ({ what, outcome, why, known_by })),
      [
        {
          ...{ what: 'submit', outcome: 'refused', known_by: 'system' },
          why: 'applications-submission.not-now.late'
        }
      ]
    )
  })

  test('where the clock cannot tell, the applicant is believed', async () => {
    const { receipt } = await after(8, 9)
    assert.equal(ok(receipt).clockErrorMilliseconds >= 9, true)
    assert.ok(isRefused((await after(8, 3)).receipt))
  })

  test('what is not on record within a minute is not accepted', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, maria, application } = consortium
      const monotonic = performance.now()
      const clock = comparisons()
      clock.note(monotonic, (await databaseNow(database)).subtract({ seconds: 61 }), monotonic)
      const serverClock = { ...app.serverClock, ...clock }
      const outcome = await submitApplication({ ...app, serverClock }, maria, application.code, {
        form: randomUUID(),
        declaration: '1',
        arrival: { monotonic, unread: 0 }
      })
      assert.equal(isRefused(outcome) && outcome.refused, 'failed')
      assert.equal((await findOutline(database, application.id))!.state, 'draft')
      assert.equal(ok(await handIn(consortium, maria)).number, 1, 'and no number is lost')
    }))
})

suite('trouble', () => {
  test('a full disk: a clear message, nothing half-written, the draft unharmed; then it goes', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, maria, application } = consortium
      await sql`create function public.full_disk() returns trigger language plpgsql as
        $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$`.execute(database)
      await sql`create trigger full_disk before insert on applications.submission for each row
        execute function public.full_disk()`.execute(database)
      const outcome = await handIn(consortium, maria)
      assert.ok(isRefused(outcome) && outcome.refused === 'failed')
      assert.equal(outcome.problems[0]!.key, 'applications-submission.failed')
      for (const table of [
        'applications.submission',
        'applications.submitted_content',
        'events.event'
      ] as const)
        assert.deepEqual(
          (await database.selectFrom(table).selectAll().execute()).filter(
            (row) => !('name' in row) || row.name === 'applications.submitted'
          ),
          []
        )
      assert.equal((await findOutline(database, application.id))!.state, 'draft')
      await storeAttempts(app)
      const [attempt] = await database.selectFrom('applications.attempt').selectAll().execute()
      assert.deepEqual([attempt!.outcome, attempt!.why], ['failed', 'failed'])
      await sql`drop trigger full_disk on applications.submission`.execute(database)
      assert.equal(ok(await handIn(consortium, maria)).number, 1)
    }))

  test('one that cannot be stored keeps no other from being on record', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, maria, application, call, places } = consortium
      const { code } = ok(
        await startApplication(app, maria, {
          ...{ call, action: 'cooperation-partnerships', field: 'school', title: 'Otrs', language: 'lv' },
          organisation: places.mariasSchool!
        })
      )
      await complete(app, maria, code)
      await sql`alter table applications.submission add constraint not_this
        check (application <> ${sql.lit(application.id)})`.execute(database)
      const [bad, good] = await Promise.all([handIn(consortium, maria), handIn(consortium, maria, { code })])
      assert.equal(isRefused(bad) && bad.refused, 'failed')
      assert.equal(ok(good).number, 1)
    }))
})

suite('taking back', () => {
  test('Maria takes back and hands in again: the last counts, both are kept, no number comes twice', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, application, maria } = consortium
      const first = ok(await handIn(consortium, maria))
      ok(await takeBackApplication(app, maria, application.code))
      ok(await takeBackApplication(app, maria, application.code))
      assert.equal((await submissionsOf(database, application.id))[0]!.state, 'taken-back')
      await answer(database, application.id, maria.person, { 'project.summary': { text: 'Labāk.' } })
      const second = ok(await handIn(consortium, maria))
      assert.notEqual(second.sha256, first.sha256)
      assert.deepEqual(
        (await submissionsOf(database, application.id)).map(({ number, state }) => [number, state]),
        [
          [2, 'counts'],
          [1, 'replaced']
        ]
      )
    }))

  test('after the deadline nothing is taken back', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, application, maria, call } = consortium
      ok(await handIn(consortium, maria))
      await closes(database, call, (await databaseNow(database)).subtract({ seconds: 1 }))
      const outcome = await takeBackApplication(app, maria, application.code)
      assert.ok(isRefused(outcome) && outcome.problems[0]!.key === 'applications-submission.not-now.closed')
    }))
})
