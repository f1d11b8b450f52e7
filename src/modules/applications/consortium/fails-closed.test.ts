import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { fields, participantRoles } from '#modules/programmes'
import { loadProgrammes } from '#server/programmes'
import { registerOrganisation } from '#server/organisations'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { codeOf } from '../../../../tests/cast/consortium-at-work.ts'
import { answer } from '../../../../tests/cast/complete-application.ts'
import { atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Answer, Participant } from '../application.ts'
import { submissionAtWork } from '../submission/reads.ts'
import { askRules } from './ask-rules.server.ts'
import { consortiumOf } from './consortium-of.ts'
import { checkDraft } from './reads.ts'

suite('a gate that cannot look stays shut', () => {
  test('two schools of nearly one name are two; the check goes on and says what it said before', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, application, maria, elena } = consortium
      const before = ok(await checkDraft(app, maria, application.code)).check
      const nearly = { name: 'MARUPES PAMATSKOLA', country: 'LV', city: 'Rīga', type: 'school' }
      const seen = [await codeOf(consortium, maria)]
      const { organisation } = ok(await registerOrganisation(app, elena, { ...nearly, seen }))
      await database
        .insertInto('applications.participant')
        .values({
          ...{ application: application.id, position: 20, role: 'partner', organisation },
          ...{ name: nearly.name, country: 'LV', state: 'accepted', added_by: maria.person }
        })
        .execute()
      const after = ok(await checkDraft(app, maria, application.code)).check
      assert.equal(after.state, 'checked')
      assert.deepEqual(after.unread, [])
      assert.ok(before.state === 'checked' && after.state === 'checked')
      assert.deepEqual(
        after.report.rules.map(({ id }) => id),
        before.report.rules.map(({ id }) => id)
      )
    }))

  test('200 months are out of every reading: it is told, the rest is checked, and nobody can hand in', () =>
    atTheDeadline(async (consortium) => {
      const { app, database, application, maria } = consortium
      await answer(database, application.id, maria.person, { 'project.duration-months': { value: 200 } })
      const { check } = ok(await checkDraft(app, maria, application.code))
      assert.ok(check.state === 'checked')
      assert.deepEqual(
        check.unread.map(({ path, key }) => [path, key]),
        [['durationMonths', 'input.expects-months']]
      )
      assert.equal(check.report.rules.find(({ id }) => id === 'duration')?.answer, 'unknown')
      const { findings } = ok(await submissionAtWork(app, maria, application.code))
      const found = findings.filter(({ part, weight }) => part === 'eligibility' && weight === 'blocks')
      assert.ok(found.some(({ says }) => 'en' in says && /whole number of months/.test(says.en)))
      assert.ok(isRefused(await handIn(consortium, maria)))
    }))

  test('no draft that can be built makes the rules of an action disappear', () => {
    const programmes = loadProgrammes(join(import.meta.dirname, '../../../../programmes'))
    const edition = programmes.edition(2026)!
    const asked = [...edition.actions.values()].filter(({ spec }) => spec.rules.length > 0)
    const keys = [...new Set(asked.flatMap(({ questions }) => questions.map(({ key }) => key)))]
    const name = fc.oneof(
      fc.constantFrom(
        'Rīgas Zīļu pamatskola',
        'RIGAS ZILU PAMATSKOLA',
        'Rīgas Zīļu pamatskola (2)',
        '***',
        ' '
      ),
      fc.string({ unit: 'binary', maxLength: 400 })
    )
    const participant = fc.record({
      id: fc.uuid(),
      organisation: fc.option(fc.uuid()),
      name,
      country: fc.constantFrom('LV', 'EE', 'XX', ''),
      role: fc.constantFrom(...participantRoles)
    })
    const fact = fc.option(fc.jsonValue(), { nil: undefined })
    const facts = fc.record({
      country: fc.constantFrom('LV', undefined),
      type: fc.oneof(fc.constant('school'), fact),
      nonProfit: fact,
      establishedOn: fact,
      europeanNgo: fact,
      functions: fc.option(fc.array(fc.string(), { maxLength: 60 }), { nil: undefined })
    })
    const answers = fc.dictionary(
      fc.oneof(
        fc.constantFrom(...keys.map((key) => `eligibility.${key}`)),
        fc.constantFrom('project.duration-months', 'budget.lump-sum', 'budget.requested-grant')
      ),
      fc.jsonValue()
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...asked.map(({ spec }) => spec.action)),
        fc.constantFrom(...fields),
        fc.array(fc.tuple(participant, facts), { minLength: 1, maxLength: 12 }),
        answers,
        (action, field, people, given) => {
          const participants = people.map(([one]) => one as Participant)
          const written = consortiumOf(
            { participants, field } as Parameters<typeof consortiumOf>[0],
            new Map(people.map(([{ id }, known]) => [id, known as object])),
            new Map(Object.entries(given).map(([path, value]) => [path, { path, value } as Answer]))
          )
          const check = askRules({ programmes }, { action, edition: 2026 }, written)
          assert.notEqual(check.state, 'no-rules')
          if (check.state === 'unreadable') assert.ok(check.unread.length > 0)
        }
      ),
      { numRuns: 60 }
    )
  })
})
