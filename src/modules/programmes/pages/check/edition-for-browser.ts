import type { Words } from '#shared/rules/vocabulary.ts'
import type { EditionData } from '../../edition.ts'
import type { Knowledge } from '../../knowledge.ts'

/** Every action of the programme with the editions it exists in. */
export type KnownEditions = { id: string; names: Words; editions: number[] }[]

/** What the reader of the form knows in a browser: the words of one edition. Codes of the programme are not typed there. */
export function knowledgeFrom(data: EditionData, known: KnownEditions): Knowledge {
  const { types, functions, sets } = data.lexicon
  const names = (id: string) => data.kinds[id] ?? { en: id, lv: id }
  return {
    types: types.map(({ id }) => ({ id, names: names(id) })),
    functions: functions.map((one) => ({
      id: one.id,
      names: names(one.id),
      couldBe: [...(one['could-be'] ?? [])]
    })),
    actions: known.map((action) => {
      const here = data.actions.find(({ spec }) => spec.action === action.id)
      return {
        ...action,
        fields: here?.fields ?? [],
        questions: (here?.questions ?? []).map(({ key, answer, options }) => ({
          key,
          answer,
          ...(options && { options: options.map(({ value, en, lv }) => ({ value, names: { en, lv } })) })
        }))
      }
    }),
    countries: [...(sets['member-states'] ?? []), ...(sets['associated-countries'] ?? [])]
  }
}
