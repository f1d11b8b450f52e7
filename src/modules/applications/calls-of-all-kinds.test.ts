import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import type { App } from '../../app.ts'
import type { ApplicationForm, Field } from '#modules/programmes'
import { syncShippedBodies } from '#server/directory'
import { actionOfCall } from '#server/programmes'
import { isRefused } from '#shared/forms/refused.ts'
import { texts } from '#shared/texts/index.ts'
import { completeAnswers } from '../../../tests/cast/answers-complete.ts'
import { type Consortium, withConsortium } from '../../../tests/cast/applications-under-way.ts'
import { type AtTheDeadline, atTheDeadline, handIn } from '../../../tests/cast/at-the-deadline.ts'
import {
  callOfExecutiveAgency,
  callOutsideGuide,
  choirRules,
  correctedCall
} from '../../../tests/cast/calls-of-all-kinds.ts'
import { ok, publishedCall } from '../../../tests/cast/calls-at-desk.ts'
import { answer, mandatesOf } from '../../../tests/cast/complete-application.ts'
import { cloneApplication } from './actions/clone-application.ts'
import { saveAnswer } from './actions/save-answer.ts'
import { saveBudgetLine } from './actions/save-budget-line.ts'
import { startApplication } from './actions/start-application.ts'
import { takeBackApplication } from './actions/take-back-application.ts'
import type { Outline } from './application.ts'
import { reportOf } from './consortium/draft-check.ts'
import { checkDraft } from './consortium/reads.ts'
import { openDraft } from './draft.server.ts'
import { filledOf, formOfDraft } from './form-of-draft.server.ts'
import { carryDraftsOver, formChanges } from './form/carry-drafts-over.server.ts'
import { copyOut } from './form/copy-out.ts'
import { formsBefore } from './form/kept-forms.server.ts'
import { askedIn, setAside } from './form/set-aside.ts'
import { findOutline } from './outline.server.ts'
import * as clonePage from './pages/clone/clone.server.ts'
import { budgetAtWork } from './reads.ts'
import { anonymousContent } from './submission/anonymous-content.server.ts'
import { figuresFor } from './submission/figures.server.ts'
import { paperOrderOf } from './submission/paper-order.server.ts'
import { contentOfApplication, submissionAtWork } from './submission/reads.ts'

const asks = (form: ApplicationForm) =>
  form.sections.flatMap(({ id, questions }) => questions.map((question) => `${id}.${question.id}`))

/** Begins an application of Maria's school under a call. */
async function begun(
  { app, database, maria, places }: Pick<Consortium, 'app' | 'database' | 'maria' | 'places'>,
  call: string,
  { action, field }: { action?: string; field: Field }
): Promise<Outline> {
  const asked = { call, field, organisation: places.mariasSchool, title: 'Kopā dziedam', language: 'lv' }
  const { code } = ok(await startApplication(app, maria, { ...asked, ...(action && { action }) }))
  return (await findOutline(database, code))!
}

/** Jonas's school joins, and gives its mandate. */
async function withJonas({ database, places, maria }: AtTheDeadline, { id }: Outline): Promise<Outline> {
  await database
    .insertInto('applications.participant')
    .values({
      ...{ application: id, position: 1, role: 'partner', organisation: places.jonasSchool },
      ...{ name: 'Vilniaus gimnazija', country: 'LT', state: 'accepted', added_by: maria.person }
    })
    .execute()
  const outline = (await findOutline(database, id))!
  await mandatesOf(database, outline, maria.person)
  return outline
}

