import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { saveAnswer } from '../actions/save-answer.ts'
import { answersOf } from '../answers-store.server.ts'
import { type Move, moveAnswers } from './move-answers.server.ts'

test('an answer is never put where another one stays: all of them remain where they were', () =>
  withConsortium(async ({ app, database, application, maria }) => {
    const { code, id } = application
    const [needs, objectives, innovation] = [
      'relevance.needs',
      'relevance.objectives',
      'relevance.innovation'
    ]
    for (const path of [needs, objectives, innovation]) {
      ok(await saveAnswer(app, maria, code, path, { base: 0, text: path }))
    }
    const put = (moves: Move[]) => {
      const all = moves.map((move) => ({ ...move, after: 0 }))
      return database.transaction().execute((transaction) => moveAnswers(transaction, id, all))
    }
    await assert.rejects(put([{ from: needs, to: objectives }]), /answer_pkey/)
    await assert.rejects(
      put([
        { from: needs, to: innovation },
        { from: objectives, to: innovation }
      ]),
      /answer_pkey/
    )
    for (const [path, { text }] of await answersOf(database, id)) assert.equal(path, text)
    // What nobody answered moves nowhere.
    await put([{ from: 'relevance.complementarity', to: needs }])
    assert.equal((await answersOf(database, id)).get(needs)?.text, needs)
  }))
