import assert from 'node:assert/strict'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { isRefused } from '#shared/forms/refused.ts'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { answersOf } from '../answers-store.server.ts'
import { outlineChanged } from '../outline.server.ts'
import {
  answerOfVersion,
  colleaguesInDraft,
  discussionInDraft,
  fieldOfDraft,
  historyOfField,
  tasksForMe
} from '../reads.ts'
import { changeRows } from './change-rows.ts'
import { decideSuggestion } from './decide-suggestion.ts'
import { endTask } from './end-task.ts'
import { giveTask } from './give-task.ts'
import { restoreAnswer } from './restore-answer.ts'
import { saveAnswer } from './save-answer.ts'
import { settleComment } from './settle-comment.ts'
import { suggestChange } from './suggest-change.ts'
import { writeComment } from './write-comment.ts'

const path = 'project.summary'

suite('talking about a draft', () => {
  test('what Maria sends twice, since no answer came or at once, is said once and mailed once', () =>
    withConsortium(async ({ app, database, application, maria, jonas }) => {
      const say = (more: object) =>
        writeComment(app, maria, application.code, {
          path,
          text: 'Jā.',
          form,
          mentions: [jonas.person],
          ...more
        })
      const form = '4b0d1f2e-0000-4000-8000-000000000001'
      const [one, other] = await Promise.all([say({}), say({})])
      assert.deepEqual([ok(other), ok(await say({}))], [ok(one), ok(one)])
      const { talks } = ok(await discussionInDraft(app, jonas, application.code, path))
      assert.equal(talks.length, 1)
      assert.equal((await database.selectFrom('mail.message').select('kind').execute()).length, 1)
      // Other words, another part, another form: something else is said.
      ok(await say({ text: 'Jā, bet.' }))
      ok(await say({ answers: ok(one).id }))
      ok(await say({ path: 'project.acronym' }))
      ok(await say({ form: '4b0d1f2e-0000-4000-8000-000000000002' }))
      const all = ok(await discussionInDraft(app, jonas, application.code)).talks
      assert.deepEqual(all.map(({ text, answers }) => [text, answers.length]).sort(), [
        ['Jā, bet.', 0],
        ['Jā.', 0],
        ['Jā.', 0],
        ['Jā.', 1]
      ])
    }))

  test('Maria comments and names Jonas, who gets a mail in his language and answers; then it is settled', () =>
    withConsortium(async ({ app, database, application, maria, jonas, elena }) => {
      const colleagues = ok(await colleaguesInDraft(app, maria, application.code))
      assert.deepEqual(colleagues.map(({ id }) => id).sort(), [maria.person, jonas.person].sort())
      const comment = { path, text: 'Vai te nevajag piemēru?', mentions: [jonas.person, elena.person] }
      const { id } = ok(await writeComment(app, maria, application.code, comment))
      const waiting = async () => ok(await tasksForMe(app, jonas)).map(({ kind, id: what }) => [kind, what])
      assert.deepEqual(await waiting(), [['mention', id]])
      ok(await writeComment(app, jonas, application.code, { path, text: 'Pievienošu.', answers: id }))
      assert.deepEqual(await waiting(), [])
      const mails = await database.selectFrom('mail.message').select(['kind', 'person', 'subject']).execute()
      assert.deepEqual(
        mails.map(({ kind, person }) => [kind, person]),
        [['applications.mentioned', jonas.person]]
      )
      ok(await settleComment(app, jonas, application.code, id, 'settled'))
      const { talks } = ok(await discussionInDraft(app, jonas, application.code, path))
      assert.deepEqual(
        talks.map(({ text, answers, mentions, settled }) => [
          text,
          answers.map((one) => one.text),
          mentions.map((one) => one.name),
          settled?.by.person
        ]),
        [['Vai te nevajag piemēru?', ['Pievienošu.'], [jonas.name], jonas.person]]
      )
      ok(await settleComment(app, maria, application.code, id, 'open'))
      const again = ok(await discussionInDraft(app, maria, application.code))
      assert.equal(again.talks[0]?.settled, null)
    }))

  test('who is named by @ in the words of a comment gets a mail, once, also where they are ticked as well', () =>
    withConsortium(async ({ app, database, application, maria, jonas }) => {
      const text = `Vai @${jonas.name} to redzēja? @${jonas.name.split(' ')[0]}?`
      ok(await writeComment(app, maria, application.code, { path, text, mentions: [jonas.person] }))
      ok(await writeComment(app, maria, application.code, { path, text: `@${jonas.name}` }))
      const { talks } = ok(await discussionInDraft(app, maria, application.code, path))
      assert.deepEqual(
        talks.map(({ mentions }) => mentions.map(({ person }) => person)),
        [[jonas.person], [jonas.person]]
      )
      const mails = await database.selectFrom('mail.message').select('person').execute()
      assert.deepEqual(
        mails.map(({ person }) => person),
        [jonas.person, jonas.person]
      )
    }))

  test('Jonas, who has not agreed yet, reads what is written and not what the others say about it', () =>
    withConsortium(async ({ app, database, application, maria, jonas }) => {
      ok(await saveAnswer(app, maria, application.id, path, { base: 0, text: 'Lasām kopā.' }))
      ok(await writeComment(app, maria, application.code, { path, text: 'Vai Jonas to varēs?' }))
      await database
        .updateTable('applications.participant')
        .set({ state: 'invited' })
        .where('id', '=', application.participants[1]!.id)
        .execute()
      assert.equal(ok(await fieldOfDraft(app, jonas, application.code, path)).version, 1)
      for (const outcome of [
        await discussionInDraft(app, jonas, application.code),
        await colleaguesInDraft(app, jonas, application.code),
        await historyOfField(app, jonas, application.code, path),
        await answerOfVersion(app, jonas, application.code, path, 1)
      ])
        assert.ok(isRefused(outcome) && outcome.refused === 'not-allowed')
    }))

  test('Elena finds no talk and cannot join it; nobody talks about what the form does not have', () =>
    withConsortium(async ({ app, application, maria, elena, nobody }) => {
      for (const [who, reason] of [
        [elena, 'not-found'],
        [nobody, 'sign-in']
      ] as const) {
        for (const outcome of [
          await discussionInDraft(app, who, application.code),
          await historyOfField(app, who, application.code, path),
          await writeComment(app, who, application.code, { path, text: 'Es arī!' }),
          await suggestChange(app, who, application.code, { path, base: 0, text: 'Es arī!' })
        ])
          assert.ok(isRefused(outcome) && outcome.refused === reason)
      }
      const nowhere = await writeComment(app, maria, application.code, { path: 'nowhere.here', text: 'Kur?' })
      assert.ok(isRefused(nowhere) && nowhere.refused === 'invalid')
    }))

  test('nothing more is said about a row that was removed, or the part of who left, and the words say why', () =>
    withConsortium(async ({ app, application, maria, jonas }) => {
      const rows = { list: 'work-packages', row: '', place: 0, most: 5 }
      const { row } = ok(await changeRows(app, maria, application.id, { ...rows, kind: 'add' }))
      const title = { path: `work-packages.${row}.title`, text: 'Īsāks?' }
      ok(await writeComment(app, maria, application.code, title))
      ok(await changeRows(app, maria, application.id, { ...rows, kind: 'remove', row }))
      const task = { path: title.path, person: jonas.person }
      const gone = `profile@4b0d1f2e-0000-4000-8000-000000000001`
      const refusals: [unknown, string][] = [
        [await writeComment(app, maria, application.code, title), 'row-gone'],
        [await giveTask(app, maria, application.code, task), 'row-gone'],
        [await writeComment(app, maria, application.code, { path: gone, text: 'Vai?' }), 'participant-gone']
      ]
      for (const [outcome, why] of refusals) {
        assert.ok(isRefused(outcome))
        assert.deepEqual(outcome.problems, [
          { field: 'path', key: `applications-writing.problem.talk-${why}` }
        ])
      }
    }))

  test('Jonas suggests, Maria writes on and then accepts: both stand in the text, once', () =>
    withConsortium(async ({ app, database, application, maria, jonas }) => {
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Mēs lasām.' }))
      const suggested = { path, base: 1, text: 'Mēs kopā lasām.', note: 'Skan labāk.' }
      const { id } = ok(await suggestChange(app, jonas, application.code, suggested))
      ok(await saveAnswer(app, maria, application.code, path, { base: 1, text: 'Mēs lasām un rakstām.' }))
      const { suggestions } = ok(await discussionInDraft(app, maria, application.code))
      assert.deepEqual(
        suggestions.map(({ delta, version, note }) => [delta, version, note]),
        [[[[4, '', 'kopā ']], 2, 'Skan labāk.']]
      )
      const own = await decideSuggestion(app, jonas, application.code, id, 'accepted')
      assert.ok(isRefused(own) && own.refused === 'not-allowed')
      const [one, two] = await Promise.all([
        decideSuggestion(app, maria, application.code, id, 'accepted'),
        decideSuggestion(app, maria, application.code, id, 'accepted')
      ])
      assert.ok(!isRefused(one) || !isRefused(two))
      const answer = (await answersOf(database, application.id)).get(path)
      assert.deepEqual([answer?.text, answer?.version], ['Mēs kopā lasām un rakstām.', 3])
      assert.deepEqual(ok(await discussionInDraft(app, maria, application.code)).suggestions, [])
      const late = await decideSuggestion(app, jonas, application.code, id, 'taken-back')
      assert.ok(isRefused(late) && late.refused === 'not-now')
    }))

  test('who is named again and again gets some mails, and who talks without a pause waits', () =>
    withConsortium(async ({ app, database, application, maria, jonas }) => {
      const say = () =>
        writeComment(app, maria, application.code, { path, text: 'Jonas!', mentions: [jonas.person] })
      let said = 0
      let last = await say()
      for (; !isRefused(last) && said < 150; said++) last = await say()
      assert.ok(isRefused(last) && last.refused === 'too-often' && last.retryAfterSeconds! > 0)
      assert.equal(said, 100)
      const mails = await database.selectFrom('mail.message').select('kind').execute()
      assert.equal(mails.length, 12)
    }))

  test('Maria and Jonas decide at once: one of them does, and the text is what was decided', () =>
    withConsortium(async ({ app, database, application, maria, jonas }) => {
      await database.updateTable('applications.participant').set({ edits: 'all' }).execute()
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Mēs lasām.' }))
      const proposals = [...'XYZUVWQR'].map((word) => ({ path, base: 1, text: `Mēs ${word} lasām.` }))
      for (const [at, suggested] of proposals.entries()) {
        const { id } = ok(await suggestChange(app, jonas, application.code, suggested))
        const both = await Promise.all([
          decideSuggestion(app, maria, application.code, id, 'accepted'),
          decideSuggestion(app, jonas, application.code, id, at % 2 ? 'declined' : 'accepted')
        ])
        const done = both.filter((one) => !isRefused(one))
        assert.equal(done.length, 1)
        const word = suggested.text.split(' ')[1]!
        const text = (await answersOf(database, application.id)).get(path)!.text!
        const accepted = !isRefused(done[0]) && done[0]!.decision === 'accepted'
        assert.equal(text.split(word).length - 1, accepted ? 1 : 0, text)
      }
      const standing = (await answersOf(database, application.id)).get(path)!
      ok(await saveAnswer(app, maria, application.code, path, { base: standing.version, text: 'Gals.' }))
    }))

  test('Jonas takes his suggestion back, and one that changes nothing is none', () =>
    withConsortium(async ({ app, application, maria, jonas }) => {
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Mēs lasām.' }))
      const none = await suggestChange(app, jonas, application.code, { path, base: 1, text: 'Mēs lasām.' })
      assert.ok(isRefused(none) && none.refused === 'invalid')
      const { id } = ok(await suggestChange(app, jonas, application.code, { path, base: 1, text: 'Mēs.' }))
      const hers = await decideSuggestion(app, maria, application.code, id, 'taken-back')
      assert.ok(isRefused(hers) && hers.refused === 'not-allowed')
      assert.equal(
        ok(await decideSuggestion(app, jonas, application.code, id, 'taken-back')).decision,
        'taken-back'
      )
    }))

  test('Maria asks Jonas to write a section; it waits for him until it is done', () =>
    withConsortium(async ({ app, database, application, maria, jonas, elena }) => {
      const section = 'relevance'
      const asked = { path: section, person: jonas.person, note: 'Līdz piektdienai.' }
      const { id } = ok(await giveTask(app, maria, application.code, asked))
      assert.equal(ok(await giveTask(app, maria, application.code, asked)).id, id)
      const mails = await database.selectFrom('mail.message').select('kind').execute()
      assert.deepEqual(mails, [{ kind: 'applications.task' }])
      const stranger = await giveTask(app, maria, application.code, { ...asked, person: elena.person })
      assert.ok(isRefused(stranger) && stranger.refused === 'invalid')
      const his = await giveTask(app, jonas, application.code, { ...asked, person: maria.person })
      assert.ok(isRefused(his) && his.refused === 'not-allowed')
      const waiting = ok(await tasksForMe(app, jonas))
      assert.deepEqual(
        waiting.map(({ application: code, path: where, by }) => [code, where, by]),
        [[application.code, section, maria.name]]
      )
      assert.deepEqual(ok(await tasksForMe(app, elena)), [])
      assert.equal(ok(await endTask(app, jonas, application.code, id, 'done')).ending, 'done')
      assert.deepEqual(ok(await tasksForMe(app, jonas)), [])
    }))
})

