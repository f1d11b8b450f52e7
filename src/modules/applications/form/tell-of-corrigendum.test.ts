import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { followCalls } from '#server/calls'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { correctedCall } from '../../../../tests/cast/calls-of-all-kinds.ts'
import { ahead, ok } from '../../../../tests/cast/calls-at-desk.ts'
import { personActing } from '../../../../tests/cast/cast.ts'
import { everybodyHears } from '../../../../tests/cast/everybody-hears.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { startApplication } from '../actions/start-application.ts'
import { toldAsWriters } from '../consortium/people-of-drafts.server.ts'

/** Everybody hears of it, in an installation that takes applications. */
const hear = ({ app }: Consortium) => everybodyHears({ ...app, toldAsWriters: toldAsWriters(app) })

async function letters({ database }: Consortium) {
  const rows = await database
    .selectFrom('mail.message')
    .selectAll()
    .where('kind', 'like', '%corrigendum')
    .orderBy('recipient')
    .execute()
  return rows.map(({ kind, recipient, language, subject, content }) => ({
    ...{ kind, recipient, language, subject },
    content: JSON.stringify(content)
  }))
}

const readers = `questions:
  - key: readers
    ask: { en: How many read?, lv: Cik cilvēku lasa? }
    answer: number
rules:
  - id: readers
    says: { en: At least 10 read., lv: Lasa vismaz 10. }
    value: { of: answers.readers, at-least: 10 }`

suite('the call of a draft is corrected', () => {
  test('Maria and Jonas are told once each, in their language, what changed and what came along; Elena is not', () =>
    withConsortium(async (consortium) => {
      const { app, database, application, call, maria, jonas, places } = consortium
      await database
        .updateTable('people.person')
        .set({ language: 'en' })
        .where('id', '=', jonas.person)
        .execute()
      ok(await followCalls(app, jonas, { call }))
      const { code: second } = ok(
        await startApplication(app, maria, {
          ...{ call, action: 'cooperation-partnerships', field: 'school', title: 'Otrs' },
          ...{ organisation: places.mariasSchool, language: 'lv' }
        })
      )
      await correctedCall(consortium, call, { rules: readers, deadline: ahead(75) })
      await hear(consortium)
      await hear(consortium)
      const told = await letters(consortium)
      assert.deepEqual(told.map(({ kind, language }) => [kind, language]).toSorted(), [
        ['applications.corrigendum', 'en'],
        ['applications.corrigendum', 'lv']
      ])
      const toMaria = told.find(({ language }) => language === 'lv')!.content
      assert.match(toMaria, /Kļūdas labojums\..*Termiņš: .* → .*Laika ir vairāk.*Termiņš tagad ir /)
      for (const code of [application.code, second])
        assert.ok(toMaria.includes(`(${code}): 1 jauns jautājums`), toMaria)
      assert.match(toMaria, /"href":\s*"\/lv\/applications"/)
      const toJonas = told.find(({ language }) => language === 'en')!.content
      assert.match(toJonas, /Reason: A mistake\..*The deadline is now .*1 new question/)
      assert.ok(toJonas.includes(`/en/applications/${application.code}`) && !toJonas.includes(second))
    }))

  test('where no question changed it is said that all stands; a partner who left hears of nothing', () =>
    withConsortium(async (consortium) => {
      const { app, database, application, call, jonas } = consortium
      ok(
        await saveAnswer(
          app,
          jonas,
          application.code,
          `profile@${application.participants[1]!.id}.background`,
          {
            base: 0,
            text: 'Mūsu skola.'
          }
        )
      )
      await database
        .updateTable('applications.participant')
        .set({ state: 'left', ended_at: app.clock().toString() })
        .where('id', '=', application.participants[1]!.id)
        .execute()
      await correctedCall(consortium, call, {
        contact: { name: 'VIAA', email: 'jauns@example.org', phone: '', page: '' }
      })
      await hear(consortium)
      const [only, ...others] = await letters(consortium)
      assert.deepEqual([only?.language, others.length], ['lv', 0])
      assert.match(only!.content, /viss uzrakstītais ir savā vietā/)
      assert.match(only!.content, /Termiņš nemainās/)
    }))

  test('a colleague who wrote in it is told, one who did not is not, and who follows without a draft hears of the call', () =>
    withConsortium(async (consortium) => {
      const { app, call, application, database, elena, places } = consortium
      const role = { role: 'member', organisation: places.mariasSchool } as const
      const writes = await personActing(database, { name: 'Anna Raksta', role })
      await personActing(database, { name: 'Zigis Neraksta', role })
      ok(await followCalls(app, elena, { call }))
      ok(await saveAnswer(app, writes, application.code, 'project.summary', { base: 0, text: 'Lasām.' }))
      await correctedCall(consortium, call, { deadline: ahead(75) })
      await hear(consortium)
      const told = await letters(consortium)
      const addresses = await database
        .selectFrom('people.person')
        .select(['id', 'email'])
        .where('id', 'in', [writes.person, elena.person])
        .execute()
      const of = (person: string) => addresses.find(({ id }) => id === person)?.email
      const kinds = new Map(told.map(({ recipient, kind }) => [recipient, kind]))
      assert.equal(kinds.get(of(writes.person)!), 'applications.corrigendum')
      assert.equal(kinds.get(of(elena.person)!), 'calls.corrigendum')
      assert.ok(![...kinds.keys()].some((recipient) => recipient?.startsWith('zigis')))
    }))
})
