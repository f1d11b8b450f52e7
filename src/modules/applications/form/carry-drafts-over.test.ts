import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { formFor } from '#server/programmes'
import { joining } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { corrected, relevanceAsked, renamed } from '../../../../tests/cast/corrected-form.ts'
import { manyAlike, whileOthersTake } from '../../../../tests/cast/lock-order.ts'
import { decideSuggestion } from '../actions/decide-suggestion.ts'
import { giveTask } from '../actions/give-task.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { suggestChange } from '../actions/suggest-change.ts'
import { writeComment } from '../actions/write-comment.ts'
import { answersOf } from '../answers-store.server.ts'
import { findOutline } from '../outline.server.ts'
import { answerOfVersion, discussionInDraft } from '../reads.ts'
import { carryDraftsOver, formChanges } from './carry-drafts-over.server.ts'
import { formsBefore } from './kept-forms.server.ts'
import { askedIn } from './set-aside.ts'

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

test('a question that takes the id of one asked no more: the answer to that is laid beside, with what was said of it', () =>
  withConsortium(async ({ app, database, application, maria, jonas }) => {
    const { code, id } = application
    const [needs, objectives] = ['relevance.needs', 'relevance.objectives']
    ok(await saveAnswer(app, maria, code, needs, { base: 0, text: 'Skolēni lasa maz.' }))
    ok(await saveAnswer(app, maria, code, objectives, { base: 0, text: 'Lasīs vairāk.' }))
    ok(await writeComment(app, maria, code, { path: needs, text: 'Par vajadzību.' }))
    ok(await writeComment(app, maria, code, { path: objectives, text: 'Par mērķi.' }))
    ok(await giveTask(app, maria, code, { path: needs, person: jonas.person }))
    ok(await giveTask(app, maria, code, { path: objectives, person: jonas.person }))
    ok(await suggestChange(app, jonas, code, { path: needs, base: 1, text: 'Skolēni lasa arvien mazāk.' }))
    const programmes = relevanceAsked(app.programmes, renamed({ objectives: 'needs' }))

    assert.equal(await carryDraftsOver({ database, programmes }), 1)
    const texts = [...(await answersOf(database, id))].map(([path, { text }]) => [path, text])
    assert.deepEqual(texts.toSorted(), [
      ['relevance-v1.needs', 'Skolēni lasa maz.'],
      ['relevance.needs', 'Lasīs vairāk.']
    ])
    const changes = await formChanges(database, id)
    assert.deepEqual(changes?.moved, [{ from: objectives, to: needs }])
    assert.deepEqual(changes?.aside, [{ path: needs, why: 'question-gone' }])
    const { talks, tasks, suggestions } = ok(await discussionInDraft(app, maria, code))
    assert.deepEqual(talks.map((one) => [one.path, one.text]).toSorted(), [
      ['relevance-v1.needs', 'Par vajadzību.'],
      ['relevance.needs', 'Par mērķi.']
    ])
    assert.deepEqual(tasks.map((one) => one.path).toSorted(), ['relevance-v1.needs', 'relevance.needs'])
    assert.deepEqual(
      suggestions.map((one) => one.path),
      ['relevance-v1.needs']
    )
    const before = await formsBefore(database, application)
    assert.match(askedIn(before[0]!, before, 'relevance-v1.needs')!.question.ask.en, /^Which need/)

    // The next version still says where the question was; nothing moves by it again.
    const next = relevanceAsked(programmes, (questions) => questions.slice(0, -1), 3)
    assert.equal(await carryDraftsOver({ database, programmes: next }), 1)
    assert.equal((await answersOf(database, id)).get(needs)?.text, 'Lasīs vairāk.')
  }))

test('questions that change places take answers, versions, talks and tasks along, in whatever order', () =>
  withConsortium(async ({ app, database, application, maria, jonas }) => {
    const { code, id } = application
    const written = { needs: 'Vajadzība', objectives: 'Mērķis', innovation: 'Jaunais', answer: 'Atbilde' }
    for (const [question, text] of Object.entries(written)) {
      const path = `relevance.${question}`
      const { version } = ok(await saveAnswer(app, maria, code, path, { base: 0, text: 'Sākums' }))
      ok(await saveAnswer(app, maria, code, path, { base: version, text }))
      ok(await writeComment(app, maria, code, { path, text }))
      ok(await giveTask(app, maria, code, { path, person: jonas.person, note: text }))
      ok(await suggestChange(app, jonas, code, { path, base: 2, text: `${text}!`, note: text }))
    }
    // Two change places; of two others each takes the next one's.
    const moved = renamed({
      ...{ needs: 'objectives', objectives: 'needs' },
      ...{ answer: 'innovation', innovation: 'what-is-new' }
    })
    const programmes = relevanceAsked(app.programmes, moved)
    assert.equal(await carryDraftsOver({ database, programmes }), 1)
    const now = [
      ['relevance.innovation', 'Atbilde'],
      ['relevance.needs', 'Mērķis'],
      ['relevance.objectives', 'Vajadzība'],
      ['relevance.what-is-new', 'Jaunais']
    ]
    const answers = await answersOf(database, id)
    assert.deepEqual([...answers].map(([path, { text }]) => [path, text]).toSorted(), now)
    const { talks, tasks, suggestions } = ok(await discussionInDraft(app, maria, code))
    assert.deepEqual(talks.map((one) => [one.path, one.text]).toSorted(), now)
    assert.deepEqual(tasks.map((one) => [one.path, one.note]).toSorted(), now)
    assert.deepEqual(suggestions.map((one) => [one.path, one.note]).toSorted(), now)
    const changes = await formChanges(database, id)
    assert.deepEqual([changes?.moved.length, changes?.aside], [4, []])
    // Each brings its two versions; where another one stood, they are counted on from the last of that.
    for (const [path, text] of now) {
      const before = path === 'relevance.what-is-new' ? 0 : 2
      const whole = ok(await answerOfVersion(app, maria, code, path!, before + 2))
      assert.deepEqual([whole.text, whole.now], [text, before + 2])
      assert.equal(ok(await answerOfVersion(app, maria, code, path!, before + 1)).text, 'Sākums')
    }
    // A suggestion is still one of its own text.
    const proposed = suggestions.find((one) => one.path === 'relevance.needs')!
    ok(await decideSuggestion({ ...app, programmes }, maria, code, proposed.id, 'accepted'))
    assert.equal((await answersOf(database, id)).get('relevance.needs')?.text, 'Mērķis!')
  }))

