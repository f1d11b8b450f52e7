import type { ValidateFunction } from 'ajv'
import type { Words } from '#shared/rules/vocabulary.ts'
import { type Language, formatList, texts } from '#shared/texts/index.ts'
import { lumpSumsOf, withOwnGrants } from './own-grants.ts'
import {
  type EligibilityData,
  type Field,
  type QuestionData,
  type RuleData,
  fields as allFields
} from './programme-data.ts'
import { type FileProblem, readRuleText, validatorsOf } from './programme-files.server.ts'
import { type KnownNames, referenceProblems } from './programme-references.server.ts'
import type { ActionFiles, Programme } from './programme.server.ts'
import { type Programmes, programmesWith } from './programmes.server.ts'

/** The action that stands for a call outside any guide. */
export const actionOfCall = 'call'

/** The document that rules of a call cite unless they name another. */
export const documentOfCall = 'call'

/** More than any call has rules for. */
const longestRules = 60_000 // not of a guide: characters

/** What a call opens, as far as rules need it. */
export type CallForRules = {
  edition: number
  title: Words
  /** The page of the call: what its own rules cite. */
  url?: string
  /** Its deadline by the clock of Brussels; without it the guide's stand. */
  deadline?: { on: string; at: string }
  /** Guide actions with the fields that are open; none for a call outside any guide. */
  actions: readonly { action: string; fields: readonly Field[] }[]
  /** Beside the guide's rules, or for a call outside it, alone. */
  own: readonly RuleData[]
  questions: readonly QuestionData[]
}

/** Rules that were read, or what is wrong with them, with line and column. */
export type OwnRules = { rules: RuleData[]; questions: QuestionData[] } | { problems: FileProblem[] }

/**
 * Reads rules that a call brings itself: the same words as programmes/…/eligibility.yaml, held against the same
 * schema. The edition is the call's; a rule without a source stands in the call.
 * @param opened the guide's actions that the call opens: their questions may be asked, their rules not repeated
 */
export function readOwnRules(
  programmes: Programmes,
  text: string,
  { edition, opened }: { edition: number; opened: readonly string[] }
): OwnRules {
  if (text.trim() === '') return { rules: [], questions: [] }
  if (text.length > longestRules) {
    return {
      problems: [
        { file: 'rules', line: 1, column: 1, path: '', message: `more than ${longestRules} characters` }
      ]
    }
  }
  const file = readRuleText<EligibilityData>(text, 'rules', eligibilityOf(programmes), (data) =>
    completed(data, edition)
  )
  if ('problems' in file) return file
  const { rules, questions = [], common } = file.data
  const checks = referenceProblems(knownNames(programmes.programme, edition), file)
  const actions = opened.flatMap((id) => programmes.edition(edition)?.actions.get(id) ?? [])
  const keys = new Set([
    ...questions.map(({ key }) => key),
    ...actions.flatMap(({ questions }) => questions.map(({ key }) => key))
  ])
  checks.rules(rules, () => keys)
  rules.forEach(({ id, editions }, index) => {
    if (editions !== edition)
      checks.say(['rules', index, 'editions'], `the call is of the edition ${edition}`)
    if (actions.some(({ spec }) => spec.rules.some((rule) => rule.id === id))) {
      checks.say(['rules', index, 'id'], `the guide has a rule of this name already: ${id}`)
    }
  })
  if (common) checks.say(['common'], 'rules of the guide are named by the actions that the call opens')
  return checks.problems.length > 0 ? { problems: checks.problems } : { rules, questions }
}

/** Fills in what every rule of a call says alike. What is no list of rules is left to the schema. */
function completed(data: unknown, edition: number): unknown {
  const rules = (data as { rules?: unknown } | null)?.rules
  if (!Array.isArray(rules)) return data
  const filled = rules.map((rule: unknown) =>
    typeof rule === 'object' && rule !== null
      ? { editions: edition, sources: [{ document: documentOfCall }], ...rule }
      : rule
  )
  return { ...(data as object), rules: filled }
}

/**
 * The programme as a call applies it: only what it opens, with its fields, its deadline and its own rules. Everything
 * that asks a programme asks this one in the same way.
 */