suite('a call outside any guide', () => {
  test('is applied for from the first word to the receipt, by its own questions, rules and grants', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, maria } = consortium
      await syncShippedBodies(app)
      const call = await callOutsideGuide(consortium)
      const outline = await withJonas(consortium, await begun(consortium, call, { field: 'youth' }))
      const { code } = outline
      assert.equal(outline.action, actionOfCall)

      const form = await formOfDraft(app, outline)
      for (const path of ['eligibility.singers', 'obligations.open-concert', 'budget.lump-sum'])
        assert.ok(asks(form).includes(path), path)
      assert.ok(!asks(form).some((path) => path.startsWith('description.')))

      const given = completeAnswers(form, outline.participants, { 'eligibility.singers': { value: 12 } })
      await answer(database, outline.id, maria.person, given)
      const { check } = ok(await checkDraft(app, maria, code))
      const verdicts = new Map(reportOf(check)!.rules.map(({ id, answer }) => [id, answer]))
      assert.deepEqual(
        ['youth-choirs', 'baltic-choirs', 'enough-singers', 'grants-for-choirs'].map((id) =>
          verdicts.get(id)
        ),
        ['met', 'met', 'not-met', 'met']
      )
      const early = await handIn(consortium, maria, { code })
      assert.ok(isRefused(early) && early.problems.some(({ words }) => words?.en.includes('20 people sing')))

      ok(await saveAnswer(app, maria, code, 'eligibility.singers', { base: 1, value: 24 }))
      ok(await saveAnswer(app, maria, code, 'budget.lump-sum', { base: 1, value: 40_000_00 }))
      const before = ok(await budgetAtWork(app, maria, code))
      assert.deepEqual(before.rules.funding[0]?.lumpSums, [20_000_00, 40_000_00])
      const line = { category: 'costs', participant: outline.participants[0]!.id, title: 'Koncerti' }
      const saved = { ...line, workPackage: 'workpa10', cents: 40_000_00 }
      ok(await saveBudgetLine(app, maria, code, { id: 'concerts', seen: 0, line: saved }))
      assert.equal(ok(await budgetAtWork(app, maria, code)).budget.grant, 40_000_00)

      const look = ok(await submissionAtWork(app, maria, code))
      assert.deepEqual(
        look.findings.filter(({ weight }) => weight === 'blocks'),
        []
      )
      const receipt = ok(await handIn(consortium, maria, { code }))
      assert.deepEqual([receipt.number, receipt.call], [1, call])

      const shown = ok(await contentOfApplication(app, maria, code, receipt.number))
      assert.equal(shown.content.answers['eligibility.singers'], 24)
      assert.equal(shown.content.terms, outline.terms)
      assert.equal((await anonymousContent(database, shown)).answers['eligibility.singers'], 24)
      const figures = await figuresFor(app, shown)
      assert.deepEqual([figures.action.lv, figures.grant], ['Kori pār robežām', 40_000_00])
      const draft = ok(await openDraft(app, maria, code))
      const nothing = { title: '', tables: [] }
      const sheet = copyOut(
        await filledOf(app, draft),
        { consortium: nothing, budget: nothing },
        { language: 'lv', t: texts('lv') }
      )
      const copied = sheet.flatMap(({ answers }) => answers)
      assert.equal(copied.find(({ path }) => path === 'eligibility.singers')?.text, '24')
    }))

  test('takes only the fields that its rules name, and is begun again from an earlier application', () =>
    withConsortium(async (consortium) => {
      const { app, database, maria, places } = consortium
      const call = await callOutsideGuide(consortium)
      const asked = { call, organisation: places.mariasSchool, title: 'Kopā', language: 'lv' }
      const wrong = await startApplication(app, maria, { ...asked, field: 'sport' })
      assert.ok(isRefused(wrong) && wrong.problems[0]!.field === 'field')
      const guided = { ...asked, action: 'cooperation-partnerships', field: 'youth' }
      const foreign = await startApplication(app, maria, guided)
      assert.ok(isRefused(foreign) && foreign.problems[0]!.field === 'action')

      const first = await begun(consortium, call, { field: 'youth' })
      ok(await saveAnswer(app, maria, first.code, 'eligibility.singers', { base: 0, value: 30 }))
      const { options } = await clonePage.load({
        locals: { app: app as unknown as App, language: 'lv', caller: maria },
        ...{ params: { application: first.code }, url: new URL('http://localhost/lv') }
      })
      const labels = options.flatMap((group) => group.options.map(({ label }) => label))
      assert.ok(labels.includes(`Kori pār robežām, jaunatne (${call})`), labels.join('; '))
      const next = { ...asked, call: await callOutsideGuide(consortium), field: 'youth', form: randomUUID() }
      const again = ok(await cloneApplication(app, maria, first.code, next))
      assert.deepEqual(again.left, [])
      const { id } = (await findOutline(database, again.code))!
      const row = await database
        .selectFrom('applications.answer')
        .select('value')
        .where('application', '=', id)
        .where('path', '=', 'eligibility.singers')
        .executeTakeFirst()
      assert.equal(row?.value, 30)
    }))
})

test('the executive agency asks a European NGO for its description, a national agency nobody', () =>
  withConsortium(async (consortium) => {
    const { app } = consortium
    await syncShippedBodies(app)
    const actions = [{ action: 'cooperation-partnerships', fields: ['youth' as const] }]
    const begin = async (call: string) =>
      formOfDraft(app, await begun(consortium, call, { action: 'cooperation-partnerships', field: 'youth' }))
    const eacea = await begin(await callOfExecutiveAgency(consortium, { actions }))
    const viaa = await begin(await publishedCall(consortium, { actions }))
    assert.deepEqual([eacea.body, viaa.body], ['executive-agency', 'national-agency'])
    assert.ok(asks(eacea).includes('description.document'))
    assert.ok(!asks(viaa).includes('description.document'))
  }))

