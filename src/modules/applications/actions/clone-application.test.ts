import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { answersOf } from '../answers-store.server.ts'
import { coordinatorOf } from '../application.ts'
import { findOutline } from '../outline.server.ts'
import { cloneApplication } from './clone-application.ts'
import { saveAnswer } from './save-answer.ts'

async function written({ app, application, maria, jonas }: Consortium) {
  const [own, partner] = application.participants.map(({ id }) => id)
  const write = (who: typeof maria, path: string, text: string) =>
    saveAnswer(app, who, application.id, path, { base: 0, text })
  ok(await write(maria, 'project.summary', 'Lasām kopā.'))
  ok(await write(maria, `profile@${own}.background`, 'Skola Mārupē.'))
  ok(await write(jonas, `profile@${partner}.background`, 'Gimnazija.'))
  ok(await saveAnswer(app, maria, application.id, 'work-packages', { base: 0, value: ['k3j9x2ab'] }))
  ok(await write(maria, 'work-packages.k3j9x2ab.title', 'Izmēģinājums'))
  return { partner }
}

test('Maria begins again with what she wrote; what Jonas wrote about his school stays with him', () =>
  withConsortium(async (consortium) => {
    const { app, database, application, maria, call, places } = consortium
    const { partner } = await written(consortium)
    const given = {
      ...{ call, action: 'cooperation-partnerships', field: 'school', language: 'lv' },
      ...{ organisation: places.mariasSchool, title: 'Lasīšanas tilti 2', form: randomUUID() }
    }
    const first = ok(await cloneApplication(app, maria, application.code, given))
    const again = ok(await cloneApplication(app, maria, application.code, given))
    assert.equal(first.code, again.code)
    const begun = (await findOutline(database, first.code))!
    const answers = await answersOf(database, begun.id)
    assert.equal(answers.get('project.summary')?.text, 'Lasām kopā.')
    assert.equal(answers.get(`profile@${coordinatorOf(begun).id}.background`)?.text, 'Skola Mārupē.')
    assert.equal(answers.get('work-packages.k3j9x2ab.title')?.text, 'Izmēģinājums')
    assert.equal(answers.get('project.summary')?.version, 1)
    assert.deepEqual(first.left, [{ path: `profile@${partner}.background`, why: 'of-a-partner' }])
    const saved = await saveAnswer(app, maria, begun.id, 'project.summary', { base: 1, text: 'Lasām vēl.' })
    assert.equal(ok(saved).version, 2)
  }))

test('Jonas, who writes his own part, does not take the whole project along', () =>
  withConsortium(async ({ app, application, jonas, call, places }) => {
    const outcome = await cloneApplication(app, jonas, application.code, {
      ...{ call, action: 'cooperation-partnerships', field: 'school', language: 'lv' },
      ...{ organisation: places.jonasSchool, title: 'Cits' }
    })
    assert.ok(isRefused(outcome) && outcome.refused === 'not-allowed')
  }))

test('Elena clones nothing that her school has no part in', () =>
  withConsortium(async ({ app, application, elena, call, places }) => {
    const outcome = await cloneApplication(app, elena, application.code, {
      ...{ call, action: 'cooperation-partnerships', field: 'school', language: 'lv' },
      ...{ organisation: places.mariasSchool, title: 'Cits' }
    })
    assert.ok(isRefused(outcome) && outcome.refused === 'not-found')
  }))
