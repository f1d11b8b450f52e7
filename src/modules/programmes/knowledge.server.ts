import { editionsOf, type Editions } from '#shared/rules/editions.ts'
import type { OrganisationKindData, QuestionData } from './programme-data.ts'
import type { Programme } from './programme.server.ts'
import type { Knowledge, KnownKind, KnownQuestion } from './knowledge.ts'

/** What a reader of consortium files has to know of a programme. */
export function knowledgeOf(
  programme: Pick<Programme, 'types' | 'functions' | 'actions' | 'countrySets'>
): Knowledge {
  const actions = [...programme.actions].map(([id, { action, eligibility }]) => ({
    id,
    names: action.names,
    editions: yearsOf(action.editions.map(({ editions }) => editions)),
    fields: [...action.fields],
    questions: (eligibility.questions ?? []).map(knownQuestion)
  }))
  const last = Math.max(...actions.flatMap(({ editions }) => editions))
  const sets = Number.isFinite(last)
    ? programme.countrySets(last)
    : new Map<string, { countries: string[] }>()
  const near = ['member-states', 'associated-countries', 'programme-countries']
  return {
    types: programme.types.map(knownKind),
    functions: programme.functions.map(knownKind),
    actions,
    countries: [...new Set(near.flatMap((set) => sets.get(set)?.countries ?? []))]
  }
}

function knownKind({ id, names, codes, 'could-be': couldBe }: OrganisationKindData): KnownKind {
  return { id, names, ...(codes && { codes }), ...(couldBe && { couldBe }) }
}

function knownQuestion({ key, answer, options, editions }: QuestionData): KnownQuestion {
  return {
    key,
    answer,
    ...(editions !== undefined && { editions: editionsOf(editions) }),
    ...(options && {
      options: options.map(({ value, en, lv, editions }) => ({
        value,
        names: { en, lv },
        ...(editions !== undefined && { editions: editionsOf(editions) })
      }))
    })
  }
}

function yearsOf(editions: readonly Editions[]): number[] {
  return [...new Set(editions.flatMap((one) => editionsOf(one)))].sort((a, b) => a - b)
}
