import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeLetters, organisationCode, readOrganisationCode } from './code.ts'

const numbers = [5, 14, 1, 18, 7, 21, 27]
const code = organisationCode(numbers)

test('a school reads its code over the phone, in small letters and without the dashes', () => {
  assert.match(code, /^KP-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
  for (const written of [
    code,
    code.toLowerCase(),
    code.replaceAll('-', ''),
    ` ${code.replaceAll('-', ' – ')} `
  ])
    assert.deepEqual(readOrganisationCode(written), { code })
})

test('any one letter mistaken is found, and any two exchanged', () => {
  const letters = [...code.slice(3).replace('-', '')]
  const read = (changed: string[]) => readOrganisationCode(`KP-${changed.join('')}`)
  for (let at = 0; at < 8; at++) {
    for (let other = 0; other < codeLetters; other++) {
      const letter = organisationCode([other, 0, 0, 0, 0, 0, 0])[3]!
      if (letter !== letters[at]) assert.equal(read(letters.with(at, letter)), 'unclear')
    }
    for (let second = at + 1; second < 8; second++) {
      if (letters[at] === letters[second]) continue
      const exchanged = letters.with(at, letters[second]!).with(second, letters[at]!)
      // The check stands for the sum, so an exchange with it must be found as well.
      assert.equal(read(exchanged), 'unclear', `${at} and ${second}`)
    }
  }
})

test('what is no code is not taken for one', () => {
  for (const written of ['', 'E10054064', 'Kopā', 'K', 'x'.repeat(5000)])
    assert.equal(readOrganisationCode(written), undefined)
  for (const written of ['KP-7F3K', 'KP-7F3K-9QXO', 'KP-7F3K-9QX1M'])
    assert.equal(readOrganisationCode(written), 'unclear')
})