export function programmesOfCall(programmes: Programmes, call: CallForRules): Programmes {
  const { programme, schemas } = programmes
  const actions = new Map(
    call.actions.length > 0
      ? call.actions.flatMap(({ action, fields }) => {
          const files = programme.actions.get(action)
          return files ? [[action, opened(files, fields, call)] as const] : []
        })
      : [[actionOfCall, outsideTheGuide(call)] as const]
  )
  const narrowed: Programme = {
    ...programme,
    actions,
    families: [...programme.families, { id: actionOfCall, names: call.title }],
    sources: new Map([...programme.sources, [documentOfCall, sourceOf(call)]])
  }
  return programmesWith(narrowed, schemas)
}

function opened(files: ActionFiles, fields: readonly Field[], call: CallForRules): ActionFiles {
  const { action, eligibility } = files
  return {
    ...files,
    action: {
      ...action,
      fields: fields.length > 0 ? [...fields] : action.fields,
      editions: [{ editions: call.edition, sources: [{ document: documentOfCall }] }],
      deadlines: call.deadline ? deadlineOf(call.deadline, call) : action.deadlines
    },
    budget: { ...files.budget, funding: files.budget.funding.map((one) => withOwnGrants(one, call)) },
    eligibility: {
      ...eligibility,
      questions: [...(eligibility.questions ?? []), ...call.questions],
      rules: [...eligibility.rules, ...openFields(fields, action.fields, call), ...call.own]
    }
  }
}

/** A call that opens only some fields of an action is open for projects in these only. */
function openFields(opened: readonly Field[], all: readonly Field[], { edition }: CallForRules): RuleData[] {
  if (opened.length === 0 || all.every((field) => opened.includes(field))) return []
  const says = (language: Language) => {
    const t = texts(language)
    return t('check.call.fields', {
      fields: formatList(
        opened.map((field) => t(`rules.field.${field}`)),
        language
      )
    })
  }
  return [
    {
      id: 'fields-of-the-call',
      editions: edition,
      says: { en: says('en'), lv: says('lv') },
      fields: [...opened],
      sources: [{ document: documentOfCall }]
    }
  ]
}

/** For which fields a call outside any guide is open: all that its own rules allow. */
function fieldsOf({ own }: CallForRules): Field[] {
  const rules = own.flatMap((rule) =>
    'fields' in rule && !rule.when && (rule.severity ?? 'block') === 'block' ? [rule.fields] : []
  )
  const open = allFields.filter((field) => rules.every((fields) => fields.includes(field)))
  return open.length > 0 ? open : [...allFields]
}

function outsideTheGuide(call: CallForRules): ActionFiles {
  const sources = [{ document: documentOfCall }]
  return {
    action: {
      action: actionOfCall,
      names: call.title,
      summary: call.title,
      family: actionOfCall,
      fields: fieldsOf(call),
      editions: [{ editions: call.edition, sources }],
      'managed-by': [],
      deadlines: call.deadline ? deadlineOf(call.deadline, call) : []
    },
    eligibility: { questions: [...call.questions], rules: [...call.own] },
    budget: { funding: lumpSumsOf(call) },
    award: { 'award-criteria': [] },
    examples: { examples: [] }
  }
}

function deadlineOf({ on, at }: { on: string; at: string }, { edition }: CallForRules) {
  return [{ edition, on, at: at as '12:00', sources: [{ document: documentOfCall }] }]
}

function sourceOf({ title, url }: CallForRules) {
  return { id: documentOfCall, kind: 'official' as const, title, ...(url && { url }) }
}

function knownNames(programme: Programme, edition: number): KnownNames {
  return {
    sources: new Set([...programme.sources.keys(), documentOfCall]),
    families: new Set(),
    kinds: new Set([...programme.types, ...programme.functions].map(({ id }) => id)),
    countrySets: new Map([...programme.countrySets(edition).keys()].map((set) => [set, new Set([edition])])),
    commonRules: new Set(programme.commonRules.map(({ id }) => id))
  }
}

const compiled = new WeakMap<Programmes['schemas'], ValidateFunction | undefined>()

function eligibilityOf({ schemas }: Programmes): ValidateFunction | undefined {
  if (!compiled.has(schemas)) compiled.set(schemas, validatorsOf(schemas.values()).get('eligibility'))
  return compiled.get(schemas)
}
