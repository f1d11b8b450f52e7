import { join } from 'node:path'
import { editionsOf, inEdition } from '#shared/rules/editions.ts'
import { compileEdition, type Edition, type EditionAction, type EditionData } from './edition.ts'
import { actionSpec, lexiconData } from './edition-rules.server.ts'
import { readSchemas } from './programme-files.server.ts'
import { knowledgeOf } from './knowledge.server.ts'
import type { Knowledge } from './knowledge.ts'
import { readProgramme, type ActionFiles, type Programme } from './programme.server.ts'

/** The programme and its editions, each compiled when first asked. */
export type Programmes = {
  programme: Programme
  /** All editions any action exists in, the latest first. */
  editions: readonly number[]
  edition: (year: number) => Edition | undefined
  /** What a reader of consortium files knows. */
  knowledge: Knowledge
  /** The schemas rule files are held against, by file name. */
  schemas: ReadonlyMap<string, object>
}

/**
 * Reads the rule files once, at start.
 * @throws ProgrammeProblems when a rule file is wrong: the product does not start with half its rules
 */
export function loadProgrammes(folder: string): Programmes {
  const programme = readProgramme(folder, 'erasmus-plus')
  return programmesWith(programme, readSchemas(join(folder, 'schema')))
}

/** A programme that was read, with its editions ready to be compiled. */
export function programmesWith(programme: Programme, schemas: ReadonlyMap<string, object>): Programmes {
  const compiled = new Map<number, Edition>()
  const editions = [...new Set([...programme.actions.values()].flatMap((files) => existsIn(files)))].sort(
    (a, b) => b - a
  )
  return {
    programme,
    knowledge: knowledgeOf(programme),
    schemas,
    editions,
    edition(year) {
      if (!editions.includes(year)) return undefined
      let edition = compiled.get(year)
      if (!edition) compiled.set(year, (edition = compileEdition(editionData(programme, year))))
      return edition
    }
  }
}

/** The editions an action exists in, ascending. */
export function existsIn({ action }: ActionFiles): number[] {
  return [...new Set(action.editions.flatMap(({ editions }) => editionsOf(editions)))].sort((a, b) => a - b)
}

/** One edition as plain data, for the engine here and in a browser. */
export function editionData(programme: Programme, year: number): EditionData {
  const actions = [...programme.actions].flatMap(([id, { action, eligibility }]): EditionAction[] => {
    const spec = actionSpec(programme, id, year)
    if (!spec) return []
    const questions = (eligibility.questions ?? [])
      .filter(({ editions }) => inEdition(editions, year))
      .map(({ options, ...question }) => ({
        ...question,
        ...(options && { options: options.filter(({ editions }) => inEdition(editions, year)) })
      }))
    return [{ spec, names: action.names, family: action.family, fields: action.fields, questions }]
  })
  const kinds = [...programme.types, ...programme.functions].map(({ id, names }) => [id, names] as const)
  const sets = [...programme.countrySets(year)].map(([name, { names }]) => [name, names] as const)
  return {
    edition: year,
    lexicon: lexiconData(programme, year),
    actions,
    kinds: Object.fromEntries(kinds),
    countrySets: Object.fromEntries(sets)
  }
}
