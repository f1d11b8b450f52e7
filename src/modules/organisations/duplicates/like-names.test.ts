import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readShippedCharterList } from '../import/shipped-charter-list.server.ts'
import { likeNames } from './like-names.ts'

test('one organisation is recognised however its name is written', () => {
  const same: [string, string][] = [
    ['Rīgas 45. vidusskola', 'RIGAS 45 VSK.'],
    ['SIA “Baltais vilks”', 'Baltais Vilks, SIA'],
    ['Latvijas Universitāte', 'University of Latvia'],
    ['UNIVERSITAET WIEN', 'Universität Wien'],
    ['Społeczna Szkoła Podstawowa', 'Spoleczna szkola podstawowa'],
    ['Професионална гимназия Христо Ботев', 'Христо Ботев, професионална гимназия'],
    ['Stichting Nieuw Land', 'Nieuw Land (stichting)'],
    ['ÉCOLE MARIE CURIE S.A.R.L.', 'Ecole Marie Curie']
  ]
  for (const [one, other] of same) assert.equal(likeNames(one, other), 'same', `${one} | ${other}`)
  const like: [string, string][] = [
    ['Rīgas Tehniskā universitāte', 'RTU'],
    ['Jāzepa Mediņa Rīgas 1. mūzikas skola', 'Jazepa Medina Rigas muzikas skola'],
    ['Universidad de Sevilla', 'Univrsidad de Sevila'],
    ['Brīvzemnieka pamatskola', 'Friča Brīvzemnieka pamatskola']
  ]
  for (const [one, other] of like) assert.equal(likeNames(one, other), 'like', `${one} | ${other}`)
})

test('two organisations are two', () => {
  const others: [string, string][] = [
    ['Rīgas 45. vidusskola', 'Rīgas 46. vidusskola'],
    ['Rīgas 1. vidusskola', 'Rīgas 1. pamatskola'],
    ['Universität Wien', 'Universität Linz'],
    ['Universitat Wien', 'Universitat fur Bodenkultur Wien'],
    ['Latvijas Universitāte', 'Latvijas Mākslas akadēmija'],
    ['SIA Alfa', 'SIA Beta'],
    ['', 'Skola'],
    ['SIA', 'SIA']
  ]
  for (const [one, other] of others) assert.equal(likeNames(one, other), undefined, `${one} | ${other}`)
})

test('of the holders of charters in nine countries hardly any two are taken for one, and none for the same', async () => {
  const { rows } = await readShippedCharterList()
  const asked: string[] = []
  let pairs = 0
  for (const country of ['LV', 'LT', 'EE', 'AT', 'BE', 'SI', 'FI', 'SE', 'CZ']) {
    const names = rows
      .filter(({ holder }) => holder.country === country)
      .map(({ holder }) => holder.legalName)
    for (const [at, one] of names.entries()) {
      for (const other of names.slice(at + 1)) {
        pairs++
        const likeness = likeNames(one, other)
        assert.notEqual(likeness, 'same', `${one} | ${other}`)
        if (likeness) asked.push(`${one} | ${other}`)
      }
    }
  }
  assert.ok(pairs > 15_000)
  assert.ok(asked.length <= 12, asked.join('\n'))
})
