import { personsOf } from '#server/people'
import { formatInstant } from '#shared/texts/format.ts'
import { texts } from '#shared/texts/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { App } from '../../../../app.ts'
import { factWords } from '../show/fact-words.server.ts'
import type { FactChange } from '../../record/record-history.server.ts'

/** What somebody else changed meanwhile, said to the one who comes second, and the revision to save upon. */
export type TheirChanges = {
  revision: number
  changes: {
    what: string
    before: string | undefined
    after: string | undefined
    by: string | undefined
    at: string
  }[]
}

type Current = { revision: number; changes?: (FactChange & { at: string; by: string | undefined })[] }

export async function theirChanges(
  { database, programmes }: Pick<App, 'database' | 'programmes'>,
  current: unknown,
  language: Language
): Promise<TheirChanges> {
  const { revision, changes = [] } = current as Current
  const t = texts(language)
  const say = factWords(programmes, language)
  const people = await personsOf(
    database,
    changes.flatMap(({ by }) => by ?? [])
  )
  return {
    revision,
    changes: changes.map(({ kind, before, after, by, at }) => ({
      what: t(`organisations.fact.${kind}`),
      before: before && say(kind, before),
      after: after && say(kind, after),
      by: by && people.get(by)?.name,
      at: formatInstant(at, language)
    }))
  }
}
