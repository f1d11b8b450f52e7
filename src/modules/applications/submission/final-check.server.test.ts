import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { answer } from '../../../../tests/cast/complete-application.ts'
import { findOutline } from '../outline.server.ts'

test('what is missing or over its limit keeps it from being handed in, and is named with its place', () =>
  atTheDeadline(async (consortium) => {
    const { database, application, maria } = consortium
    const long = { 'project.summary': { text: 'ā'.repeat(20_000) }, 'relevance.needs': { text: ' ' } }
    await answer(database, application.id, maria.person, long)
    const outcome = await handIn(consortium, maria)
    assert.ok(isRefused(outcome) && outcome.refused === 'invalid')
    assert.deepEqual(outcome.problems.map(({ field }) => field).toSorted(), [
      'sections/project#project.summary',
      'sections/relevance#relevance.needs'
    ])
    assert.equal((await findOutline(database, application.id))!.state, 'draft')
  }))

test('a partner without a mandate and a budget that does not add up keep it from being handed in', () =>
  atTheDeadline(async (consortium) => {
    const { database, maria } = consortium
    await database.deleteFrom('applications.mandate').execute()
    await database
      .updateTable('applications.budget_line')
      .set({
        content: JSON.stringify({
          category: 'work-packages',
          title: 'Darbi',
          workPackage: 'workpa10',
          cents: 1
        })
      })
      .execute()
    const outcome = await handIn(consortium, maria)
    assert.ok(isRefused(outcome) && outcome.refused === 'invalid')
    assert.deepEqual(
      outcome.problems.map(({ field, key }) => [field, key]),
      [
        ['consortium', 'applications-submission.finding.no-mandate'],
        ['consortium', 'applications-submission.finding.no-mandate'],
        ['budget', 'applications-submission.problem.in-the-way'],
        ['budget', 'applications-submission.problem.in-the-way']
      ]
    )
    // Said as on the page of the budget, not counted only.
    assert.match(outcome.problems[2]!.words!.lv, /0,02/)
  }))

test('the register put right is seen at the next press', () =>
  atTheDeadline(async (consortium) => {
    const { database, maria, places } = consortium
    const inCountry = (country: string) =>
      database
        .updateTable('organisations.organisation')
        .set({ country })
        .where('id', '=', places.mariasSchool!)
        .execute()
    const before = await database
      .selectFrom('organisations.organisation')
      .select('country')
      .where('id', '=', places.mariasSchool!)
      .executeTakeFirstOrThrow()
    await inCountry('US')
    const refusal = await handIn(consortium, maria)
    assert.ok(isRefused(refusal) && refusal.refused === 'invalid')
    await inCountry(before.country)
    assert.equal(ok(await handIn(consortium, maria)).number, 1)
  }))
