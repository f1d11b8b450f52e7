import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { problemText, type InputProblem } from './input-problem.ts'
import type { Knowledge } from './knowledge.ts'
import { knowledgeOf } from './knowledge.server.ts'
import type { OrganisationKindData } from './programme-data.ts'
import { texts } from '#shared/texts/index.ts'

const kinds = parse(
  readFileSync(
    join(import.meta.dirname, '../../../programmes/erasmus-plus/parameters/organisation-types.yaml'),
    'utf8'
  )
) as { types: OrganisationKindData[]; functions: OrganisationKindData[] }

/** The real types and functions, with two actions small enough to see through. */
export const known: Knowledge = {
  ...knowledgeOf({ ...kinds, actions: new Map(), countrySets: () => new Map() }),
  countries: ['EE', 'LT', 'LV', 'NO'],
  actions: [
    {
      id: 'knowledge-alliances',
      names: { en: 'Knowledge alliances', lv: 'Zināšanu apvienības' },
      editions: [2014, 2015, 2016, 2017, 2018, 2019, 2020],
      fields: ['higher-education'],
      questions: [
        {
          key: 'activities',
          answer: 'many',
          options: [
            { value: 'entrepreneurship', names: { en: 'Entrepreneurship', lv: 'Uzņēmējdarbība' } },
            { value: 'new-methods', names: { en: 'New methods', lv: 'Jaunas metodes' } }
          ]
        },
        { key: 'smallCountry', answer: 'yes-no' }
      ]
    },
    {
      id: 'cooperation-partnerships',
      names: { en: 'Cooperation partnerships', lv: 'Sadarbības partnerības' },
      editions: [2021, 2022, 2024],
      fields: ['school', 'youth'],
      questions: [
        {
          key: 'lot',
          answer: 'one',
          options: [
            { value: 1, names: { en: 'Lot 1', lv: '1. daļa' } },
            { value: 2, names: { en: 'Lot 2', lv: '2. daļa' }, editions: [2024] }
          ]
        },
        { key: 'participants', answer: 'number' }
      ]
    }
  ]
}

/** Every sentence in one language. */
export function said(problems: readonly InputProblem[], language: 'lv' | 'en' = 'en'): string[] {
  return problems.map((problem) => problemText(problem, texts(language)))
}
