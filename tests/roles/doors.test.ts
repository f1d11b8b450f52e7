import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadProgrammes } from '#server/programmes'
import type { App } from '../../src/app.ts'
import { permissions } from '../../tools/roles.js'
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

/** Actions that no door asks by itself, and how they are reached. */
const reachedOtherwise: Readonly<Record<string, string>> = {
  'organisations.choose-shown':
    'a step of editing; the door asks change-record, which lets in the same people',
  'organisations.import-charter-list': './kopa organisations import',
  'organisations.recheck-domain-proofs': 'a job',
  'organisations.save-contacts': 'a step of editing, as choose-shown',
  'people.create-administrator': './kopa admin create',
  'people.forget-codes': './kopa',
  'people.prove-second-factor':
    'by who is in the middle of signing in; the door lets others in as far as the first step',
  'people.sign-out': 'by everybody: who is not signed in is as they wished to be',
  'people.sign-up-from-provider': 'by who comes from a provider'
}

test('every action stands behind a door, or it is said how else it is reached', async () => {
  const asked = new Set(doors.flatMap(({ asks }) => asks))
  const actions = (await permissions())
    .filter(({ kind }) => kind === 'action')
    .map(({ module, name }) => `${module}.${name}`)
  assert.deepEqual(
    actions.filter((name) => !asked.has(name) && !(name in reachedOtherwise)),
    []
  )
  assert.deepEqual(
    Object.keys(reachedOtherwise).filter((name) => asked.has(name) || !actions.includes(name)),
    []
  )
})
