import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type AddressInfo, createConnection, createServer } from 'node:net'
import { suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { connect } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { callerAgain } from '../../../../tests/cast/cast.ts'
import {
  consortiumAtWork,
  mergedByPetra,
  newsArrives,
  partedByPetra
} from '../../../../tests/cast/consortium-at-work.ts'
import { registerOrganisation } from '#server/organisations'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { answersOf } from '../answers-store.server.ts'
import { lockOutline, outlineChanged } from '../outline.server.ts'
import { apply } from '../writing/delta.ts'
import { saveAnswer, saveAnswers } from './save-answer.ts'

const path = 'project.summary'

/** A way to the database that breaks once, when the answer to a statement comes back. */
async function aLineThatBreaks(address: string) {
  const to = new URL(address)
  const [socket, host, port] = [to.searchParams.get('host'), to.hostname, Number(to.port || 5432)]
  let statement: string | undefined
  let broke = 0
  const server = createServer((near) => {
    const far = socket ? createConnection(`${socket}/.s.PGSQL.${port}`) : createConnection(port, host)
    let last = Buffer.alloc(0)
    const end = () => (near.destroy(), far.destroy())
    near.on('data', (data) => (far.write(data), (last = data)))
    far.on('data', (data) => {
      if (!statement || !last.includes(statement)) return near.write(data)
      statement = undefined
      broke++
      return end()
    })
    for (const one of [near, far]) one.on('error', end).on('close', end)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  to.port = String((server.address() as AddressInfo).port)
  to.hostname = '127.0.0.1'
  to.searchParams.delete('host')
  return {
    address: to.toString(),
    breakAfter: (name: string) => (statement = name),
    broke: () => broke,
    close: () => server.close()
  }
}

suite('saving an answer', () => {
  test('Maria writes, and what she wrote is there with its length and every version', () =>
    withConsortium(async ({ app, database, application, maria }) => {
      const first = ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Lasām kopā.' }))
      assert.deepEqual([first.version, first.length, first.merged, first.text], [1, 11, false, undefined])
      const second = ok(
        await saveAnswer(app, maria, application.id, path, { base: 1, delta: [[10, 1, ' ar prieku 👩‍🏫.']] })
      )
      assert.deepEqual([second.version, second.length, second.delta], [2, 23, undefined])
      const answer = (await answersOf(database, application.id)).get(path)
      assert.equal(answer?.text, 'Lasām kopā ar prieku 👩‍🏫.')
      const versions = await database
        .selectFrom('applications.answer_version')
        .select(['version', 'delta', 'how', 'saved_by'])
        .orderBy('version')
        .execute()
      assert.deepEqual(
        versions.map(({ delta }) => delta),
        [[[0, '', 'Lasām kopā.']], [[10, '.', ' ar prieku 👩‍🏫.']]]
      )
      assert.ok(versions.every(({ how, saved_by }) => how === 'typed' && saved_by === maria.person))
    }))

  test('two who write from the same version both keep every word', () =>
    withConsortium(async ({ app, application, maria }) => {
      const save = (given: Parameters<typeof saveAnswer>[4]) =>
        saveAnswer(app, maria, application.code, path, given)
      ok(await save({ base: 0, text: 'Mūsu projekts ir par lasīšanu.' }))
      ok(await save({ base: 1, text: 'Mūsu lielais projekts ir par lasīšanu.' }))
      const whole = ok(await save({ base: 1, text: 'Mūsu projekts ir par lasīšanu un rakstīšanu.' }))
      assert.equal(whole.text, 'Mūsu lielais projekts ir par lasīšanu un rakstīšanu.')
      assert.equal(whole.merged, true)
      const typed = 'Kopīgi! Mūsu projekts ir par lasīšanu.'
      const change = ok(await save({ base: 1, delta: [[0, 0, 'Kopīgi! ']] }))
      assert.equal(
        apply(typed, change.delta ?? []),
        'Kopīgi! Mūsu lielais projekts ir par lasīšanu un rakstīšanu.'
      )
    }))

  test('two who replace the same word both find theirs whole, by whole texts or by what changed', () =>
    withConsortium(async ({ app, application, maria }) => {
      const { code } = application
      const base = 'Mēs mācām bērnus lasīt.'
      ok(await saveAnswer(app, maria, code, path, { base: 0, text: base }))
      const whole = (word: string) => ({ base: 1, text: base.replace('bērnus', word) })
      ok(await saveAnswer(app, maria, code, path, whole('skolēnus')))
      const other = ok(await saveAnswer(app, maria, code, path, whole('jauniešus')))
      assert.equal(other.text, 'Mēs mācām skolēnus jauniešus lasīt.')
      const cut = ok(await saveAnswer(app, maria, code, path, { base: 1, delta: [[10, 3, 'spēlē']] }))
      assert.equal(
        apply('Mēs mācām spēlēnus lasīt.', cut.delta!),
        'Mēs mācām skolēnus jauniešus spēlēnus lasīt.'
      )
    }))

  test('a save that is sent again is kept once, also after others have saved', () =>
    withConsortium(async ({ app, application, maria }) => {
      const save = { base: 0, delta: [[0, 0, 'Viens.\u200b']] as const, save: randomUUID() }
      const [one, two] = await Promise.all([
        saveAnswer(app, maria, application.code, path, save),
        saveAnswer(app, maria, application.code, path, save)
      ])
      assert.deepEqual([ok(one).version, ok(two).version], [1, 1])
      ok(await saveAnswer(app, maria, application.code, path, { base: 1, text: 'Viens. Divi.' }))
      const again = ok(await saveAnswer(app, maria, application.code, path, save))
      assert.equal(again.version, 2)
      assert.equal(apply('Viens.\u200b', again.delta ?? []), 'Viens. Divi.')
    }))

  test('another value that somebody else chose meanwhile is shown, never overwritten', () =>
    withConsortium(async ({ app, application, maria }) => {
      const months = 'project.duration-months'
      ok(await saveAnswer(app, maria, application.code, months, { base: 0, value: 24 }))
      const late = await saveAnswer(app, maria, application.code, months, { base: 0, value: 36 })
      assert.ok(isRefused(late) && late.refused === 'changed')
      assert.deepEqual((late.current as { value: unknown; version: number }).value, 24)
      const same = ok(await saveAnswer(app, maria, application.code, months, { base: 0, value: 24 }))
      assert.equal(same.version, 1)
      const back = ok(await saveAnswer(app, maria, application.code, months, { base: 1, value: null }))
      assert.equal(back.version, 2)
    }))

  test('Jonas saves his own part only; Elena finds nothing; whoever is not signed in is asked to', () =>
    withConsortium(async ({ app, application, jonas, elena, nobody }) => {
      const own = `profile@${application.participants[1]!.id}.background`
      ok(await saveAnswer(app, jonas, application.code, own, { base: 0, text: 'Skola Viļņā.' }))
      const others = await saveAnswer(app, jonas, application.code, path, { base: 0, text: 'Nē.' })
      assert.ok(isRefused(others) && others.refused === 'not-allowed')
      const stranger = await saveAnswer(app, elena, application.code, path, { base: 0, text: 'Nē.' })
      assert.ok(isRefused(stranger) && stranger.refused === 'not-found')
      const unknown = await saveAnswer(app, nobody, application.code, path, { base: 0, text: 'Nē.' })
      assert.ok(isRefused(unknown) && unknown.refused === 'sign-in')
    }))

  test('after a merge in the register the record that is kept goes on writing its part', () =>
    consortiumAtWork(async (at) => {
      const { app, application, jonas, elena, places } = at
      const own = `profile@${application.participants[1]!.id}.background`
      ok(await saveAnswer(app, jonas, application.code, own, { base: 0, text: 'Skola Viļņā.' }))
      await mergedByPetra(at, places.elenasSchool, places.jonasSchool)
      const text = 'Skola Viļņā un Turīnā.'
      assert.equal(ok(await saveAnswer(app, elena, application.code, own, { base: 1, text })).version, 2)
    }))

  test('once a merge is undone, who wrote by it writes no more, also where its record was one of several', () =>
    consortiumAtWork(async (at) => {
      const { app, holding, application, jonas, elena, maria, places } = at
      const server = { ...holding, ...app }
      const own = `profile@${application.participants[1]!.id}.background`
      const between = ok(
        await registerOrganisation(
          app,
          { ...elena, acting: undefined },
          { name: 'Torino scuola', country: 'IT', city: 'Torino', type: 'school', seen: [] }
        )
      ).organisation
      // Jonas’s school becomes a record that later becomes Elena’s; what stands in the consortium is the first.
      await mergedByPetra(at, between, places.jonasSchool)
      const second = await mergedByPetra(at, places.elenasSchool, between)
      await newsArrives(server)
      ok(await saveAnswer(app, elena, application.code, own, { base: 0, text: 'Turīnā.' }))
      await partedByPetra(at, second)
      await newsArrives(server)
      const after = await saveAnswer(app, elena, application.code, own, { base: 1, text: 'Vēl Turīnā.' })
      assert.ok(isRefused(after) && after.refused === 'not-found')
      const back = await callerAgain(app.database, jonas)
      ok(await saveAnswer(app, back, application.code, own, { base: 1, text: 'Viļņā.' }))
      ok(await saveAnswer(app, maria, application.code, own, { base: 2, text: 'Viļņā!' }))
    }))

  test('who loses the right or gains it, and a state that changes, count at once', () =>
    withConsortium(async ({ app, database, application, jonas, maria }) => {
      const save = () => saveAnswer(app, jonas, application.code, path, { base: 0, text: 'Jonas raksta.' })
      const set = (edits: 'own' | 'all') =>
        database.transaction().execute(async (transaction) => {
          await transaction
            .updateTable('applications.participant')
            .set({ edits })
            .where('position', '=', 1)
            .execute()
          await outlineChanged(transaction, application.id)
        })
      assert.ok(isRefused(await save()))
      await set('all')
      ok(await save())
      await set('own')
      const denied = await saveAnswer(app, jonas, application.code, path, { base: 1, text: 'Vēl.' })
      assert.ok(isRefused(denied) && denied.refused === 'not-allowed')
      await database
        .updateTable('applications.application')
        .set({ state: 'submitted', outline: 9 })
        .where('id', '=', application.id)
        .execute()
      const late = await saveAnswer(app, maria, application.code, path, { base: 1, text: 'Par vēlu.' })
      assert.ok(isRefused(late) && late.refused === 'not-now')
      assert.equal(late.problems[0]?.key, 'applications-writing.not-now.submitted')
    }))

  test('a save that meets a submission under way waits for it, and is refused: nothing is acknowledged and left out', () =>
    consortiumAtWork(async ({ app, database, application, maria }) => {
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Sākums.' }))
      const frozen = await database.transaction().execute(async (transaction) => {
        await lockOutline(transaction, application.id)
        const answers = await answersOf(transaction, application.id)
        const saves = [
          saveAnswer(app, maria, application.code, path, { base: 1, text: 'Sākums un gals.' }),
          saveAnswer(app, maria, application.code, 'relevance.needs', { base: 0, text: 'Jauns.' })
        ]
        await setTimeout(200)
        await transaction
          .updateTable('applications.application')
          .set({ state: 'submitted' })
          .where('id', '=', application.id)
          .execute()
        await outlineChanged(transaction, application.id)
        return { answers, saves }
      })
      for (const save of await Promise.all(frozen.saves)) {
        assert.ok(isRefused(save) && save.refused === 'not-now')
        assert.equal(save.problems[0]?.key, 'applications-writing.not-now.submitted')
      }
      assert.deepEqual(await answersOf(database, application.id), frozen.answers)
    }))

  test('after the deadline Maria goes on writing her draft, until its call is assessed', () =>
    withConsortium(async ({ app, database, application, maria }) => {
      const now = app.clock()
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Pirms divpadsmitiem.' }))
      const set = (call: object) => database.updateTable('calls.call').set(call).execute()
      const clock = (seconds: number) => ({ ...app, clock: () => now.add({ seconds }) })
      await set({ closes_at: now.subtract({ seconds: 1 }).toString() })
      const text = 'Pirms divpadsmitiem. Un vienu sekundi pēc.'
      ok(await saveAnswer(clock(10), maria, application.code, path, { base: 1, text }))
      await set({ stage: 'in-assessment' })
      const late = await saveAnswer(clock(20), maria, application.code, path, { base: 2, text: 'Par vēlu.' })
      assert.ok(isRefused(late) && late.refused === 'not-now')
      assert.equal(late.problems[0]?.key, 'applications-writing.not-now.over')
      await set({ stage: 'published' })
      ok(await saveAnswer(clock(20), maria, application.code, path, { base: 2, text: 'Atkal.' }))
    }))

  test('a save without a number is kept once when the connection ends before its answer comes', () =>
    withConsortium(async ({ app, database, address, application, maria }) => {
      const line = await aLineThatBreaks(address)
      const broken = connect({ connectionString: line.address }, 'kopa-test')
      try {
        const server = { ...app, database: broken }
        ok(await saveAnswer(server, maria, application.code, path, { base: 0, text: 'Sākums.' }))
        line.breakAfter('keep-versions')
        const fields = ['relevance.needs', 'relevance.objectives', 'relevance.innovation']
        const saves = await Promise.all(
          fields.map((field) =>
            saveAnswer(server, maria, application.code, field, { base: 0, text: 'Reiz.' })
          )
        )
        assert.deepEqual(
          saves.map((save) => ok(save).version),
          [1, 1, 1]
        )
        const answers = await answersOf(database, application.id)
        for (const field of fields) assert.equal(answers.get(field)?.text, 'Reiz.')
        assert.equal(line.broke(), 1)
      } finally {
        await broken.destroy()
        line.close()
      }
    }))

  test('nothing is written into a row that somebody removed, or never was; one that was just put in takes words', () =>
    withConsortium(async ({ app, address, application, maria }) => {
      const save = (server: typeof app, where: string, given: Parameters<typeof saveAnswer>[4]) =>
        saveAnswer(server, maria, application.code, where, given)
      const title = 'work-packages.aaaaaaaa.title'
      const never = await save(app, title, { base: 0, text: 'Nekur.' })
      assert.ok(isRefused(never) && never.problems[0]?.key === 'applications-writing.problem.row-gone')
      const database = connect({ connectionString: address }, 'kopa-test')
      try {
        const other = { ...app, database }
        ok(await save(other, 'work-packages', { base: 0, value: ['aaaaaaaa'] }))
        ok(await save(app, title, { base: 0, text: 'Vadība' }))
        ok(await save(app, 'work-packages', { base: 1, value: [] }))
        const gone = await save(app, title, { base: 1, text: 'Vadība un darbs' })
        assert.ok(isRefused(gone) && gone.problems[0]?.key === 'applications-writing.problem.row-gone')
        const rows = { base: 2, value: 'aaaaaaaa' }
        assert.ok(isRefused(await save(app, 'work-packages', rows)))
      } finally {
        await database.destroy()
      }
    }))

  test('what is about another text, about no version or without end is refused, and nothing is lost', () =>
    withConsortium(async ({ app, application, maria }) => {
      const save = (given: Parameters<typeof saveAnswer>[4], where = path) =>
        saveAnswer(app, maria, application.code, where, given)
      ok(await save({ base: 0, text: 'Īss.' }))
      for (const [given, where] of [
        [{ base: 1, delta: [[40, 1, 'x']] as const }, path],
        [{ base: 7, text: 'No nākotnes.' }, path],
        [{ base: 1, value: 3 }, path],
        [{ base: 1, text: 'x'.repeat(200_001) }, path],
        [{ base: 0, text: 'x' }, '../x']
      ] as const) {
        const refusal = await save(given, where)
        assert.ok(isRefused(refusal) && refusal.refused === 'invalid', JSON.stringify(given).slice(0, 60))
      }
      assert.equal(ok(await save({ base: 1, text: 'Īss.' })).version, 1)
    }))

  test('a form without script saves each field by the version that it showed', () =>
    withConsortium(async ({ app, application, maria }) => {
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Pirmā rinda.\nOtrā rinda.' }))
      ok(
        await saveAnswer(app, maria, application.code, path, {
          base: 1,
          text: 'Pirmā rinda.\nOtrā garā rinda.'
        })
      )
      const saved = await saveAnswers(app, maria, application.code, [
        { path, base: 1, text: 'Pirmā jaunā rinda.\r\nOtrā rinda.' },
        { path: 'project.duration-months', base: 0, value: 24 }
      ])
      assert.deepEqual([...saved.keys()], [path, 'project.duration-months'])
      assert.equal((ok(saved.get(path)!) as { text?: string }).text, 'Pirmā jaunā rinda.\nOtrā garā rinda.')
    }))

  test('many who save at once in one field and in many keep everything', () =>
    withConsortium(async ({ app, database, application, maria }) => {
      ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Sākums.' }))
      const rows = Array.from({ length: 40 }, (_, at) => String(at).padStart(8, 'a'))
      ok(await saveAnswer(app, maria, application.code, 'work-packages', { base: 0, value: rows }))
      await Promise.all(
        rows.map(async (row, at) => {
          ok(await saveAnswer(app, maria, application.code, path, { base: 1, delta: [[7, 0, ` v${at}!`]] }))
          const title = `work-packages.${row}.title`
          ok(await saveAnswer(app, maria, application.code, title, { base: 0, text: `Darba pakete ${at}` }))
        })
      )
      const answers = await answersOf(database, application.id)
      for (let at = 0; at < 40; at++) assert.ok(answers.get(path)!.text!.includes(` v${at}!`))
      assert.equal(answers.get(path)!.version, 41)
      assert.equal(answers.size, 42)
    }))

  test('two servers that save into the same fields merge like one', () =>
    withConsortium(async ({ app, database, address, application, maria }) => {
      const other = connect({ connectionString: address }, 'kopa-test')
      try {
        const servers = [app, { ...app, database: other }]
        ok(await saveAnswer(app, maria, application.code, path, { base: 0, text: 'Sākums.' }))
        await Promise.all(
          Array.from({ length: 30 }, async (_, at) => {
            const server = servers[at % 2]!
            ok(
              await saveAnswer(server, maria, application.code, path, {
                base: 1,
                delta: [[7, 0, ` v${at}!`]]
              })
            )
          })
        )
        const text = (await answersOf(database, application.id)).get(path)!.text!
        for (let at = 0; at < 30; at++) assert.ok(text.includes(` v${at}!`), text)
      } finally {
        await other.destroy()
      }
    }))
})
