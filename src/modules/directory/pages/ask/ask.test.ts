import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '../../../../app.ts'
import { accepted, atWork } from '../../../../../tests/cast/bodies-at-work.ts'
import { withDatabase } from '../../../../../tests/database.ts'
import { askForAdvice } from '../../actions/ask-for-advice.ts'
import { actions } from './ask.server.ts'

test('Maria takes a question back while she writes another: what she wrote comes back, and what it is about', () =>
  withDatabase(async (database) => {
    const { app, maria, school } = await atWork(database)
    const ask = { organisation: school.organisation, edition: '2026', field: 'adult' }
    const takeBack = async (typed: Record<string, string>) => {
      const { request } = accepted(await askForAdvice(app, maria, { ...ask, question: 'Vai drīkst?' }))
      const body = new URLSearchParams({ request, ...typed })
      const url = new URL('http://localhost/lv/directory/advice')
      // As much of the installation as the page needs.
      const locals = { app: app as unknown as App, caller: maria, language: 'lv' as const }
      return actions.withdraw({ locals, url, request: new Request(url, { method: 'POST', body }) })
    }
    const begun = { action: 'small-scale-partnerships', edition: '2026', field: 'school', question: 'Un vēl' }
    const back = await takeBack(begun)
    assert.deepEqual('typed' in back && [back.typed, back.problems], [begun, []])
    const untouched = { action: '', edition: '2026', field: '', question: '' }
    await assert.rejects(takeBack(untouched), (led) => (led as { status: number }).status === 303)
  }))
