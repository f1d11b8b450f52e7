import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { loadProgrammes } from '#server/programmes'
import { checkAction, readConsortium } from '#modules/programmes'

/** Every worked case of every action, read like a consortium file and asked of the engine. */
const programmes = loadProgrammes(import.meta.dirname)

for (const [id, { action, examples }] of programmes.programme.actions) {
  suite(`${action.names.en}`, () => {
    test('at least four cases are worked, some eligible and some not', () => {
      const answers = new Set(examples.examples.map(({ answer }) => answer))
      assert.ok(examples.examples.length >= 4)
      assert.ok(answers.has('not-eligible') || answers.has('undetermined'))
      assert.ok(answers.size >= 2, `only ${[...answers].join()}`)
    })
    for (const example of examples.examples) {
      test(`${example.edition}: ${example.case}`, () => {
        const given = { ...example.consortium, action: id, callYear: example.edition }
        const { request, problems } = readConsortium(given, programmes.knowledge)
        assert.deepEqual(problems, [])
        const ready = programmes.edition(example.edition)!.actions.get(id)!
        const { result } = checkAction(ready, request!.consortium)
        const answers = new Map(result.verdicts.map(({ rule, answer }) => [rule.spec.id, answer]))
        for (const [rule, wanted] of Object.entries(example.rules ?? {})) {
          assert.equal(answers.get(rule) ?? 'not-asked', wanted, rule)
        }
        assert.equal(result.answer, example.answer)
        if (example['fewest-changes'] !== undefined) {
          assert.equal(ready.repairs(result.encoded).size, example['fewest-changes'])
        }
      })
    }
  })
}
