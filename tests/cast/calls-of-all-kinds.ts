import { beginCall } from '../../src/modules/calls/actions/begin-call.ts'
import { beginCorrigendum } from '../../src/modules/calls/actions/begin-corrigendum.ts'
import { publishCall } from '../../src/modules/calls/actions/publish-call.ts'
import { saveCall } from '../../src/modules/calls/actions/save-call.ts'
import { sendForReview } from '../../src/modules/calls/actions/send-for-review.ts'
import type { CallTerms } from '../../src/modules/calls/call.ts'
import { type DeskAtWork, body, callOf, completeTerms, edition, ok } from './calls-at-desk.ts'
import { personActing } from './cast.ts'

/** What a call for choirs asks, demands and grants, outside any guide. */
export const choirRules = `questions:
  - key: singers
    ask: { en: How many people sing?, lv: Cik cilvēku dzied? }
    answer: number
rules:
  - id: youth-choirs
    says: { en: The call is for youth., lv: Uzaicinājums ir jaunatnei. }
    fields: [youth]
  - id: baltic-choirs
    says: { en: At least 2 choirs come from the Baltic states., lv: Vismaz 2 kori ir no Baltijas valstīm. }
    organisations: { at-least: 2, who: { in: [LV, EE, LT] } }
  - id: enough-singers
    says: { en: At least 20 people sing., lv: Dzied vismaz 20 cilvēku. }
    value: { of: answers.singers, at-least: 20 }
  - id: grants-for-choirs
    says: { en: The grant is EUR 20 000 or EUR 40 000., lv: Dotācija ir 20 000 vai 40 000 eiro. }
    value: { of: grantEur, one-of: [20000, 40000] }
  - id: open-concert
    says: { en: One concert is open to all., lv: Viens koncerts ir atvērts visiem. }
    in-the-form: true`

/** Petra writes a call outside any guide, and Zane publishes it. */
export async function callOutsideGuide(
  desk: Pick<DeskAtWork, 'app' | 'petra' | 'zane'>,
  more: Partial<CallTerms> = {}
): Promise<string> {
  const { app, petra, zane } = desk
  const { code } = ok(await beginCall(app, petra, { body, edition, kind: 'special' }))
  const terms = { title: { lv: 'Kori pār robežām', en: 'Choirs across borders' }, rules: choirRules, ...more }
  const change = completeTerms({ actions: [], departure: '', ...terms })
  ok(await saveCall(app, petra, code, { revision: 1, change }))
  ok(await sendForReview(app, petra, code, 2))
  ok(await publishCall(app, zane, code, 2))
  return code
}

/** A call of the executive agency: Sandra writes it, a colleague of hers publishes it. */
export async function callOfExecutiveAgency(
  { app, database, sandra }: DeskAtWork,
  more: Partial<CallTerms> = {}
): Promise<string> {
  const colleague = await personActing(database, {
    name: 'Tom Janssens',
    role: { role: 'officer', body: 'eacea' }
  })
  const { code } = ok(await beginCall(app, sandra, { body: 'eacea', edition, kind: 'proposals' }))
  ok(await saveCall(app, sandra, code, { revision: 1, change: completeTerms(more) }))
  ok(await sendForReview(app, sandra, code, 2))
  ok(await publishCall(app, colleague, code, 2))
  return code
}

/** Petra corrects a published call, and Zane publishes that. */
export async function correctedCall(
  { app, database, petra, zane }: Pick<DeskAtWork, 'app' | 'database' | 'petra' | 'zane'>,
  code: string,
  change: Partial<CallTerms>
): Promise<void> {
  ok(await beginCorrigendum(app, petra, code, { reason: { lv: 'Kļūdas labojums.', en: 'A mistake.' } }))
  const { revision } = await callOf(database, code)
  ok(await saveCall(app, petra, code, { revision, change }))
  ok(await sendForReview(app, petra, code, revision + 1))
  ok(await publishCall(app, zane, code, revision + 1))
}
