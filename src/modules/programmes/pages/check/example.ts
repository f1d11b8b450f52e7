import type { Language } from '#shared/texts/language.ts'
import { draftFromFile, type Draft } from './draft.ts'

/** A consortium to begin with: a Latvian school and its neighbours, one organisation of an unknown kind. */
const example = {
  en: ['Riverside School', 'Tartu Youth Centre', 'Vilnius Training Centre', 'Harbour Museum'],
  lv: ['Upmalas vidusskola', 'Tartu jaunatnes centrs', 'Viļņas mācību centrs', 'Ostas muzejs']
} as const

/** The example in the edition chosen; it fits some actions, misses others, and leaves a question open. */
export function exampleDraft(edition: string, language: Language): Draft {
  const [school, youth, training, museum] = example[language]
  return draftFromFile(
    {
      partners: [
        { name: school, country: 'LV', type: 'school', role: 'coordinator' },
        { name: youth, country: 'EE', type: 'youth-organisation', role: 'partner' },
        { name: training, country: 'LT', type: 'vet-provider', role: 'partner' },
        { name: museum, country: 'UA', role: 'associated' }
      ]
    },
    language,
    { edition, action: '' }
  )
}
