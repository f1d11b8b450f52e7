import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HeldRole, type Permission, type SignedIn, nobody, refusalFor } from './index.ts'

const school = '00000000-0000-4000-8000-000000000001'
const company = '00000000-0000-4000-8000-000000000002'
const representative: HeldRole = { id: 'r1', role: 'representative', organisation: school }
const officer: HeldRole = { id: 'r2', role: 'officer', body: 'lv-viaa' }

function somebody(acting: HeldRole | undefined, more: Partial<SignedIn> = {}): SignedIn {
  const roles = acting ? [acting] : []
  return {
    person: 'maria',
    name: 'Maria',
    language: 'lv',
    by: { session: 's' },
    roles,
    acting,
    secondFactor: false,
    ...more
  }
}

const edit: Permission = ['member']

test('Who has not signed in is asked to', () => {
  assert.equal(refusalFor(nobody, edit, { organisation: school })?.refused, 'sign-in')
  assert.equal(refusalFor(nobody, 'public'), undefined)
})

test('Maria, who may sign for her school, may do what its members may, and nothing of another organisation', () => {
  assert.equal(refusalFor(somebody(representative), edit, { organisation: school }), undefined)
  assert.equal(refusalFor(somebody(representative), edit, { organisation: company })?.refused, 'not-allowed')
})

test('An action that forgets to say what it is about is closed, not open', () => {
  assert.equal(refusalFor(somebody(representative), edit)?.refused, 'not-allowed')
  assert.equal(refusalFor(somebody(undefined), ['self'])?.refused, 'not-allowed')
})

test('Petra needs her second factor as an officer, and her own body', () => {
  const petra = somebody(officer)
  assert.equal(refusalFor(petra, ['officer'], { body: 'lv-viaa' })?.refused, 'second-factor')
  const proved = { ...petra, secondFactor: true }
  assert.equal(refusalFor(proved, ['officer'], { body: ['lv-jspa', 'lv-viaa'] }), undefined)
  assert.equal(refusalFor(proved, ['officer'], { body: 'lv-jspa' })?.refused, 'not-allowed')
})

test('Whoever holds the right role but acts in another is told which to switch to', () => {
  const maria = somebody(representative, { roles: [representative, officer], secondFactor: true })
  const no = refusalFor(maria, ['officer'], { body: 'any' })
  assert.deepEqual([no?.refused, no?.role], ['other-role', 'r2'])
})

test('What is one’s own stays one’s own in every role', () => {
  assert.equal(refusalFor(somebody(officer), ['self'], { person: 'maria' }), undefined)
  assert.equal(refusalFor(somebody(officer), ['self'], { person: 'jonas' })?.refused, 'not-allowed')
})
