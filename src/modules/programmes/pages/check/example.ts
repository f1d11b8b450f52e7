import type { Language } from '#shared/texts/language.ts'
import { draftFromFile, type Draft } from './draft.ts'

/** A consortium to begin with: a Latvian school, its neighbours, and a museum that is not in the programme. */
const example = {
  en: ['Riverside School', 'Tartu Youth Centre', 'Vilnius Training Centre', 'Harbour Museum'],
  lv: ['Upmalas vidusskola', 'Tartu jaunatnes centrs', 'Viļņas mācību centrs', 'Ostas muzejs']
} as const

/** The example in the edition chosen; it fits some actions, misses others, and leaves questions open. */
export function exampleDraft(edition: string, language: Language): Draft {
  const [school, youth, training, museum] = example[language]
  return draftFromFile(
    {
      field: 'school',
      durationMonths: 24,
      grantEur: 120000, // not of a guide: an amount somebody asks for
      partners: [
        { name: school, country: 'LV', type: 'school', role: 'coordinator', establishedOn: '1992-09-01' },
        { name: youth, country: 'EE', type: 'youth-organisation', role: 'partner' },
        { name: training, country: 'LT', type: 'vet-provider', role: 'partner' },
        { name: museum, country: 'UA', type: 'public-body', role: 'associated' }
      ]
    },
    language,
    { edition, action: '' }
  )
}