test('a page that still shows the old form overwrites no other text', () =>
  withConsortium(async ({ app, database, application, maria }) => {
    const { code, id } = application
    const [needs, objectives] = ['relevance.needs', 'relevance.objectives']
    const { version } = ok(await saveAnswer(app, maria, code, needs, { base: 0, text: 'Skolēni lasa maz.' }))
    ok(await saveAnswer(app, maria, code, objectives, { base: 0, text: 'Lasīs vairāk.' }))
    const programmes = relevanceAsked(app.programmes, renamed({ needs: 'objectives', objectives: 'needs' }))
    await carryDraftsOver({ database, programmes })
    // One sign more, after the seventeen that the page shows.
    const late = { base: version, delta: [[17, 0, '!']] as [number, number, string][] }
    const saved = await saveAnswer({ ...app, programmes }, maria, code, needs, late)
    assert.equal(isRefused(saved) && saved.problems[0]?.key, 'applications-writing.problem.other-text')
    // A whole text from a page without script is put beside what stands there: nothing is lost.
    const whole = { base: version, text: 'Skolēni lasa ļoti maz.' }
    ok(await saveAnswer({ ...app, programmes }, maria, code, needs, whole))
    const { text } = (await answersOf(database, id)).get(needs)!
    assert.match(text!, /Lasīs vairāk\./)
    assert.match(text!, /Skolēni lasa ļoti maz\./)
    assert.equal((await answersOf(database, id)).get(objectives)?.text, 'Skolēni lasa maz.')
  }))

test('what was only said of a question asked no more is no talk about the one that takes its id', () =>
  withConsortium(async ({ app, database, application, maria }) => {
    const { code } = application
    ok(await writeComment(app, maria, code, { path: 'relevance.needs', text: 'Kurš zina?' }))
    const programmes = relevanceAsked(app.programmes, renamed({ objectives: 'needs' }))
    assert.equal(await carryDraftsOver({ database, programmes }), 1)
    const { talks } = ok(await discussionInDraft(app, maria, code))
    assert.deepEqual(
      talks.map((one) => one.path),
      ['relevance-v1.needs']
    )
  }))

test('drafts follow new terms while others are handed in: neither waits for ever', () =>
  withConsortium(async (consortium) => {
    const { app, database, call } = consortium
    const ids = await manyAlike(consortium)
    await writtenUnder(consortium, randomUUID(), ids)
    await whileOthersTake(consortium, ids, async () => {
      assert.equal(await carryDraftsOver(app, call), ids.length)
    })
    assert.equal(await carryDraftsOver({ ...app, database }, call), 0)
  }))

test('so do drafts of different terms, that a listener carries over in one transaction', () =>
  withConsortium(async (consortium) => {
    const { app, database, call } = consortium
    const ids = await manyAlike(consortium)
    for (const some of [0, 1, 2])
      await writtenUnder(
        consortium,
        randomUUID(),
        ids.filter((_, at) => at % 3 === some)
      )
    await whileOthersTake(consortium, ids, async () => {
      const carried = await database
        .transaction()
        .execute((transaction) => carryDraftsOver({ ...app, database: joining(transaction) }, call))
      assert.equal(carried, ids.length)
    })
  }))

/** Says that drafts are written under other terms, with the same form. */
async function writtenUnder(
  { database, application }: Pick<Consortium, 'database' | 'application'>,
  terms: string,
  ids: string[]
): Promise<void> {
  await sql`
    insert into applications.kept_form
    select (jsonb_populate_record(f, jsonb_build_object('terms', ${terms}::text))).*
    from applications.kept_form f where terms = ${application.terms}`.execute(database)
  await database.updateTable('applications.application').set({ terms }).where('id', 'in', ids).execute()
}
