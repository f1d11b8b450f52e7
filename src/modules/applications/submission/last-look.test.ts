import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { suite, test } from 'node:test'
import { connect } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { databaseNow } from '#shared/time/index.ts'
import { type AtTheDeadline, atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { answer } from '../../../../tests/cast/complete-application.ts'
import { renameApplication } from '../actions/rename-application.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { takeBackApplication } from '../actions/take-back-application.ts'
import { lockOutline } from '../outline.server.ts'
import { allCircumstances } from './circumstances.server.ts'
import { contentOf } from './frozen-content.server.ts'
import { recallLook } from './last-look.server.ts'
import { digestOfAnswer, hashOfContent } from './manifest.ts'
import { submissionAtWork } from './reads.ts'
import { submissionsOf } from './submissions-store.server.ts'

/** Maria opens the page with the button. */
async function looks({ app, maria, application }: AtTheDeadline) {
  return ok(await submissionAtWork(app, maria, application.code))
}

/** What of her look would be used now. */
async function remembered({ app, database, maria, application }: AtTheDeadline) {
  const received = { at: await databaseNow(database), error: 0 }
  const asked = { caller: maria, application: application.id, form: randomUUID(), declaration: '1', received }
  return recallLook(app.programmes, (await allCircumstances(app, [asked])).get(asked)!)
}

/** Hands in; what was frozen, which the receipt has to vouch for. */
async function frozen(consortium: AtTheDeadline) {
  const { database, application, maria } = consortium
  const receipt = ok(await handIn(consortium, maria))
  const [submission] = await submissionsOf(database, application.id)
  const content = await contentOf(database, submission!.id)
  assert.equal(hashOfContent(content), receipt.sha256)
  return content
}

test('Maria looks, and presses the button: what she looked at is handed in, with what she declares', () =>
  atTheDeadline(async (consortium) => {
    const { maria } = consortium
    const { findings } = await looks(consortium)
    assert.ok(findings.every(({ weight }) => weight !== 'blocks'))
    assert.ok(await remembered(consortium))
    const content = await frozen(consortium)
    assert.equal(content.declaration?.by, maria.name)
    assert.equal(content.answers['project.duration-months'], 24)
    assert.equal(await remembered(consortium), undefined, 'it is over')
  }))

test('a look that found something in the way is not remembered', () =>
  atTheDeadline(async (consortium) => {
    const { database, application, maria } = consortium
    await answer(database, application.id, maria.person, { 'project.summary': { text: ' ' } })
    await looks(consortium)
    assert.equal(await remembered(consortium), undefined)
  }))

suite('what became another after the look is looked at again', () => {
  test('a text that a colleague saved at another server', () =>
    atTheDeadline(async (consortium) => {
      const { app, address, application, maria } = consortium
      await looks(consortium)
      const other = connect({ connectionString: address }, 'kopa-test')
      try {
        const text = 'Pēdējā brīdī labots.'
        ok(
          await saveAnswer({ ...app, database: other }, maria, application.code, 'project.summary', {
            ...{ base: 1, text }
          })
        )
        assert.equal((await frozen(consortium)).answers['project.summary'], text)
      } finally {
        await other.destroy()
      }
    }))

  test('a text that is kept while the application is being frozen', () =>
    atTheDeadline(async (consortium) => {
      const { database, application } = consortium
      await looks(consortium)
      const text = 'Vēl viens vārds.'
      const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>()
      const saving = database.transaction().execute(async (transaction) => {
        await lockOutline(transaction, application.id)
        isLocked()
        await setTimeout(500)
        await transaction
          .updateTable('applications.answer')
          .set({ text, version: 2, length: text.length, digest: Buffer.from(digestOfAnswer(text), 'hex') })
          .where('application', '=', application.id)
          .where('path', '=', 'project.summary')
          .execute()
      })
      await locked
      const content = await frozen(consortium)
      await saving
      assert.equal(content.answers['project.summary'], text)
    }))

  test('a text that is gone', () =>
    atTheDeadline(async (consortium) => {
      const { app, application, maria } = consortium
      await looks(consortium)
      ok(await saveAnswer(app, maria, application.code, 'project.summary', { base: 1, text: '' }))
      const outcome = await handIn(consortium, maria)
      assert.ok(isRefused(outcome))
      assert.deepEqual(
        outcome.problems.map(({ field }) => field),
        ['sections/project#project.summary']
      )
    }))

  for (const [what, change] of [
    [
      'a line of the budget',
      ({ database }) =>
        database
          .updateTable('applications.budget_line')
          .set({ version: 2, removed_at: new Date(0).toISOString() })
    ],
    ['a mandate', ({ database }) => database.deleteFrom('applications.mandate')],
    [
      'the country of a school in the register',
      ({ database, places }) =>
        database
          .updateTable('organisations.organisation')
          .set({ country: 'US' })
          .where('id', '=', places.mariasSchool!)
    ]
  ] satisfies [string, (consortium: AtTheDeadline) => { execute: () => Promise<unknown> }][]) {
    test(what, () =>
      atTheDeadline(async (consortium) => {
        await looks(consortium)
        await change(consortium).execute()
        const outcome = await handIn(consortium, consortium.maria)
        assert.ok(isRefused(outcome) && outcome.refused === 'invalid')
      })
    )
  }

  test('the title; and all of it, when it was taken back', () =>
    atTheDeadline(async (consortium) => {
      const { app, application, maria } = consortium
      await looks(consortium)
      ok(await renameApplication(app, maria, application.code, 'Jaunais nosaukums'))
      assert.equal((await frozen(consortium)).title, 'Jaunais nosaukums')
      ok(await takeBackApplication(app, maria, application.code))
      assert.equal(await remembered(consortium), undefined)
      assert.equal((await frozen(consortium)).title, 'Jaunais nosaukums')
    }))
})
