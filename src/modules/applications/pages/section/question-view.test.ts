import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMoney } from '#shared/texts/format.ts'
import { texts } from '#shared/texts/index.ts'
import { filledWith, form, jonas, maria } from '../../form/form.fixture.ts'
import { questionOf } from '../../form/filled.ts'
import { questionView } from './question-view.server.ts'

const left = '0193a000-0000-7000-8000-00000000000f'

/** What can be chosen at a question, in a draft where this is chosen. */
function options(section: string, question: string, value: unknown) {
  const row = section === 'work-packages' ? 'row00001' : undefined
  const path = [section, ...(row ? [row] : []), question].join('.')
  const answers = new Map([[path, { path, value, version: 1, length: 0 }]])
  const filled = { ...filledWith({}), answers, left: new Map([[left, 'Liceo di Torino']]) }
  const place = { section: form.sections.find(({ id }) => id === section)!, ...(row && { row }) }
  const { control } = questionView(questionOf(form, section, question)!, place, {
    ...{ filled, answers, speaking: { language: 'en', t: texts('en') } },
    ...{ deciding: new Set(), ruled: new Set(), broken: new Map(), addressOf: () => '' }
  })
  const shown = 'options' in control ? control.options : 'amounts' in control ? control.amounts! : []
  return shown.map(({ value, label, former }) => [value, label, former ?? false])
}

test('a partner who left, and an amount of an earlier guide, stay chosen and say so', () => {
  const lead = options('work-packages', 'lead', left)
  assert.deepEqual(lead.at(-1), [left, 'No longer takes part: Liceo di Torino', true])
  assert.equal(lead.length, options('work-packages', 'lead', jonas).length + 1)
  assert.deepEqual(options('budget', 'lump-sum', 777_00).at(-1), [
    '77700',
    `No longer offered: ${formatMoney(777_00, 'en')}`,
    true
  ])
  assert.ok(options('work-packages', 'lead', maria).every(([, , former]) => former === false))
})
