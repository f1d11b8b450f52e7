import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '../../../../app.ts'
import { ok } from '../../../../../tests/cast/calls-at-desk.ts'
import { withConsortium } from '../../../../../tests/cast/applications-under-way.ts'
import { saveAnswer } from '../../actions/save-answer.ts'
import { load } from './section.server.ts'

test('beside the form stands what of it breaks a rule of the call, with its source, and the verdict on all', () =>
  withConsortium(async ({ app, application, maria }) => {
    const { code } = application
    const months = 'project.duration-months'
    const seen = async () => {
      const { check } = await load({
        locals: { app: app as unknown as App, language: 'en', caller: maria },
        params: { application: code, section: 'project' },
        url: new URL(`http://localhost/en/applications/${code}/sections/project`)
      })
      return check
    }
    const before = await seen()
    assert.deepEqual(before.at[months], [])
    ok(await saveAnswer(app, maria, code, months, { base: 0, value: 48 }))
    const after = await seen()
    assert.deepEqual(
      after.at[months]!.map(({ id, severity }) => [id, severity]),
      [['duration', 'block']]
    )
    assert.match(after.at[months]![0]!.sources.join(), /p\. 238/)
    assert.equal(after.answer, 'not-eligible')
    assert.equal(after.broken, before.broken + 1)
  }))
