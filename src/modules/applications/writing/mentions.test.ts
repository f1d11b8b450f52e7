import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beingNamed, namedIn } from './mentions.ts'

const people = [
  { id: 'rasa', name: 'Rasa Bērziņa' },
  { id: 'rasa-anna', name: 'Rasa Bērziņa-Kalna' },
  { id: 'jonas', name: 'Jonas Petraitis' },
  { id: 'jānis', name: 'Jānis Ozols' },
  { id: 'other', name: 'Jānis Kalns' }
]

test('who is named by their whole name, or by a first name of their own, is recognised', () => {
  assert.deepEqual(namedIn('@Jonas, paskaties!', people), ['jonas'])
  assert.deepEqual(namedIn('Vai @rasa bērziņa un @Jonas Petraitis redzēja? @Jonas?', people), [
    'rasa',
    'jonas'
  ])
  assert.deepEqual(namedIn('(@Rasa Bērziņa-Kalna)', people), ['rasa-anna'])
  assert.deepEqual(namedIn('@Ja\u0304nis Ozols', people), ['jānis'])
})

test('nobody is named by an address, by a part of a name, or by one that several have', () => {
  assert.deepEqual(namedIn('jonas@jonas.lv, a.@Jonas', people), [])
  assert.deepEqual(namedIn('@Jonass @Jon', people), [])
  assert.deepEqual(namedIn('@Jānis, @Rasa, @Ozols', people), [])
})

test('while somebody types, those are offered whose name it may become', () => {
  const names = (text: string) => beingNamed(text, people)?.people.map(({ id }) => id)
  assert.deepEqual(names('Labi, @jon'), ['jonas'])
  assert.deepEqual(names('@Jānis '), ['jānis', 'other'])
  assert.deepEqual(names('@kal'), ['other'])
  assert.deepEqual(names('@'), people.map(({ id }) => id)) // prettier-ignore
  assert.equal(names('@Jonas Petraitis'), undefined)
  assert.equal(names('jonas@j'), undefined)
  assert.equal(beingNamed('Labi, @jon', people)?.from, 6)
})