test('a call of the guide narrows its lump sums by a rule of its own', () =>
  withConsortium(async (consortium) => {
    const { app, maria } = consortium
    const rules = `rules:
  - id: smaller-grants
    says: { en: At most EUR 120 000., lv: Ne vairāk kā 120 000 eiro. }
    value: { of: grantEur, at-most: 120000 }`
    const action = 'cooperation-partnerships'
    const { code } = await begun(consortium, await publishedCall(consortium, { rules }), {
      ...{ action, field: 'school' }
    })
    const { rules: money } = ok(await budgetAtWork(app, maria, code))
    const sums = money.funding.flatMap(({ lumpSums }) => lumpSums ?? [])
    assert.ok(sums.length > 0 && sums.every((sum) => sum <= 120_000_00), String(sums))
  }))

test('what a call grants under a condition reaches form and budget, once it is known whether it holds', () =>
  withConsortium(async (consortium) => {
    const { app, maria } = consortium
    const rules = `questions:
  - key: newcomers
    ask: { en: Are all of you newcomers?, lv: Vai visi esat jaunpienācēji? }
    answer: yes-no
rules:
  - id: newcomers-grant
    when: { answer: { newcomers: true } }
    says: { en: Newcomers ask for EUR 60 000., lv: Jaunpienācēji lūdz 60 000 eiro. }
    value: { of: grantEur, one-of: [60000] }
  - id: long-grants
    says: { en: The grant goes by the duration., lv: Dotācija ir atkarīga no ilguma. }
    value:
      of: grantEur
      cases:
        - { if: { durationMonths: 24 }, at-most: 250000 }
        - { if: { durationMonths: 36 }, one-of: [400000] }`
    const action = 'cooperation-partnerships'
    const { code } = await begun(consortium, await publishedCall(consortium, { rules }), {
      ...{ action, field: 'school' }
    })
    const offered = async () => {
      const { rules: money } = ok(await budgetAtWork(app, maria, code))
      const funding = money.funding.find(({ lumpSums }) => lumpSums)
      return [
        funding?.lumpSums?.map((sum) => sum / 100),
        funding?.sources.some(({ url }) => url?.includes(code.slice(0, 9)))
      ]
    }
    const { outline } = ok(await openDraft(app, maria, code))
    const chosen = (await formOfDraft(app, outline)).sections
      .find(({ id }) => id === 'budget')!
      .questions.find(({ id }) => id === 'lump-sum')
    assert.ok(chosen?.kind === 'money')
    assert.deepEqual(chosen.amounts, [60_000_00, 120_000_00, 250_000_00, 400_000_00])

    ok(await saveAnswer(app, maria, code, 'eligibility.newcomers', { base: 0, value: false }))
    ok(await saveAnswer(app, maria, code, 'project.duration-months', { base: 0, value: 24 }))
    assert.deepEqual(await offered(), [[120_000, 250_000], true])
    ok(await saveAnswer(app, maria, code, 'project.duration-months', { base: 1, value: 36 }))
    assert.deepEqual(await offered(), [[400_000], true])
    ok(await saveAnswer(app, maria, code, 'project.duration-months', { base: 2, value: 12 }))
    assert.deepEqual(await offered(), [[120_000, 250_000, 400_000], false])
    ok(await saveAnswer(app, maria, code, 'eligibility.newcomers', { base: 1, value: true }))
    assert.deepEqual(await offered(), [[60_000], true])
  }))

