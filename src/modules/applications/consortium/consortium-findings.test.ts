import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { consortiumAtWork } from '../../../../tests/cast/consortium-at-work.ts'
import { openDraft } from '../draft.server.ts'
import { consortiumAdvice } from './consortium-findings.server.ts'

suite('the consortium in the final check', () => {
  test('rules that are not met are advice: they keep nobody from handing in', () =>
    consortiumAtWork(async (at) => {
      const { app, maria, application } = at
      const draft = await openDraft(app, maria, application.code)
      if (isRefused(draft)) throw new Error(draft.refused)
      const advice = await consortiumAdvice(app, { ...draft, own: draft.access.participant })
      assert.ok(advice.length > 0 && advice.every(({ weight }) => weight === 'advice'))
    }))
})
