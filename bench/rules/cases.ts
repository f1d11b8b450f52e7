import { loadProgrammes } from '../../src/modules/programmes/programmes.server.ts'
import type { Consortium } from '../../src/shared/rules/consortium.ts'
import { makeLexicon } from '../../src/shared/rules/lexicon.ts'
import {
  programmeCountries,
  randomConsortium,
  randomFrom,
  randomRules,
  twelveRules,
  type TwelveRules
} from '../../src/shared/rules/twelve-rules.fixture.ts'

/** 30 actions of the same 12 rules with figures of their own, and 10 000 consortia of 6 to 20 organisations. */
export const seed = 20_261_122
const random = randomFrom(seed)

export const actions: TwelveRules[] = Array.from({ length: 30 }, () => randomRules(random, 'six-to-twenty'))

export const consortia: Consortium[] = Array.from({ length: 10_000 }, (_, index) =>
  randomConsortium(random, actionOf(index), 6 + Math.floor(random() * 15), {
    foreign: 0.9,
    associated: 0.18,
    noCharter: 0.09,
    oddDuration: 0.12,
    largeGrant: 0.2
  })
)

/** The action that a consortium is checked against. */
export function actionOf(index: number): TwelveRules {
  return actions[index % actions.length]!
}

export const specs = actions.map(twelveRules)

/** The real programme, whose lexicon (250 countries, all kinds of organisation) the twelve rules are compiled with. */
export const programmes = loadProgrammes(new URL('../../programmes', import.meta.url).pathname)
const real = programmes.edition(2026)!.data.lexicon
export const lexicon = makeLexicon({
  ...real,
  sets: { ...real.sets, 'programme-countries': programmeCountries }
})
