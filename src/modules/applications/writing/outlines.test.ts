import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { findOutline } from '../outline.server.ts'
import { rememberedOutline } from './outlines.server.ts'

test('an outline that is read with others is the outline that is read alone', () =>
  withConsortium(async ({ database, application }) => {
    const { id, code } = application
    const asked = [id, 'none', code, '00000000-0000-4000-8000-000000000000']
    const found = await Promise.all(asked.map((one) => rememberedOutline(database, one)))
    const alone = await findOutline(database, code)
    assert.deepEqual(found, [alone, undefined, alone, undefined])
  }))
