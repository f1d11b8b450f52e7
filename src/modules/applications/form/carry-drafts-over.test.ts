import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formFor } from '#server/programmes'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { corrected } from '../../../../tests/cast/corrected-form.ts'
import { decideSuggestion } from '../actions/decide-suggestion.ts'
import { giveTask } from '../actions/give-task.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { suggestChange } from '../actions/suggest-change.ts'
import { writeComment } from '../actions/write-comment.ts'
import { answersOf } from '../answers-store.server.ts'
import { findOutline } from '../outline.server.ts'
import { discussionInDraft } from '../reads.ts'
import { carryDraftsOver, formChanges } from './carry-drafts-over.server.ts'

test('a new version of the form takes a draft along with every word and every version of it', () =>
  withConsortium(async ({ app, database, application, maria }) => {
    const save = async (path: string, base: number, text: string) =>
      ok(await saveAnswer(app, maria, application.code, path, { base, text }))
    const { version } = await save('project.summary', 0, 'Par tiltiem.')
    await save('project.summary', version, 'Par tiltiem un grāmatām.')
    await save('relevance.needs', 0, 'Skolēni lasa maz.')
    const programmes = corrected(app.programmes)
    const [action, edition, field] = ['cooperation-partnerships', application.edition, 'school'] as const
    assert.equal(formFor(programmes, { action, edition, field })?.version, 2)

    assert.equal(await carryDraftsOver({ database, programmes }), 1)
    const answers = await answersOf(database, application.id)
    assert.equal(answers.get('relevance.in-short')?.text, 'Par tiltiem un grāmatām.')
    assert.equal(answers.get('relevance.in-short')?.version, 2)
    assert.equal(answers.get('relevance.needs')?.text, 'Skolēni lasa maz.')
    assert.equal(answers.has('project.summary'), false)
    const versions = await database
      .selectFrom('applications.answer_version')
      .select('version')
      .where('path', '=', 'relevance.in-short')
      .execute()
    assert.equal(versions.length, 2)

    const after = (await findOutline(database, application.code))!
    assert.equal(after.formVersion, 2)
    assert.equal(after.outline, application.outline + 1)
    const changes = await formChanges(database, application.id)
    assert.deepEqual(changes?.moved, [{ from: 'project.summary', to: 'relevance.in-short' }])

    assert.equal(await carryDraftsOver({ database, programmes }), 0)
  }))

test('a draft in the present version is left alone', () =>
  withConsortium(async ({ app, database, application }) => {
    assert.equal(await carryDraftsOver({ database, programmes: app.programmes }), 0)
    assert.equal(await formChanges(database, application.id), undefined)
  }))

test('what people say, propose and were asked goes with its question, also where nothing is written yet', () =>
  withConsortium(async ({ app, database, application, maria, jonas }) => {
    const { code } = application
    const path = 'project.summary'
    const { id: talk } = ok(await writeComment(app, maria, code, { path, text: 'Kurš sāk?' }))
    ok(await giveTask(app, maria, code, { path, person: jonas.person }))
    ok(await writeComment(app, jonas, code, { path: 'relevance.needs', text: 'Šis paliek.' }))
    const programmes = corrected(app.programmes)
    assert.equal(await carryDraftsOver({ database, programmes }), 1)
    const { talks, tasks } = ok(await discussionInDraft(app, maria, code))
    assert.deepEqual(
      talks.map((one) => [one.path, one.text]),
      [
        ['relevance.in-short', 'Kurš sāk?'],
        ['relevance.needs', 'Šis paliek.']
      ]
    )
    assert.deepEqual(
      tasks.map((one) => one.path),
      ['relevance.in-short']
    )
    const here = { path: 'relevance.in-short', text: 'Es.', answers: talk }
    ok(await writeComment({ ...app, programmes }, jonas, code, here))
  }))

test('a suggested change goes with the text that it changes, and is taken over there', () =>
  withConsortium(async ({ app, database, application, maria, jonas }) => {
    const { code } = application
    const path = 'project.summary'
    ok(await saveAnswer(app, maria, code, path, { base: 0, text: 'Par tiltiem.' }))
    const { id } = ok(
      await suggestChange(app, jonas, code, { path, base: 1, text: 'Par lasīšanas tiltiem.' })
    )
    const programmes = corrected(app.programmes)
    await carryDraftsOver({ database, programmes })
    const { suggestions } = ok(await discussionInDraft(app, maria, code))
    assert.deepEqual(
      suggestions.map((one) => [one.path, one.version]),
      [['relevance.in-short', 1]]
    )
    ok(await decideSuggestion({ ...app, programmes }, maria, code, id, 'accepted'))
    const answers = await answersOf(database, application.id)
    assert.equal(answers.get('relevance.in-short')?.text, 'Par lasīšanas tiltiem.')
  }))
