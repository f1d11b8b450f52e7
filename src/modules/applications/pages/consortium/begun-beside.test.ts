import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '../../../../app.ts'
import { withConsortium } from '../../../../../tests/cast/applications-under-way.ts'
import { type ReturnedParticipant, actions, load } from './participant.server.ts'

test('what Maria begins beside a partner’s tasks outlives their saving; where nothing is begun the page goes on', () =>
  withConsortium(async ({ app, application, maria }) => {
    const partner = application.participants[1]!.id
    const url = new URL(`http://localhost/lv/applications/${application.code}/consortium/${partner}`)
    const event = {
      // As much of the installation as a participant needs.
      locals: { app: app as unknown as App, caller: maria, language: 'lv' as const },
      params: { application: application.code, participant: partner },
      url
    }
    const press = async (given: Record<string, string>) => {
      // As it stands there when nothing is touched.
      const untouched = { role: 'partner', edits: 'own', tasks: '', email: '', language: '', reason: '' }
      const body = new URLSearchParams({ ...untouched, ...given })
      const request = new Request(url, { method: 'POST', body })
      try {
        return (await actions.change({ ...event, request })) as ReturnedParticipant
      } catch (led) {
        return (led as { location: string }).location
      }
    }
    const begun = { reason: 'Vairs nevar piedalīties.', email: 'jauna@example.org' }
    const back = await press({ tasks: 'Raksta.\r\nLasa.', ...begun })
    assert.ok(typeof back !== 'string', `led to ${back as string}`)
    assert.deepEqual([back.typed, back.problems, back.done], [begun, [], 'changed'])
    const get = () => load({ ...event, request: new Request(url) })
    assert.equal((await get()).participant.tasks, 'Raksta.\nLasa.')
    assert.match((await press({ tasks: 'Raksta.\r\nLasa.' })) as string, /done=changed$/)
  }))
