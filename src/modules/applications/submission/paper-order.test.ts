import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atTheDeadline, handIn } from '../../../../tests/cast/at-the-deadline.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { corrected } from '../../../../tests/cast/corrected-form.ts'
import { figuresFor } from './figures.server.ts'
import { paperData } from './paper.server.ts'
import { paperOrderOf } from './paper-order.server.ts'
import { contentOfApplication } from './reads.ts'

test('what was handed in is printed in the form that it was written in, a draft in the one of today', () =>
  atTheDeadline(async (consortium) => {
    const { app, maria, application } = consortium
    const { number } = ok(await handIn(consortium, maria))
    // The form was raised to its next version meanwhile: the summary is asked elsewhere.
    const today = { ...app, programmes: corrected(app.programmes) }
    const handedIn = ok(await contentOfApplication(today, maria, application.code, number))
    const figures = await figuresFor(today, handedIn)
    const order = await paperOrderOf(today, { ...handedIn, figures })
    assert.deepEqual([order.form.version, handedIn.content.form], [1, 1])
    const said = JSON.stringify(paperData(order).sections)
    assert.match(said, /Par ko ir projekts/)
    assert.match(said, /Lasīšanas tilti starp skolām/)

    const draft = await paperOrderOf(today, { content: handedIn.content, hash: handedIn.hash, figures })
    assert.equal(draft.form.version, 2)
    assert.doesNotMatch(JSON.stringify(paperData(draft).sections), /Par ko ir projekts/)
  }))
