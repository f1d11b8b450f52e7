import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { fc } from '../../../../tests/drawn-cases.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { type Consortium, withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { answersOf } from '../answers-store.server.ts'
import { fieldOfDraft } from '../reads.ts'
import { type Served, aBrowser } from '../writing/browsers.fixture.ts'
import { actsOf, writeApart } from '../../../../tests/cast/four-writers.ts'
import type { Delta } from '../writing/delta.ts'
import { type KeptDelta, forwards, textBefore } from '../writing/merge.ts'
import { tidied } from '../writing/typed-text.ts'
import { charactersIn } from '#shared/forms/tidy-text.ts'
import { saveAnswer } from './save-answer.ts'

const fields = ['project.summary', 'relevance.needs', 'relevance.objectives', 'relevance.innovation']

/** One field of a draft, as browsers reach it. Nobody waits because they save too often. */
function fieldAt({ app, application, maria, database }: Consortium, path: string) {
  let seconds = 0
  const patient = { ...app, clock: () => app.clock().add({ seconds: (seconds += 10) }) }
  // Numbers of saves are UUIDs for the database.
  const numbers = new Map<string, string>()
  const standing = async () => {
    const { version, text = '' } = ok(await fieldOfDraft(app, maria, application.code, path))
    return { version, text }
  }
  const served: Served = {
    save: async ({ base, save, delta }) => {
      if (!numbers.has(save)) numbers.set(save, crypto.randomUUID())
      const given = { base, delta, save: numbers.get(save)! }
      const saved = await saveAnswer(patient, maria, application.code, path, given)
      if (isRefused(saved)) throw new Error(JSON.stringify(saved))
      return { outcome: 'saved', saved }
    },
    since: async (version) => {
      const now = ok(await fieldOfDraft(app, maria, application.code, path, version))
      return { version: now.version, delta: now.delta ?? [] }
    }
  }
  const versions = async () => {
    const rows = await database
      .selectFrom('applications.answer_version')
      .select(['version', 'delta'])
      .where('path', '=', path)
      .orderBy('version')
      .execute()
    return rows.map(({ delta }) => delta as KeptDelta)
  }
  return { served, standing, versions }
}

suite('writing together, with the database', () => {
  test('four with a bad network and browsers that die end with what is kept, and each version leads to the next', () =>
    withConsortium(async (consortium) => {
      let run = 0
      await fc.assert(
        fc.asyncProperty(actsOf(60, 'joining'), async (acts) => {
          const path = fields[run++ % fields.length]!
          await consortium.database.deleteFrom('applications.answer_version').execute()
          await consortium.database.deleteFrom('applications.answer').execute()
          const { served, standing, versions } = fieldAt(consortium, path)
          const { words } = await writeApart(acts, {
            browser: async (name) => aBrowser(served, name, await standing()),
            standing,
            change: async (version) => ({ version, delta: forwards((await versions())[version - 1]!) })
          })
          const { text, version } = await standing()
          for (const { word, cut } of words)
            assert.ok(cut || text.includes(word), `${word} is not in ${text}`)
          const kept = await versions()
          assert.equal(kept.length, version)
          assert.equal(textBefore(text, kept), '', 'taken back one by one nothing is left')
          const answer = (await answersOf(consortium.database, consortium.application.id)).get(path)
          assert.equal(answer?.text ?? '', tidied(text))
          if (answer) assert.equal(answer.length, charactersIn(text))
        }),
        { numRuns: 40 }
      )
    }))

  test('a machine that cuts through letters is answered, and what is kept is whole', () =>
    withConsortium(async (consortium) => {
      const { app, application, maria, database } = consortium
      const path = fields[0]!
      const save = (base: number, delta: Delta) =>
        saveAnswer(app, maria, application.code, path, { base, delta })
      const { version } = ok(await save(0, [[0, 0, '😀👩‍🏫ā 🇱🇻']]))
      // The other half of the same face; a half alone; a NUL; nothing of a family but its joiner.
      const halves: Delta[] = [[[1, 1, '\ude01']], [[1, 1, '']], [[0, 0, '\u0000\ud83d']], [[2, 2, '']]]
      for (const delta of halves) ok(await save(version, delta))
      const text = (await answersOf(database, application.id)).get(path)!.text!
      assert.ok(text.isWellFormed() && text === tidied(text), JSON.stringify(text))
      const { versions } = fieldAt(consortium, path)
      assert.equal(textBefore(text, await versions()), '')
    }))
})
