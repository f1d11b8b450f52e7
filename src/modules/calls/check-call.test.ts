import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { actionOfCall, checkEligibility } from '#server/programmes'
import {
  ahead,
  atDesk,
  draftCall,
  ok,
  publishedCall,
  type DeskAtWork
} from '../../../tests/cast/calls-at-desk.ts'
import { beginCall } from './actions/begin-call.ts'
import { publishCall } from './actions/publish-call.ts'
import { saveCall } from './actions/save-call.ts'
import { sendForReview } from './actions/send-for-review.ts'
import { callToCheck } from './reads.ts'

const rules = `rules:
  - id: baltic-partner
    says: { en: At least 2 organisations come from the Baltic states., lv: Vismaz 2 organizācijas ir no Baltijas valstīm. }
    organisations: { at-least: 2, who: { in: [LV, EE, LT] } }`

const consortium = (field: string) => ({
  field,
  durationMonths: 24,
  grantEur: 120_000,
  partners: ['LV', 'DE', 'FR'].map((country, index) => ({
    country,
    type: 'school',
    role: index === 0 ? ('coordinator' as const) : ('partner' as const),
    establishedOn: '2000-01-01'
  }))
})

async function ask({ app }: DeskAtWork, code: string, field = 'school') {
  const call = await callToCheck(app, code)
  assert.ok(call)
  const reports = checkEligibility(call, {
    action: call.actions[0]!,
    edition: call.edition,
    consortium: consortium(field)
  })
  assert.ok(Array.isArray(reports))
  return new Map(reports[0]!.rules.map(({ id, answer }) => [id, answer]))
}

suite('Maria checks her consortium for a call', () => {
  test('by the guide’s rules, the call’s own, and the fields it opens', () =>
    atDesk(async (desk) => {
      const code = await publishedCall(desk, { rules })
      const answers = await ask(desk, code)
      assert.equal(answers.get('minimum-organisations'), 'met')
      assert.equal(answers.get('baltic-partner'), 'not-met')
      assert.equal(answers.get('fields-of-the-call'), 'met')
      assert.equal((await ask(desk, code, 'vet')).get('fields-of-the-call'), 'not-met')
    }))

  test('outside any guide by the call’s rules alone', () =>
    atDesk(async (desk) => {
      const { app, petra, zane } = desk
      const { code } = ok(await beginCall(app, petra, { body: 'lv-viaa', edition: 2026, kind: 'special' }))
      const change = {
        title: { lv: 'Īpašais', en: 'Special' },
        text: { lv: 'Teksts', en: 'Text' },
        opens: ahead(-1, '09:00'),
        deadline: ahead(30, '15:00'),
        contact: { name: 'VIAA', email: '', phone: '', page: '' },
        rules
      }
      ok(await saveCall(app, petra, code, { revision: 1, change }))
      ok(await sendForReview(app, petra, code, 2))
      ok(await publishCall(app, zane, code, 2))
      assert.deepEqual((await callToCheck(app, code))?.actions, [actionOfCall])
      assert.deepEqual([...(await ask(desk, code)).keys()], ['baltic-partner'])
    }))

  test('a draft cannot be asked for', () =>
    atDesk(async (desk) => {
      assert.equal(await callToCheck(desk.app, await draftCall(desk)), undefined)
      assert.equal(await callToCheck(desk.app, '2026-nobody-1'), undefined)
    }))
})
