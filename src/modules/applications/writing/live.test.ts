import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { pino } from 'pino'
import { closeSession, endRole, openSession, sessionCookie } from '#server/people'
import { type Database, connect } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { standInApplication } from '../actions/stand-in-application.ts'
import { outlineChanged } from '../outline.server.ts'
import { apply } from './delta.ts'
import { fieldNow } from './field-now.server.ts'
import { openedHub } from './hub.server.ts'
import { presentIn } from './presence.server.ts'
import { openStream } from './stream.server.ts'
import type { Heard, Present } from './wire.ts'

const log = pino({ level: 'silent' })
const path = 'project.summary'

/** Signs somebody in, in the role they act in. */
async function signedIn(database: Database, who: SignedIn) {
  const { id, secret } = await openSession(database, who.person, {
    secondFactor: false,
    ...(who.acting && { acting: who.acting.id })
  })
  return { id, headers: new Headers({ cookie: `${sessionCookie.plain}=${secret}` }) }
}

/** Somebody listens at a server; `next` waits for the next event of a name. */
async function listening(database: Database, who: SignedIn, application: string) {
  const { id, headers } = await signedIn(database, who)
  const stream = ok(await openStream({ database, log }, who, application, headers))
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  const events: { event: string; data: any }[] = []
  let over = false
  let arrived = () => {}
  const read = (async () => {
    let rest = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) break
      rest += decoder.decode(value, { stream: true })
      const parts = rest.split('\n\n')
      rest = parts.pop()!
      for (const part of parts) {
        const found = /^event: (\S+)\ndata: (.*)$/s.exec(part)
        if (found) events.push({ event: found[1]!, data: JSON.parse(found[2]!) })
      }
      arrived()
    }
    over = true
    arrived()
  })()
  return {
    session: id,
    async next<Data>(event: string): Promise<Data> {
      const deadline = performance.now() + 30_000
      for (;;) {
        const at = events.findIndex((one) => one.event === event)
        if (at >= 0) return events.splice(at, 1)[0]!.data as Data
        if (over || performance.now() > deadline) throw new Error(`No ${event}: ${JSON.stringify(events)}`)
        await new Promise<void>((resolve) => {
          arrived = resolve
          setTimeout(resolve, 200)
        })
      }
    },
    ended: () => read,
    leave: async () => {
      await reader.cancel()
      await read
    }
  }
}

async function withTwoServers(work: (consortium: Consortium & { other: Database }) => Promise<void>) {
  await withConsortium(async (consortium) => {
    const other = connect({ connectionString: consortium.address }, 'kopa-test')
    try {
      await work({ ...consortium, other })
    } finally {
      for (const database of [consortium.database, other]) await openedHub(database)?.stop()
      await other.destroy()
    }
  })
}

