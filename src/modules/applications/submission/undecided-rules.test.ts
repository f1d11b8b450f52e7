import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { type AtTheDeadline, atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { answer } from '../../../../tests/cast/complete-application.ts'
import { stateFacts } from '../actions/state-facts.ts'
import { findOutline } from '../outline.server.ts'
import { submissionAtWork } from './reads.ts'

/** What the last look says of eligibility, in English. */
async function said({ app, maria, application }: AtTheDeadline) {
  const { findings } = ok(await submissionAtWork(app, maria, application.code))
  return findings
    .filter(({ part }) => part === 'eligibility')
    .map(({ weight, says, mend }) => ({ weight, mend, says: 'en' in says ? says.en : says.key }))
}

suite('rules that cannot be answered yet', () => {
  test('keep an application back as long as its people can tell what is missing, and say who tells it where', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, application, maria } = consortium
      await database.deleteFrom('applications.participant_detail').execute()
      const { participants } = (await findOutline(database, application.id))!
      const [coordinator, , partner] = participants
      const missing = await said(consortium)
      assert.deepEqual(
        missing.map(({ weight, mend }) => [weight, mend]).toSorted(),
        [
          ['blocks', `consortium/${coordinator!.id}#facts`],
          ['blocks', `consortium/${partner!.id}#facts`]
        ].toSorted()
      )
      const typeOf = missing.find(({ mend }) => mend.includes(partner!.id))!.says
      assert.match(typeOf, /type or function of .*The coordinator tells it.*Erasmus Charter.*young people/)
      assert.ok(isRefused(await handIn(consortium, maria)))

      const tell = async (participant: string, given: object) =>
        ok(await stateFacts(app, maria, application.code, { participant, given }))
      await tell(partner!.id, { type: 'school' })
      await tell(coordinator!.id, { establishedOn: '1990-09-01' })
      assert.deepEqual(await said(consortium), [])
      ok(await handIn(consortium, maria))
    }))

  test('keep nobody out where only a register could tell: a university whose charter it does not know of', () =>
    atTheDeadline(async (consortium) => {
      const { app, application, database, maria } = consortium
      const { participants } = (await findOutline(database, application.id))!
      const partner = participants.find(({ organisation }) => organisation === null)!.id
      const given = { type: 'higher-education-institution' }
      ok(await stateFacts(app, maria, application.code, { participant: partner, given }))
      const found = await said(consortium)
      assert.deepEqual(
        found.map(({ weight }) => weight),
        ['advice']
      )
      assert.match(found[0]!.says, /Erasmus Charter.*does not keep you from submitting/)
      ok(await handIn(consortium, maria))
    }))

  test('what the check cannot read leads to the answer too, and is called what people call it', () =>
    atTheDeadline(async (consortium) => {
      const { database, application, maria } = consortium
      await answer(database, application.id, maria.person, { 'project.duration-months': { value: 200 } })
      const [unread] = await said(consortium)
      assert.deepEqual([unread!.weight, unread!.mend], ['blocks', 'sections/project#project.duration-months'])
      assert.match(unread!.says, /^“the duration in months” must be a whole number .* from 1 to 120/)
    }))

  test('a rule that does not hold leads to the answer that breaks it, by its name', () =>
    atTheDeadline(async (consortium) => {
      const { database, application, maria } = consortium
      await answer(database, application.id, maria.person, { 'project.duration-months': { value: 48 } })
      const [found] = await said(consortium)
      assert.deepEqual([found!.weight, found!.mend], ['blocks', 'sections/project#project.duration-months'])
      assert.match(found!.says, /^The project, “How long does the project last\?”: .*12 to 36 months/)
    }))
})