suite('what happened in a field', () => {
  test('versions of one person are one span, and every moment can be brought back without losing what came since', () =>
    withConsortium(async ({ app, database, application, maria, jonas }) => {
      await database
        .updateTable('applications.participant')
        .set({ edits: 'all' })
        .where('position', '=', 1)
        .execute()
      const save = (who: typeof maria, base: number, text: string) =>
        saveAnswer(app, who, application.code, path, { base, text })
      ok(await save(maria, 0, 'Viens.'))
      ok(await save(maria, 1, 'Viens. Divi.'))
      ok(await save(jonas, 2, 'Viens. Divi. Trīs.'))
      ok(await save(maria, 3, 'Pavisam cits.'))
      const spans = ok(await historyOfField(app, jonas, application.code, path))
      assert.deepEqual(
        spans.map(({ from, to, name }) => [from, to, name]),
        [
          [4, 4, maria.name],
          [3, 3, jonas.name],
          [1, 2, maria.name]
        ]
      )
      assert.deepEqual([spans[2]!.inserted, spans[2]!.removed], [12, 0])
      const second = ok(await answerOfVersion(app, jonas, application.code, path, 2))
      assert.deepEqual([second.text, second.now], ['Viens. Divi.', 4])
      const restored = ok(await restoreAnswer(app, jonas, application.code, path, 3))
      assert.equal(restored.version, 5)
      assert.equal((await answersOf(database, application.id)).get(path)?.text, 'Viens. Divi. Trīs.')
      assert.equal(ok(await answerOfVersion(app, jonas, application.code, path, 4)).text, 'Pavisam cits.')
      assert.deepEqual(ok(await historyOfField(app, jonas, application.code, path))[0]?.how, ['restored'])
      const never = await restoreAnswer(app, jonas, application.code, path, 99)
      assert.ok(isRefused(never) && never.refused === 'invalid')
    }))

  test('what was there before a long text was taken out can be chosen by itself', () =>
    withConsortium(async ({ app, application, maria }) => {
      const long = 'Skolēni lasa kopā. '.repeat(20)
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: long }))
      ok(await saveAnswer(app, maria, application.code, path, { base: 1, text: 'Ak vai' }))
      ok(await saveAnswer(app, maria, application.code, path, { base: 2, text: 'Ak vai!' }))
      const spans = ok(await historyOfField(app, maria, application.code, path))
      assert.deepEqual(
        spans.map(({ from, to }) => [from, to]),
        [
          [2, 3],
          [1, 1]
        ]
      )
    }))

  test('a field of twenty thousand versions has its history in pages, and each moment of it', () =>
    withConsortium(async ({ app, database, application, maria }) => {
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'x' }))
      await sql`insert into applications.answer_version (application, path, version, delta, how, saved_by, saved_at)
        select ${application.id}, ${path}, n, jsonb_build_array(jsonb_build_array(0, '', 'y')),
          case n % 20 when 0 then 'restored' else 'typed' end, ${maria.person}, clock_timestamp()
        from generate_series(2, 20000) n`.execute(database)
      await sql`update applications.answer set version = 20000, text = repeat('y', 19999) || 'x'`.execute(
        database
      )
      const monitor = monitorEventLoopDelay({ resolution: 5 })
      monitor.enable()
      const spans = ok(await historyOfField(app, maria, application.code, path))
      const old = ok(await answerOfVersion(app, maria, application.code, path, 100))
      monitor.disable()
      assert.deepEqual([spans.length, spans[0]?.to, spans.at(-1)?.from], [200, 20_000, 16_020])
      const next = ok(await historyOfField(app, maria, application.code, path, 16_020))
      assert.deepEqual([next[0]?.to, next[0]?.inserted], [16_019, 19 + 1])
      assert.equal(old.text, 'y'.repeat(99) + 'x')
      assert.ok(monitor.max < 5e8, `${monitor.max / 1e6} ms`)
    }))

  test('a value that was chosen before can be chosen again from its history', () =>
    withConsortium(async ({ app, application, maria }) => {
      const months = 'project.duration-months'
      ok(await saveAnswer(app, maria, application.code, months, { base: 0, value: 24 }))
      ok(await saveAnswer(app, maria, application.code, months, { base: 1, value: 36 }))
      assert.equal(ok(await restoreAnswer(app, maria, application.code, months, 1)).version, 3)
      assert.equal(ok(await answerOfVersion(app, maria, application.code, months, 3)).value, 24)
    }))

  test('what was answered for a participant who left is not brought back', () =>
    withConsortium(async ({ app, database, application, maria }) => {
      const { id } = application.participants[1]!
      const where = `profile@${id}.staff`
      ok(await saveAnswer(app, maria, application.code, where, { base: 0, value: [{ name: 'Jonas' }] }))
      ok(await saveAnswer(app, maria, application.code, where, { base: 1, value: null }))
      await database.transaction().execute(async (transaction) => {
        const left = { state: 'left', ended_at: '2026-01-01T00:00:00Z' } as const
        await transaction.updateTable('applications.participant').set(left).where('id', '=', id).execute()
        await outlineChanged(transaction, application.id)
      })
      const back = await restoreAnswer(app, maria, application.code, where, 1)
      assert.ok(isRefused(back) && back.problems[0]?.key === 'applications-writing.problem.participant-gone')
    }))
})
