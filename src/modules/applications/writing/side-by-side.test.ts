import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apply } from './delta.ts'
import { between } from './difference.ts'
import { bringTogether, inWords } from './side-by-side.ts'

/** What stands after two changed a text side by side; `theirs` came first. */
function merged(text: string, theirs: string, mine: string): string {
  const [a, b] = [between(text, theirs), between(text, mine)]
  const both = bringTogether(text, b, a)
  assert.equal(apply(theirs, both.mine), both.text)
  assert.equal(apply(mine, both.theirs), both.text)
  return both.text
}

test('Two who replace one word have both words whole', () => {
  const text = 'Mēs mācām bērnus lasīt.'
  assert.equal(
    merged(text, 'Mēs mācām skolēnus lasīt.', 'Mēs mācām jauniešus lasīt.'),
    'Mēs mācām skolēnus jauniešus lasīt.'
  )
  assert.equal(merged('bērni', 'bērnus', 'bērnu'), 'bērnus bērnu')
  assert.equal(merged('e-pasts', 'e-pastus', 'i-pasts'), 'e-pastus i-pasts')
  assert.equal(merged('10,5 eiro', '10,7 eiro', '12,5 eiro'), '10,7 12,5 eiro')
})

test('Two who write a sentence anew have both sentences', () => {
  const text = 'Sākums. Projekta mērķis ir palīdzēt visiem. Beigas.'
  assert.equal(
    merged(
      text,
      'Sākums. Projekta nolūks ir stiprināt bibliotekāru prasmes. Beigas.',
      'Sākums. Projekta uzdevums ir veicināt vecāku iesaisti. Beigas.'
    ),
    'Sākums. Projekta nolūks uzdevums ir stiprināt bibliotekāru prasmes veicināt vecāku iesaisti. Beigas.'
  )
})

test('Who corrects the same mistake in the same way corrects it once', () => {
  assert.equal(merged('Mūsu skolla.', 'Mūsu skola.', 'Mūsu skola.'), 'Mūsu skola.')
  assert.equal(merged('skola', 'skolas', 'skolas'), 'skolas')
})

test('Letters added to a word stay with it', () => {
  assert.equal(merged('skola', 'skolas', 'jaunskola'), 'jaunskolas')
  assert.equal(merged('skola', 'skolas', 'skolai'), 'skolas skolai')
  assert.equal(merged('Mūsu skola', 'Mūsu bērnudārzs', 'Mūsu skolas'), 'Mūsu bērnudārzs skolas')
  assert.equal(merged('Mūsu skola lasa', 'Mūsu lasa', 'Mūsu skolas lasa'), 'Mūsu skolas lasa')
  assert.equal(merged('Mūsu sko', 'Mūsu sko un citi', 'Mūsu skola'), 'Mūsu skola un citi')
  assert.equal(merged('Mūsu sko', 'Mūsu skola', 'Mūsu labā sko'), 'Mūsu labā skola')
})

test('What stood apart for both does not grow together', () => {
  assert.equal(merged('viens divi trīs', 'viens trīs', 'viens divi labi trīs'), 'viens labi trīs')
  assert.equal(merged('', 'Viens.', 'Divi.'), 'Viens. Divi.')
  assert.equal(merged('', 'skola', 'bērni'), 'skola bērni')
  assert.equal(merged('a, b', 'a b', 'a,b'), 'a b')
  assert.equal(merged('viens divi trīs.', 'X.', 'viens labi divi trīs.'), 'X labi .')
})

test('Scripts without spaces get none', () => {
  assert.equal(merged('我们教孩子', '我们教学生', '我们教青年'), '我们教学生青年')
})

test('A change is shown by whole words', () => {
  const shown = (before: string, after: string) =>
    inWords(before, between(before, after)).map(([at, remove, insert]) => [
      before.slice(at, at + remove),
      insert
    ])
  assert.deepEqual(shown('Pirmais teksts.', 'Cits teikums.'), [['Pirmais teksts', 'Cits teikums']])
  assert.deepEqual(shown('Mūsu skola lasa.', 'Mūsu skolas lasīja.'), [['skola lasa', 'skolas lasīja']])
  assert.deepEqual(shown('Mūsu skola', 'Mūsu jaunā skola'), [['', 'jaunā ']])
  assert.deepEqual(shown('skola', 'skolas'), [['skola', 'skolas']])
})
