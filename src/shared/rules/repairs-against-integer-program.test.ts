import assert from 'node:assert/strict'
import { test } from 'node:test'
import loadHighs from 'highs'
import { compileAction } from './check.ts'
import { integerProgram } from './integer-program.fixture.ts'
import { compileRepairs } from './repairs.ts'
import {
  randomConsortium,
  randomFrom,
  randomRules,
  twelveRules,
  twelveRulesLexicon
} from './twelve-rules.fixture.ts'

/**
 * The search for the fewest changes against a solver that knows nothing of it, on consortia of 20 organisations that
 * need 0 to 6 changes; what needs more is skipped and another drawn.
 */
export async function sameOptimum(cases: number, seed: number): Promise<void> {
  const highs = await loadHighs()
  const random = randomFrom(seed)
  for (let asked = 0; asked < cases;) {
    const rules = randomRules(random, 'twenty')
    const flaws = { foreign: 0.4, associated: 0.12, noCharter: 0.06, oddDuration: 0.15, largeGrant: 0.2 }
    const consortium = randomConsortium(random, rules, 20, flaws)
    const solved = highs.solve(integerProgram(rules, consortium))
    assert.equal(solved.Status, 'Optimal')
    if (Math.round(solved.ObjectiveValue) > 6) continue
    asked++
    const action = compileAction(twelveRules(rules), twelveRulesLexicon)
    const found = compileRepairs(action)(consortium, { maxSets: 1, limit: 1, maxWork: Infinity })
    assert.equal(found.size, Math.round(solved.ObjectiveValue), JSON.stringify({ rules, consortium }))
  }
}

test('a solver of integer programs finds no smaller set for 60 consortia of 20 organisations', async () => {
  await sameOptimum(60, 20_261_122)
})