suite('an application that several have open', () => {
  test('Jonas at another server hears what Maria saves at hers, each change once', () =>
    withTwoServers(async ({ app, database, other, application, maria, jonas }) => {
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Viens.' }))
      const far = await listening(other, jonas, application.code)
      const near = await listening(database, maria, application.id)
      assert.deepEqual(await far.next('versions'), { [path]: 1 })
      await near.next('versions')
      let text = 'Viens.'
      for (const word of ['divi', 'trīs', 'četri']) {
        const { version } = ok(
          await saveAnswer(app, maria, application.code, path, {
            base: 1,
            delta: [[6, 0, ` ${word}`]]
          })
        )
        const heard = await far.next<Heard>('saved')
        assert.deepEqual([heard.version, heard.by, heard.path], [version, maria.person, path])
        text = apply(text, heard.delta!)
        assert.deepEqual(await near.next<Heard>('saved'), heard)
      }
      const { text: standing } = ok(
        await fieldNow({ database: other }, jonas, { application: application.code, path })
      )
      assert.equal(text, standing)
      await far.leave()
      await near.leave()
    }))

  test('of a person with three hundred windows the last few are shown, and others are not pushed out', () =>
    withTwoServers(async ({ app, database, application, maria, jonas }) => {
      const stand = async (who: typeof maria, view: string = randomUUID()) => {
        ok(await standInApplication(app, who, application.code, { view }))
        return view
      }
      const his = await stand(jonas)
      let last = ''
      for (let at = 0; at < 300; at++) {
        last = await stand(maria)
        // As an open window does it every few seconds.
        if (at % 50 === 0) await stand(jonas, his)
      }
      await Promise.all(Array.from({ length: 20 }, () => stand(maria, last)))
      const present = (await presentIn(database, [application.id])).get(application.id) ?? []
      assert.equal(present.length, 7)
      const views = present.map(({ view }) => view)
      assert.ok(views.includes(his) && views.includes(last))
    }))

  test('whoever missed something reads what leads from their version to the one that stands', () =>
    withTwoServers(async ({ app, other, application, maria, jonas }) => {
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Viens.' }))
      ok(await saveAnswer(app, maria, application.code, path, { base: 1, text: 'Viens. Divi.' }))
      ok(await saveAnswer(app, maria, application.code, path, { base: 2, text: 'Nulle. Viens. Divi.' }))
      const field = { application: application.code, path }
      const now = ok(await fieldNow({ database: other }, jonas, field, 1))
      assert.equal(apply('Viens.', now.delta!), 'Nulle. Viens. Divi.')
    }))

  test('they see each other and where the cursors stand, at both servers, until they go', () =>
    withTwoServers(async ({ app, database, other, application, maria, jonas }) => {
      const near = await listening(database, maria, application.code)
      const view = randomUUID()
      const cursor = { path, version: 3, from: 4, to: 9 }
      ok(await standInApplication({ database: other }, jonas, application.code, { view, cursor }))
      const seen = async () => {
        for (;;) {
          const here = await near.next<Present[]>('here')
          if (here.length > 0) return here
        }
      }
      assert.deepEqual(await seen(), [{ view, person: jonas.person, name: jonas.name, cursor }])
      // A window is its own person's.
      ok(await standInApplication(app, maria, application.code, { view, path }))
      ok(await standInApplication({ database: other }, jonas, application.code, { view, gone: true }))
      assert.deepEqual(await near.next<Present[]>('here'), [])
      await near.leave()
    }))

  test('whoever is no longer of the consortium, or has signed out, hears no more', () =>
    withTwoServers(async ({ database, other, application, maria, jonas }) => {
      const his = await listening(database, jonas, application.code)
      const hers = await listening(other, maria, application.code)
      await his.next('versions')
      await hers.next('versions')
      await closeSession(database, hers.session)
      await database.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('applications.participant')
          .set({ state: 'left', ended_at: '2026-01-01T00:00:00Z' })
          .where('position', '=', 1)
          .execute()
        await outlineChanged(transaction, application.id)
      })
      assert.deepEqual(await his.next('ended'), { reason: 'not-found' })
      assert.deepEqual(await hers.next('ended'), { reason: 'sign-in' })
      await his.ended()
      await hers.ended()
    }))

  test('whoever signs out, or loses their role, hears no more at once, and at another server after seconds', () =>
    withTwoServers(async ({ database, other, application, maria, jonas }) => {
      const near = []
      for (let at = 0; at < 3; at++) near.push(await listening(database, maria, application.code))
      const [far, role] = [
        await listening(other, maria, application.code),
        await listening(database, jonas, application.code)
      ]
      for (const one of [...near, far, role]) await one.next('versions')
      const took = async (act: () => Promise<unknown>, one: typeof far, reason: string) => {
        const began = performance.now()
        await act()
        assert.deepEqual(await one.next('ended'), { reason })
        await one.ended()
        return performance.now() - began
      }
      // The quickest: others share the machine. Every two seconds all are looked at anyway.
      let quickest = Infinity
      for (const one of near) {
        const signsOut = () =>
          database.transaction().execute((transaction) => closeSession(transaction, one.session))
        quickest = Math.min(quickest, await took(signsOut, one, 'sign-in'))
      }
      assert.ok(quickest < 500, `${quickest} ms`)
      await took(() => endRole(database, jonas.acting!.id), role, 'not-found')
      // What another server does is not heard in this process.
      const elsewhere = () =>
        database.deleteFrom('people.session').where('id', '=', far.session).executeTakeFirst()
      await took(elsewhere, far, 'sign-in')
    }))

  test('whoever signs out only here goes on hearing elsewhere', () =>
    withTwoServers(async ({ app, database, application, maria }) => {
      const here = await listening(database, maria, application.code)
      const there = await listening(database, maria, application.code)
      await there.next('versions')
      await closeSession(database, here.session)
      await here.ended()
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Viens.' }))
      assert.equal((await there.next<Heard>('saved')).version, 1)
      await there.leave()
    }))

  test('Elena hears nothing, nobody is asked to sign in, and one person has a bounded number of streams', () =>
    withTwoServers(async ({ database, application, maria, elena }) => {
      const { headers } = await signedIn(database, maria)
      const open = (who: SignedIn) => openStream({ database, log }, who, application.code, headers)
      const stranger = await open(elena)
      assert.ok(isRefused(stranger) && stranger.refused === 'not-found')
      const streams = []
      for (let at = 0; at < 20; at++) streams.push(ok(await open(maria)))
      const one = await open(maria)
      assert.ok(isRefused(one) && one.refused === 'too-often')
      await streams[0]!.cancel()
      const again = ok(await open(maria))
      for (const stream of [...streams.slice(1), again]) await stream.cancel()
    }))
})
