import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { ok } from '../../../tests/cast/calls-at-desk.ts'
import { type Consortium, withConsortium } from '../../../tests/cast/applications-under-way.ts'
import { atTheDeadline, handIn } from '../../../tests/cast/at-the-deadline.ts'
import { share } from '../../../tests/cast/budget-at-work.ts'
import { giveTask } from './actions/give-task.ts'
import { saveAnswer } from './actions/save-answer.ts'
import { saveBudgetLine } from './actions/save-budget-line.ts'
import { settleComment } from './actions/settle-comment.ts'
import { suggestChange } from './actions/suggest-change.ts'
import { writeComment } from './actions/write-comment.ts'
import { newRow } from './path.ts'
import { answersOf } from './answers-store.server.ts'
import { personalData } from './personal-data.ts'
import { discussionInDraft } from './reads.ts'
import { stand } from './writing/presence.server.ts'

const path = 'project.summary'

/** Everything that an export says, by area. */
type Exported = Record<
  'drafts' | 'writing' | 'budget' | 'submission' | 'consortium',
  Record<string, object[]>
>

async function exported({ database }: Pick<Consortium, 'database'>, person: string): Promise<Exported> {
  return (await personalData.exports(database, person)) as Exported
}

const counts = (areas: Exported) =>
  Object.fromEntries(
    Object.values(areas).flatMap((area) => Object.entries(area).map(([what, rows]) => [what, rows.length]))
  )

async function erase({ database }: Pick<Consortium, 'database'>, person: string): Promise<void> {
  await database.transaction().execute((transaction) => personalData.erases(transaction, person))
}

/** Maria and Jonas write, talk and plan. */
async function atWork({ app, database, application, maria, jonas }: Consortium) {
  const code = application.code
  ok(await saveAnswer(app, maria, application.id, path, { base: 0, text: 'Lasām kopā.' }))
  const { id } = ok(
    await writeComment(app, maria, code, { path, text: 'Vai Jonas piekrīt?', mentions: [jonas.person] })
  )
  ok(await settleComment(app, jonas, code, id, 'settled'))
  ok(await suggestChange(app, jonas, code, { path, base: 1, text: 'Lasām kopā ar prieku.' }))
  ok(await giveTask(app, maria, code, { path, person: jonas.person, note: 'Lūdzu, pārlasi.' }))
  const own = application.participants[0]!.id
  ok(await saveBudgetLine(app, maria, code, { id: newRow(), seen: 0, line: share(own, 100_00) }))
  await stand(database, application.id, jonas.person, { view: randomUUID(), path })
}

suite('what applications know of people', () => {
  test('Maria and Jonas are each given all that they did in an application', () =>
    withConsortium(async (consortium) => {
      const { maria, jonas } = consortium
      await atWork(consortium)
      const ofMaria = counts(await exported(consortium, maria.person))
      assert.deepEqual(
        Object.entries(ofMaria).filter(([, count]) => count > 0),
        Object.entries({ begun: 1, written: 1, comments: 1, tasks: 1, changes: 1, partners: 2 })
      )
      const ofJonas = counts(await exported(consortium, jonas.person))
      assert.deepEqual(
        Object.entries(ofJonas).filter(([, count]) => count > 0),
        Object.entries({ mentions: 1, settled: 1, suggestions: 1, tasks: 1, open: 1 })
      )
    }))

  test('when Jonas goes, nobody knows any more who said it; what Maria wrote stays the consortium’s', () =>
    withConsortium(async (consortium) => {
      const { app, database, application, maria, jonas } = consortium
      await atWork(consortium)
      const stay = await personalData.stays(database, jonas.person)
      assert.deepEqual(
        stay.map(({ what, args }) => [what, args?.count]),
        [['applications-writing.kept.said-stays', 1]]
      )
      await erase(consortium, jonas.person)
      const left = counts(await exported(consortium, jonas.person))
      assert.deepEqual(
        Object.entries(left).filter(([, count]) => count > 0),
        []
      )
      const { talks, tasks, suggestions } = ok(await discussionInDraft(app, maria, application.code))
      assert.deepEqual([talks[0]?.mentions, tasks, suggestions[0]?.by.name], [[], [], null])
      const staying = (await personalData.stays(database, maria.person)).map(({ what }) => what)
      assert.deepEqual(staying, [
        'applications-editor.kept.begun-stay',
        'applications-writing.kept.stays',
        'applications-writing.kept.said-stays',
        'applications-budget.kept.lines-stay'
      ])
      await erase(consortium, maria.person)
      assert.equal((await answersOf(database, application.id)).get(path)?.text, 'Lasām kopā.')
      const texts = await database.selectFrom('applications.comment').select(['text', 'written_by']).execute()
      assert.deepEqual(
        texts.map(({ text, written_by }) => [text, written_by === maria.person]),
        [['Vai Jonas piekrīt?', false]]
      )
    }))

  test('what Maria submitted stays with her name in the declaration, and she is told why', () =>
    atTheDeadline(async (consortium) => {
      const { database, application, maria } = consortium
      ok(await handIn(consortium, maria))
      await database
        .insertInto('applications.attempt')
        .values(
          (['claim', 'system'] as const).map((known_by) => ({
            ...{ application: application.id, call: application.call, made_by: maria.person, known_by },
            ...{ what: 'save', outcome: 'failed', why: 'Maria Ozola, tīkls', at: '2026-11-25T10:00:00Z' }
          })) as never
        )
        .execute()
      const { submission } = await exported(consortium, maria.person)
      const [submitted] = submission.submitted as { declared: { as: string; says: string[] } }[]
      assert.equal(submitted!.declared.as, maria.name)
      assert.ok(submitted!.declared.says.length > 0)
      assert.equal(submission.tried!.length, 2)
      const stays = (await personalData.stays(database, maria.person)).map(({ why }) => why)
      assert.ok(stays.includes('applications-submission.kept.submissions-stay-why'))
      await erase(consortium, maria.person)
      const tried = await database
        .selectFrom('applications.attempt')
        .select(['known_by', 'made_by'])
        .execute()
      assert.deepEqual(
        tried.map(({ known_by, made_by }) => [known_by, made_by === maria.person]),
        [['system', false]]
      )
      assert.equal((await exported(consortium, maria.person)).submission.submitted!.length, 1)
    }))
})
