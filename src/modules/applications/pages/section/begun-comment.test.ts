import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { App } from '../../../../app.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Consortium, withConsortium } from '../../../../../tests/cast/applications-under-way.ts'
import { textName, writeTalkAct } from '../discussion/talk-names.ts'
import { type ReturnedSection, actions, load } from './section.server.ts'
import { baseName } from './typed-answers.ts'

const path = 'project.summary'
const words = 'Vai te nevajag piemēru?'
const begun = { [textName(path)]: words }

/** A page of a section as somebody without script uses it. */
function aPage({ app, application }: Consortium, caller: Caller, section: string) {
  const url = new URL(`http://localhost/lv/applications/${application.code}/sections/${section}`)
  const event = {
    // As much of the installation as a section needs.
    locals: { app: app as unknown as App, caller, language: 'lv' as const },
    params: { application: application.code, section },
    url
  }
  return {
    shown: () => load(event),
    /** @returns what came back, or where the form led */
    async press(action: keyof typeof actions, typed: Record<string, string>) {
      const body = new URLSearchParams(typed)
      try {
        const back = await actions[action]({ ...event, request: new Request(url, { method: 'POST', body }) })
        return ('data' in back ? back.data : back) as ReturnedSection
      } catch (led) {
        return (led as { location: string }).location
      }
    }
  }
}

suite('a comment that is begun', () => {
  test('Maria saves her answers while she writes a comment: the answers are saved, the comment comes back', () =>
    withConsortium(async (consortium) => {
      const { press, shown } = aPage(consortium, consortium.maria, 'project')
      for (const [button, text] of [
        ['save', 'Lasām.'],
        ['next', 'Lasām kopā.']
      ] as const) {
        const base = (await shown()).typed[baseName(path)] as string
        const back = await press('save', { ...begun, [path]: text, [baseName(path)]: base, do: button })
        assert.ok(typeof back !== 'string', `led to ${back as string}`)
        assert.deepEqual([back.typed, back.problems, back.saved], [begun, [], true])
        assert.equal((await shown()).typed[path], text)
      }
      assert.match((await press('save', { ...begun, [textName(path)]: ' ', do: 'save' })) as string, /saved/)
    }))

  test('nor is it lost when she adds, moves or removes a row of a list, and what she removed can be brought back', () =>
    withConsortium(async (consortium) => {
      const { press, shown } = aPage(consortium, consortium.maria, 'experience')
      const about = { [textName('experience')]: words }
      for (let add = 1; add <= 2; add++)
        assert.deepEqual(((await press('rows', { ...about, change: 'add' })) as ReturnedSection).typed, about)
      const [first, second] = (await shown()).rows
      await press('rows', { ...about, change: `up:${second!.id}` })
      const back = (await press('rows', { ...about, change: `remove:${first!.id}` })) as ReturnedSection
      assert.deepEqual([back.typed, back.removed], [about, { row: first!.id, place: 1 }])
      assert.deepEqual(
        (await shown()).rows.map(({ id }) => id),
        [second!.id]
      )
      assert.match((await press('rows', { change: 'add' })) as string, /row=/)
    }))

  test('what is sent is said, and what stands in another box comes back', () =>
    withConsortium(async (consortium) => {
      const { press, shown } = aPage(consortium, consortium.jonas, 'project')
      const other = { [textName('project')]: 'Par visu.' }
      const talk = writeTalkAct({ act: 'say', path })
      const back = (await press('talk', { ...begun, ...other, talk })) as ReturnedSection
      assert.deepEqual(back.typed, other)
      assert.deepEqual(
        (await shown()).talks?.at[path]?.map(({ text }) => text),
        [words]
      )
    }))
})
