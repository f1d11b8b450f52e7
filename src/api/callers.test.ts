import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { answersApi } from '#mount/applications/api/answers.ts'
import { endRole } from '#mount/people/roles.server.ts'
import { closeSession, openSession, sessionCookie } from '#mount/people/sessions.server.ts'
import { withConsortium } from '../../tests/cast/applications-under-way.ts'
import type { App } from '../app.ts'
import { type CallerVariables, callers } from './callers.ts'

const own = { 'x-kopa-protocol': 'http', 'x-kopa-host': 'localhost:3000', origin: 'http://localhost:3000' }

test('whoever signs out, or loses their role, saves no more from that moment, however many save beside them', () =>
  withConsortium(async ({ app, database, application, maria, jonas }) => {
    const api = new Hono<CallerVariables>()
      .use(callers({ database } as App))
      .route('/api/v1', answersApi(app))
    const part = `profile@${application.participants[1]!.id}`
    const save = async ({ secret }: { secret: string }, path: string, text: string) => {
      const headers = {
        ...own,
        'content-type': 'application/json',
        cookie: `${sessionCookie.plain}=${secret}`
      }
      const body = JSON.stringify({ base: 0, text })
      const address = `/api/v1/applications/${application.code}/answers/${path}`
      return (await api.request(address, { method: 'PUT', headers, body })).status
    }
    const sessionOf = ({ person, acting }: typeof maria) =>
      openSession(database, person, { secondFactor: false, acting: acting!.id })
    const [ending, staying, his] = [await sessionOf(maria), await sessionOf(maria), await sessionOf(jonas)]
    const together = () =>
      Promise.all([
        save(ending, 'project.summary', 'Marija pirmajā logā.'),
        save(staying, 'relevance.needs', 'Marija otrajā logā.'),
        save(his, `${part}.background`, 'Jons savā daļā.')
      ])
    assert.deepEqual(await together(), [200, 200, 200])
    await closeSession(database, ending.id)
    assert.deepEqual(await together(), [401, 200, 200])
    await database.transaction().execute((transaction) => endRole(transaction, jonas.acting!.id))
    assert.deepEqual(await together(), [401, 200, 404])
  }))
