import assert from 'node:assert/strict'
import { test } from 'node:test'
import { progressBar } from './progress-bar.ts'

function drawn(isTTY: boolean): string {
  let text = ''
  const bar = progressBar('Raksta', { isTTY, columns: 50, write: (part) => (text += part) })
  bar.show(500, 2000)
  bar.show(2000, 2000)
  bar.end()
  return text
}

test('the operator sees how far it is, and nothing is left of the bar', () => {
  assert.equal(
    drawn(true),
    '\rRaksta █████░░░░░░░░░░░░░░░  25 %  500/2000\rRaksta ████████████████████ 100 %  2000/2000\r\u001b[K'
  )
})

test('a log file gets no bar', () => {
  assert.equal(drawn(false), '')
})
