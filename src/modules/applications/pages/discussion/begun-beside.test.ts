import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { App } from '../../../../app.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import type { ReturnedForm } from '#shared/forms/returned-form.ts'
import { type Consortium, withConsortium } from '../../../../../tests/cast/applications-under-way.ts'
import { saveAnswer } from '../../actions/save-answer.ts'
import { ok } from '../../../../../tests/cast/calls-at-desk.ts'
import { actions, load } from './discussion.server.ts'
import { aboutOne, shownName, textName } from './talk-names.ts'

const path = 'project.summary'

/** The page on which a question is talked about, as somebody without script uses it. */
function aDiscussion({ app, application }: Consortium, caller: Caller) {
  const url = new URL(`http://localhost/lv/applications/${application.code}/discussion?path=${path}`)
  const event = {
    // As much of the installation as a discussion needs.
    locals: { app: app as unknown as App, caller, language: 'lv' as const },
    params: { application: application.code },
    url
  }
  const shown = () => load(event)
  return {
    shown,
    /** Presses a button, with what stands in all fields of the page. @returns what came back, or where it led */
    async press(action: keyof typeof actions, given: Record<string, string>): Promise<string | ReturnedForm> {
      const { suggests } = await shown()
      const untouched = {
        ...{ path, person: '', note: '', why: '', [textName(path)]: '' },
        ...(suggests && {
          base: String(suggests.base),
          proposed: suggests.text.replaceAll('\n', '\r\n'),
          [shownName]: suggests.shown
        })
      }
      const body = new URLSearchParams({ ...untouched, ...given })
      try {
        const back = await actions[action]({ ...event, request: new Request(url, { method: 'POST', body }) })
        return ('data' in back ? back.data : back) as ReturnedForm
      } catch (led) {
        return (led as { location: string }).location
      }
    }
  }
}

const typedBack = (back: string | ReturnedForm): Typed => {
  assert.ok(typeof back !== 'string', `led to ${back as string}`)
  assert.deepEqual(back.problems, [])
  return back.typed
}

suite('what is begun beside what is sent, where a question is talked about', () => {
  test('a comment outlives proposing a change, asking a colleague and deciding; what is sent does not come back', () =>
    withConsortium(async (consortium) => {
      const { app, application, maria, jonas } = consortium
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Lasām\nkopā.' }))
      const { press, shown } = aDiscussion(consortium, maria)
      const comment = { [textName(path)]: 'Vai te nevajag piemēru?' }
      assert.deepEqual(typedBack(await press('suggest', { ...comment, proposed: 'Lasām visi.' })), comment)
      const [suggestion] = (await shown()).suggestions
      const why = { note: 'Līdz piektdienai.' }
      const decision = { ...comment, ...why, decision: aboutOne('declined', suggestion!.id) }
      assert.deepEqual(typedBack(await press('decide', decision)), { ...comment, ...why })
      const asked = { ...comment, ...why, person: jonas.person }
      assert.deepEqual(typedBack(await press('ask', asked)), comment)
      const [task] = (await shown()).tasks
      const ending = { ...comment, ending: aboutOne('taken-back', task!.id) }
      assert.deepEqual(typedBack(await press('end', ending)), comment)
      assert.deepEqual((await shown()).tasks, [])
    }))

  test('a change that is begun outlives a comment, with the text that it is a change of', () =>
    withConsortium(async (consortium) => {
      const { press, shown } = aDiscussion(consortium, consortium.maria)
      const talk = { talk: `say::${path}`, [textName(path)]: 'Par visu.' }
      const back = typedBack(await press('talk', { ...talk, proposed: 'Lasām.' }))
      assert.deepEqual([back.proposed, back.base], ['Lasām.', '0'])
      assert.equal((await shown()).talks.length, 1)
    }))

  test('where nothing is begun the page goes on, whatever of it stands there by itself', () =>
    withConsortium(async (consortium) => {
      const { press } = aDiscussion(consortium, consortium.maria)
      const talk = { talk: `say::${path}`, [textName(path)]: 'Par visu.' }
      assert.match((await press('talk', talk)) as string, /discussion/)
    }))
})
