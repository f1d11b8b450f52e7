import { type Field, countryName } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import { texts } from '#shared/texts/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { nutsRegions } from '../../identifiers/nuts.ts'
import type { FactKind } from '../../record/fact.ts'
import type { Size } from '../../record/sections.ts'

/** Says a value of a kind of fact in the reader's language; a value that is a name or a number stays as it is. */
export type FactWords = (kind: FactKind, value: string) => string

export function factWords({ programme }: Programmes, language: Language): FactWords {
  const t = texts(language)
  const types = new Map(programme.types.map((type) => [type.id, type.names[language]]))
  const topics = new Map(programme.topics.map((topic) => [topic.id, topic.names[language]]))
  const languages = new Intl.DisplayNames([language], { type: 'language' })
  const sayings: Partial<Record<FactKind, (value: string) => string | undefined>> = {
    country: (value) => countryName(value, language),
    region: regionName,
    type: (value) => types.get(value),
    topic: (value) => topics.get(value),
    language: (value) => languages.of(value),
    field: (value) => t(`rules.field.${value as Field}`),
    size: (value) => t(`organisations.size.${value as Size}`),
    ownership: (value) => t(`organisations.ownership.${value as 'public' | 'private'}`),
    'non-profit': (value) => t(`organisations.non-profit.${value as 'yes' | 'no'}`),
    logo: () => t('organisations.fact.logo')
  }
  return (kind, value) => sayings[kind]?.(value) ?? value
}

/** A region with its code: Rīga (LV006). */
function regionName(code: string): string {
  const region = nutsRegions.get(code)
  return region ? `${region.name} (${code})` : code
}