suite('a corrigendum', () => {
  const withRepertoire = choirRules.replace(
    'rules:',
    `  - key: songs
    ask: { en: How many songs?, lv: Cik dziesmu? }
    answer: number
rules:`
  )

  test('that adds a question carries drafts over, with all that is written', () =>
    withConsortium(async (consortium) => {
      const { app, database, maria } = consortium
      const call = await callOutsideGuide(consortium)
      const draft = await begun(consortium, call, { field: 'youth' })
      ok(await saveAnswer(app, maria, draft.code, 'eligibility.singers', { base: 0, value: 30 }))
      await correctedCall(consortium, call, { rules: withRepertoire })

      const early = await saveAnswer(app, maria, draft.code, 'eligibility.songs', { base: 0, value: 12 })
      assert.ok(isRefused(early), 'the draft is still written under the terms before')
      assert.equal(await carryDraftsOver(app, call), 1)
      const after = (await findOutline(database, draft.code))!
      assert.notEqual(after.terms, draft.terms)
      assert.ok(asks(await formOfDraft(app, after)).includes('eligibility.songs'))
      assert.deepEqual((await formChanges(database, draft.id))?.added, ['eligibility.songs'])
      ok(await saveAnswer(app, maria, draft.code, 'eligibility.songs', { base: 0, value: 12 }))
      assert.equal(ok(await openDraft(app, maria, draft.code)).answers.get('eligibility.singers')?.value, 30)
      assert.equal(await carryDraftsOver(app, call), 0)
    }))

  test('that changes no question is followed at once, and what an earlier one changed is still told', () =>
    withConsortium(async (consortium) => {
      const { app, database, maria } = consortium
      const call = await callOutsideGuide(consortium)
      const draft = await begun(consortium, call, { field: 'youth' })
      await correctedCall(consortium, call, { rules: withRepertoire })
      await carryDraftsOver(app, call)
      const stricter = withRepertoire.replace('at-least: 20 }', 'at-least: 40 }')
      await correctedCall(consortium, call, { rules: stricter })
      assert.equal(await carryDraftsOver(app, call), 1)
      ok(await saveAnswer(app, maria, draft.code, 'eligibility.singers', { base: 0, value: 30 }))
      const { check } = ok(await checkDraft(app, maria, draft.code))
      assert.equal(reportOf(check)!.rules.find(({ id }) => id === 'enough-singers')?.answer, 'not-met')
      assert.deepEqual((await formChanges(database, draft.id))?.added, ['eligibility.songs'])
    }))

  test('that asks for another kind of answer lays the old one aside, each time, in the words of its form', () =>
    withConsortium(async (consortium) => {
      const { app, database, maria } = consortium
      const call = await callOutsideGuide(consortium)
      const { id, code } = await begun(consortium, call, { field: 'youth' })
      ok(await saveAnswer(app, maria, code, 'eligibility.singers', { base: 0, value: 30 }))
      const unasked = choirRules.replace(/  - id: enough-singers[^]*?(?=  - id: grants)/, '')
      const yesNo = unasked
        .replace('answer: number', 'answer: yes-no')
        .replace('How many people sing?', 'Do many sing?')
      await correctedCall(consortium, call, { rules: yesNo })
      await carryDraftsOver(app, call)
      ok(await saveAnswer(app, maria, code, 'eligibility.singers', { base: 0, value: true }))
      await correctedCall(consortium, call, { rules: unasked })
      await carryDraftsOver(app, call)

      const draft = ok(await openDraft(app, maria, code))
      const before = await formsBefore(database, draft.outline)
      const filled = await filledOf(app, draft)
      assert.deepEqual(
        setAside(filled).map(({ path }) => [
          draft.answers.get(path)!.value,
          askedIn(filled.form, before, path)?.question.ask.en
        ]),
        [
          [30, 'How many people sing?'],
          [true, 'Do many sing?']
        ]
      )
      assert.equal((await formChanges(database, id))?.aside[0]?.why, 'kind')
    }))

  test('leaves what was handed in as it was, also on paper; taken back, it is written under the new terms', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, maria, application, call } = consortium
      const receipt = ok(await handIn(consortium, maria))
      const rules = `questions:
  - key: readers
    ask: { en: How many read?, lv: Cik cilvēku lasa? }
    answer: number
rules:
  - id: readers
    says: { en: At least 10 read., lv: Lasa vismaz 10. }
    value: { of: answers.readers, at-least: 10 }`
      await correctedCall(consortium, call, { rules })
      assert.equal(await carryDraftsOver(app, call), 0)
      const shown = ok(await contentOfApplication(app, maria, application.code, receipt.number))
      const printed = async () => paperOrderOf(app, { ...shown, figures: await figuresFor(app, shown) })
      assert.ok(!asks((await printed()).form).includes('eligibility.readers'))

      ok(await takeBackApplication(app, maria, application.code))
      assert.equal(await carryDraftsOver(app, call), 1)
      const after = (await findOutline(database, application.code))!
      assert.ok(asks(await formOfDraft(app, after)).includes('eligibility.readers'))
      assert.ok(!asks((await printed()).form).includes('eligibility.readers'))
      const refused = await handIn(consortium, maria)
      assert.ok(isRefused(refused) && refused.refused === 'invalid')
    }))
})
