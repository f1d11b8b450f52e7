import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { atTheDeadline } from '../../../../tests/cast/at-the-deadline.ts'
import { paperFor } from './one-paper.server.ts'
import { contentOfApplication } from './reads.ts'

test('whoever asks for many PDFs at once gets one; others get theirs meanwhile', () =>
  atTheDeadline(async ({ app, application, maria, jonas }) => {
    const shown = ok(await contentOfApplication(app, maria, application.code))
    const asked = await Promise.all([
      ...Array.from({ length: 4 }, () => paperFor(app, maria.person, shown)),
      paperFor(app, jonas.person, shown)
    ])
    assert.deepEqual(
      asked.map((one) => (isRefused(one) ? one.refused : 'a PDF')),
      ['a PDF', 'too-often', 'too-often', 'too-often', 'a PDF']
    )
    assert.ok(!isRefused(await paperFor(app, maria.person, shown)))
  }))
