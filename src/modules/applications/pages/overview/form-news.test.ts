import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '../../../../app.ts'
import { ok } from '../../../../../tests/cast/calls-at-desk.ts'
import { withConsortium } from '../../../../../tests/cast/applications-under-way.ts'
import { relevanceAsked, renamed } from '../../../../../tests/cast/corrected-form.ts'
import { saveAnswer } from '../../actions/save-answer.ts'
import { writeComment } from '../../actions/write-comment.ts'
import { carryDraftsOver } from '../../form/carry-drafts-over.server.ts'
import * as discussion from '../discussion/discussion.server.ts'
import * as overview from './overview.server.ts'

test('a question asked no more is named in its own words, where another one has taken its id', () =>
  withConsortium(async ({ app, database, application, maria }) => {
    const { code } = application
    const [needs, objectives] = ['relevance.needs', 'relevance.objectives']
    ok(await saveAnswer(app, maria, code, needs, { base: 0, text: 'Skolēni lasa maz.' }))
    ok(await saveAnswer(app, maria, code, objectives, { base: 0, text: 'Lasīs vairāk.' }))
    ok(await writeComment(app, maria, code, { path: needs, text: 'Kurš zina?' }))
    const programmes = relevanceAsked(app.programmes, renamed({ objectives: 'needs' }))
    await carryDraftsOver({ database, programmes })
    const event = {
      locals: { app: { ...app, programmes } as App, language: 'lv' as const, caller: maria },
      params: { application: code },
      url: new URL(`http://localhost/lv/applications/${code}`)
    }
    const { news } = await overview.load(event)
    assert.deepEqual(
      news.map(({ what, why }) => [what, why]),
      [
        ['Atbilstība: Kāda vajadzība jūs saveda kopā, un kā jūs par to uzzinājāt?', 'question-gone'],
        ['Atbilstība: Ko vēlaties sasniegt?', 'moved']
      ]
    )
    const { talks } = await discussion.load(event)
    assert.match(talks[0]!.what, /Kāda vajadzība jūs saveda kopā/)
    assert.match(talks[0]!.href, /\/relevance$/)
  }))
