import type { Speech } from '#shared/rules/reasons.ts'
import type { Language, Say, KeysOf } from '#shared/texts/language.ts'
import { countryName } from './country-names.ts'
import type { Edition, ReadyAction } from './edition.ts'
import { isField } from './programme-data.ts'

/** What putting a check of one action into words of one language needs. */
export function speechFor(
  edition: Edition,
  action: ReadyAction,
  language: Language,
  t: Say<KeysOf<'rules'>>
): Speech {
  const { kinds, countrySets } = edition.data
  return {
    t,
    language,
    lexicon: edition.lexicon,
    names: {
      kind: (id) => kinds[id]?.[language] ?? id,
      country: (code) => countryName(code, language),
      countrySet: (name) => countrySets[name]?.[language] ?? name,
      option: (key, value) => {
        const question = action.questions.find((one) => one.key === key)
        if (typeof value === 'boolean') return t(value ? 'rules.yes' : 'rules.no')
        return question?.options?.find((option) => option.value === value)?.[language] ?? String(value)
      },
      field: (id) => (isField(id) ? t(`rules.field.${id}`) : id),
      question: (key) => action.questions.find((question) => question.key === key)?.ask[language] ?? key
    }
  }
}
