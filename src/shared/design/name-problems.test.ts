import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameProblems } from './name-problems.ts'

const summary = (id: string, message = 'Šis jānorāda.') =>
  `<li><a href="#${id}" data-sveltekit-reload="" data-problem-of="${id}">${message}</a></li>`
const said = (html: string) => /data-problem-of="[^"]*">([^<]*)/.exec(nameProblems(html))?.[1]

test('a problem of a field is named by its label, its legend or its heading', () => {
  const fields: [string, string][] = [
    [
      '<label class="ds-label" for="title" data-names="title">Nosaukums <!----></label>',
      'Nosaukums: Šis jānorāda.'
    ],
    [
      '<legend data-names="title">Cik <!---->ilgi? <span class="kopa-optional">(nav obligāti)</span></legend>',
      'Cik ilgi? Šis jānorāda.'
    ],
    [
      '<legend data-names="title"><h2>Partneri &amp; citi</h2></legend>',
      'Partneri &amp; citi: Šis jānorāda.'
    ],
    ['<label for="other" data-names="other">Cits</label>', 'Šis jānorāda.']
  ]
  for (const [field, whole] of fields) assert.equal(said(summary('title') + field), whole)
})

test('who names the field in the message is not made to say it twice', () => {
  const field = '<label data-names="title">Nosaukums</label>'
  assert.equal(said(summary('title', 'Nosaukums ir par garu.') + field), 'Nosaukums ir par garu.')
})

test('paths of answers are found whatever stands in them, and a page without problems stays as it is', () => {
  const path = 'profile@4d7c.k3j9x2ab.title'
  assert.equal(said(`${summary(path)}<label data-names="${path}">Amats</label>`), 'Amats: Šis jānorāda.')
  const plain = '<label data-names="title">Nosaukums</label>'
  assert.equal(nameProblems(plain), plain)
})
