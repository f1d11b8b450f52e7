import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftOf } from './changes.ts'
import { check, compileAction } from './check.ts'
import type { Consortium } from './consortium.ts'
import { LEFT_OUT, PARTNER, encode, encodeLater } from './encode.ts'
import type { Finding } from './findings.ts'
import { action, consortium, partner, rule, smallLexicon } from './rules.fixture.ts'
import { countOpen, countSure } from './selections.ts'
import {
  randomConsortium,
  randomFrom,
  randomRules,
  twelveRules,
  twelveRulesLexicon
} from './twelve-rules.fixture.ts'

const flaws = { foreign: 0.5, associated: 0.2, noCharter: 0.2, oddDuration: 0.2, largeGrant: 0.2 }

/** Random consortia of which not everything is known. */
function partlyKnown(random: () => number, organisations: number): Consortium {
  const drawn = randomConsortium(random, randomRules(random, 'six-to-twenty'), organisations, flaws)
  const partners = drawn.partners.map((one, index) => ({
    ...one,
    country: random() < 0.1 ? null : one.country,
    type: random() < 0.1 ? null : one.type,
    role: index > 0 && random() < 0.1 ? null : one.role,
    charter: random() < 0.1 ? null : one.charter!,
    ...(random() < 0.1 && { functions: ['enterprise'] })
  }))
  return { ...drawn, partners }
}

test('a check says the same whether or not the organisations were encoded before', () => {
  const random = randomFrom(3)
  for (let round = 0; round < 300; round++) {
    const ready = compileAction(twelveRules(randomRules(random, 'six-to-twenty')), twelveRulesLexicon)
    const asked = partlyKnown(random, 1 + Math.floor(random() * 40))
    const before = check(ready, encode(asked, twelveRulesLexicon))
    const later = check(ready, asked)
    assert.deepEqual(later.verdicts, before.verdicts)
    assert.deepEqual(later.encoded.partners, before.encoded.partners)
  }
})

test('organisations are counted right however many they are', () => {
  const ready = compileAction(action(rule('two', { organisations: { 'at-least': 2 } })), smallLexicon)
  const full = ready.context.selections.of(undefined)
  for (const size of [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 64, 199, 200, 700]) {
    const partners = Array.from({ length: size }, (_, at) =>
      partner({ role: at % 7 === 6 ? null : 'partner' })
    )
    ready.context.selections.mark(encode(consortium(partners), smallLexicon))
    const unknown = Math.floor(size / 7)
    assert.deepEqual([countSure(full, size), countOpen(full, size)], [size - unknown, unknown])
  }
})

test('after one organisation has changed, joined or gone, the marks are as if all had been looked at again', () => {
  const random = randomFrom(4)
  const spec = twelveRules(randomRules(random, 'twenty'))
  const [once, again] = [compileAction(spec, twelveRulesLexicon), compileAction(spec, twelveRulesLexicon)]
  const draft = draftOf(encode(partlyKnown(random, 20), twelveRulesLexicon))
  const { partners } = draft
  const kept = again.context.selections.mark(draft)
  const found = (finding: Finding | undefined) =>
    JSON.stringify(finding, (key, value) => (/matcher|who|must/.test(key) ? undefined : value))
  for (let round = 0; round < 500; round++) {
    const position = Math.floor(random() * (partners.length + 1))
    if (position < partners.length) partners[position]!.role = random() < 0.5 ? LEFT_OUT : PARTNER
    else partners.push({ ...partners[Math.floor(random() * position)]!, index: position, role: PARTNER })
    again.context.selections.markAgain(draft, position)
    if (partners.length > 15 && random() < 0.5) {
      partners.pop()
      again.context.selections.markAgain(draft, partners.length)
    }
    const fresh = once.context.selections.mark(draft)
    assert.deepEqual(
      again.rules.map(({ evaluate }) => found(evaluate(kept))),
      once.rules.map(({ evaluate }) => found(evaluate(fresh)))
    )
  }
})

test('who is not independent is still so when the changes to a consortium are tried', () => {
  const linked = consortium([partner({ role: 'coordinator' }), partner({ independentOf: false })])
  assert.equal(draftOf(encodeLater(linked, smallLexicon)).linksStated, true)
})
