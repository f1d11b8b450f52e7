import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { formFor, loadProgrammes } from '#server/programmes'
import { completeness } from '../form/completeness.ts'
import type { Filled } from '../form/filled.ts'
import { budgetAgainstForm } from './budget-against-form.ts'

const programmes = loadProgrammes(join(import.meta.dirname, '../../../../programmes'))
const wanted = { action: 'strategic-partnerships', edition: 2014, field: 'school' as const }
const form = formFor(programmes, wanted)!
const categories = ['intellectual-outputs', 'multiplier-events', 'transnational-project-meetings'].map(
  (id) => ({
    id,
    names: { lv: id, en: id }
  })
)

/** What the last look finds of a strategic partnership, by what is answered and which lines its budget has. */
function found(given: Record<string, unknown>, lines: string[]) {
  const answers = new Map(Object.entries(given).map(([path, value]) => [path, { value, length: 0 }]))
  const filled: Filled = { form, answers, participants: [], language: 'lv' }
  const planned = { lines: lines.map((category) => ({ category })), categories }
  return budgetAgainstForm(filled, completeness(filled), planned).map(
    ({ weight, says, mend }) => [weight, mend, 'en' in says && says.en] as const
  )
}

const [outputs, events] = ['eligibility.intellectualOutputs', 'eligibility.multiplierEvents'] as const

suite('form and budget', () => {
  test('that ask for money for what was answered with no cannot be handed in: the answer is named', () => {
    const both = found({ [outputs]: false, [events]: false }, ['intellectual-outputs', 'multiplier-events'])
    assert.deepEqual(
      both.map(([weight, mend]) => [weight, mend]),
      [
        ['blocks', `sections/eligibility#${outputs}`],
        ['blocks', `sections/eligibility#${events}`]
      ]
    )
    assert.match(String(both[0]![2]), /“Does the project produce intellectual outputs\?”: the answer is no/)
  })

  test('that describe without money, or plan without describing, are told so', () => {
    const yes = { [outputs]: true, [events]: false }
    const described = { ...yes, outputs: ['aaaaaaa1'], meetings: ['bbbbbbb2'] }
    assert.deepEqual(
      found(described, ['transnational-project-meetings']).map(([weight, mend]) => [weight, mend]),
      [
        ['advice', `sections/eligibility#${outputs}`],
        ['advice', 'budget']
      ]
    )
    assert.deepEqual(
      found(yes, ['intellectual-outputs', 'transnational-project-meetings']).map(([weight, mend]) => [
        weight,
        mend
      ]),
      [
        ['advice', 'sections/meetings#meetings'],
        ['advice', 'sections/outputs#outputs']
      ]
    )
  })

  test('that agree, or of which nothing is planned yet, say nothing', () => {
    assert.deepEqual(found({ [outputs]: false, [events]: false }, []), [])
    const given = { [outputs]: true, [events]: false, outputs: ['aaaaaaa1'] }
    assert.deepEqual(found(given, ['intellectual-outputs']), [])
  })
})
