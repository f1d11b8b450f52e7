import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadProgrammes } from '#server/programmes'
import type { App } from '../../src/app.ts'
import { root } from '../structure/project-files.ts'
import { doors } from './doors.ts'
import { doorsOfTheCode } from './routes.ts'
import { matrix } from './visit.ts'

test('the list of doors has every page, form, feed and endpoint of the code, once, and none that is gone', async () => {
  // The routes alone are asked, so nothing needs a database.
  const app = { programmes: loadProgrammes(join(root, 'programmes')) } as App
  const ofTheCode = await doorsOfTheCode(app)
  const listed = doors.map(({ door }) => door)
  assert.deepEqual(
    {
      missing: ofTheCode.filter((door) => !listed.includes(door)),
      gone: listed.filter((door) => !ofTheCode.includes(door)),
      twice: listed.filter((door, at) => listed.indexOf(door) !== at)
    },
    { missing: [], gone: [], twice: [] }
  )
})

test('every door names permissions that docs/roles.md knows', async () => {
  const known = await matrix()
  const unknown = doors.flatMap(({ door, asks }) =>
    asks.filter((name) => !known.has(name)).map((name) => `${door}: ${name}`)
  )
  assert.deepEqual(unknown, [])
})
