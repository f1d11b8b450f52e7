import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { consortiumAtWork } from '../../../../tests/cast/consortium-at-work.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { inviteParticipant } from '../actions/invite-participant.ts'
import { openDraft } from '../draft.server.ts'
import { consortiumAdvice, consortiumBlocks } from './consortium-findings.server.ts'

suite('the consortium in the final check', () => {
  test('who has not agreed is in the way; a partner without a mandate is said, and rules not met are advice', () =>
    consortiumAtWork(async (at) => {
      const { app, database, maria, application, now } = at
      const given = { name: 'Escola', country: 'PT', email: 'rita@example.pt', role: 'partner' }
      const before = await consortiumBlocks(database, await now())
      assert.deepEqual(
        before.map(({ weight, says }) => [weight, 'key' in says && says.key]),
        [['advice', 'applications-consortium.finding.missing']]
      )
      const draft = await openDraft(app, maria, application.code)
      if (isRefused(draft)) throw new Error(draft.refused)
      const advice = await consortiumAdvice(app, { ...draft, own: draft.access.participant })
      assert.ok(advice.length > 0 && advice.every(({ weight }) => weight === 'advice'))
      ok(await inviteParticipant(app, maria, application.code, given))
      const after = await consortiumBlocks(database, await now())
      assert.deepEqual(
        after.filter(({ weight }) => weight === 'blocks').map(({ says }) => 'key' in says && says.key),
        ['applications-consortium.finding.not-agreed']
      )
    }))
})
