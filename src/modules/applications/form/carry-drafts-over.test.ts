import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formFor, type Programmes } from '#server/programmes'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { answersOf } from '../answers-store.server.ts'
import { findOutline } from '../outline.server.ts'
import { carryDraftsOver, formChanges } from './carry-drafts-over.server.ts'

/** The programme after an officer raised the version of the form: the summary moved, one question became a list. */
function corrected(programmes: Programmes): Programmes {
  const actions = new Map(programmes.programme.actions)
  const files = actions.get('cooperation-partnerships')!
  const form = structuredClone(files.form!)
  form.forms[0]!.version = 2
  const project = form.sections.find((one) => 'use' in one && one.use === 'project') as { without: string[] }
  project.without.push('summary')
  const relevance = form.sections.find((one) => 'id' in one && one.id === 'relevance') as unknown as {
    questions: object[]
  }
  relevance.questions.push({
    kind: 'text',
    limit: 3000,
    id: 'in-short',
    was: 'project.summary',
    ask: { en: 'In short', lv: 'Īsumā' }
  })
  actions.set('cooperation-partnerships', { ...files, form })
  return { ...programmes, programme: { ...programmes.programme, actions } }
}

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
