import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { answersOf } from '../answers-store.server.ts'
import { answerOfVersion } from '../reads.ts'
import { changeRows } from './change-rows.ts'
import { clearSetAside } from './clear-set-aside.ts'
import { saveAnswer } from './save-answer.ts'

const rows = { list: 'work-packages', row: '', place: 0, most: 5 }

suite('an answer that was set aside', () => {
  test('Maria empties what she wrote in a row that was removed; its history keeps it, and the row may come back', () =>
    withConsortium(async ({ app, database, application, maria }) => {
      const { row } = ok(await changeRows(app, maria, application.id, { ...rows, kind: 'add' }))
      const path = `work-packages.${row}.title`
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Lasītavas' }))
      const whileAsked = await clearSetAside(app, maria, application.code, { path, base: 1 })
      assert.ok(isRefused(whileAsked) && whileAsked.refused === 'not-found')
      ok(await changeRows(app, maria, application.id, { ...rows, kind: 'remove', row }))
      const stale = await clearSetAside(app, maria, application.code, { path, base: 0 })
      assert.ok(isRefused(stale) && stale.refused === 'changed')
      ok(await clearSetAside(app, maria, application.code, { path, base: 1 }))
      assert.equal((await answersOf(database, application.id)).get(path)?.text, '')
      assert.equal(ok(await answerOfVersion(app, maria, application.code, path, 1)).text, 'Lasītavas')
      ok(await changeRows(app, maria, application.id, { ...rows, kind: 'back', row }))
      ok(await saveAnswer(app, maria, application.code, path, { base: 2, text: 'Atkal' }))
      assert.equal((await answersOf(database, application.id)).get(path)?.text, 'Atkal')
    }))

  test('a value is emptied, too; who may not write there empties nothing', () =>
    withConsortium(async ({ app, database, application, maria, jonas, elena }) => {
      const { row } = ok(await changeRows(app, maria, application.id, { ...rows, kind: 'add' }))
      const path = `work-packages.${row}.kind`
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, value: 'management' }))
      ok(await changeRows(app, maria, application.id, { ...rows, kind: 'remove', row }))
      for (const [who, why] of [
        [jonas, 'not-allowed'],
        [elena, 'not-found']
      ] as const) {
        const no = await clearSetAside(app, who, application.code, { path, base: 1 })
        assert.ok(isRefused(no) && no.refused === why)
      }
      ok(await clearSetAside(app, maria, application.code, { path, base: 1 }))
      assert.equal((await answersOf(database, application.id)).get(path)?.value, null)
    }))
})
