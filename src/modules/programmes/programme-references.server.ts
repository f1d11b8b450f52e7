import { editionsOf, inEdition, type Editions } from '#shared/rules/editions.ts'
import type { RuleBody, Who } from '#shared/rules/vocabulary.ts'
import type {
  ActionData,
  AwardCriteriaData,
  BudgetData,
  EligibilityData,
  OtherReading,
  RuleData,
  SourceRef
} from './programme-data.ts'
import type { FileProblem, ProgrammeFile } from './programme-files.server.ts'

type Path = (string | number)[]

/** What names in rule files may refer to. */
export type KnownNames = {
  sources: ReadonlySet<string>
  families: ReadonlySet<string>
  /** Types and functions of organisations. */
  kinds: ReadonlySet<string>
  /** Country set → editions it exists in. */
  countrySets: ReadonlyMap<string, ReadonlySet<number>>
  /** Common rules by id. */
  commonRules: ReadonlySet<string>
}

/** A value as far as its sources and editions go. */
type SourcedValue = { editions?: Editions; sources?: SourceRef[]; 'other-readings'?: OtherReading[] }

/** Holds the values of one file against the names they use and the editions their sources cover. */
export function referenceProblems(known: KnownNames, file: ProgrammeFile<unknown>) {
  const problems: FileProblem[] = []
  const say = (path: Path, message: string) => problems.push(file.problem(path, message))

  function sourced(value: SourcedValue, path: Path, editions: readonly number[]) {
    const covered = new Set<number>()
    for (const [index, source] of (value.sources ?? []).entries()) {
      if (!known.sources.has(source.document)) {
        say(
          [...path, 'sources', index, 'document'],
          `no such document in parameters/sources.yaml: ${source.document}`
        )
      }
      for (const edition of source.editions === undefined ? editions : editionsOf(source.editions)) {
        covered.add(edition)
      }
    }
    const bare = editions.filter((edition) => !covered.has(edition))
    if (value.sources && bare.length > 0)
      say([...path, 'sources'], `no source for edition ${bare.join(', ')}`)
    for (const [index, reading] of (value['other-readings'] ?? []).entries()) {
      sourced({ sources: reading.sources }, [...path, 'other-readings', index], [])
    }
  }

  function who(selection: Who | undefined, path: Path, editions: number[]) {
    for (const key of ['are', 'are-not'] as const) {
      for (const [index, kind] of (selection?.[key] ?? []).entries()) {
        if (!known.kinds.has(kind))
          say([...path, key, index], `no such type or function of organisation: ${kind}`)
      }
    }
    for (const key of ['in', 'not-in'] as const) {
      for (const [index, set] of (selection?.[key] ?? []).entries())
        countrySet(set, [...path, key, index], editions)
    }
  }

  function countrySet(name: string, path: Path, editions: number[]) {
    if (/^[A-Z]{2}$/.test(name)) return
    const existing = known.countrySets.get(name)
    const missing = editions.filter((edition) => !existing?.has(edition))
    if (!existing) say(path, `no such country set: ${name}`)
    else if (missing.length > 0)
      say(path, `country set ${name} does not exist in edition ${missing.join(', ')}`)
  }

  function body(rule: RuleBody, path: Path, editions: number[], keys: ReadonlySet<string>) {
    const answerKey = (key: string, at: Path) => {
      if (!keys.has(key)) say(at, `no question asks for “${key}”`)
    }
    if (rule.when) {
      who(rule.when.only, [...path, 'when', 'only'], editions)
      who(rule.when.some, [...path, 'when', 'some'], editions)
      for (const key of Object.keys(rule.when.answer ?? {})) answerKey(key, [...path, 'when', 'answer', key])
    }
    for (const word of ['any-of', 'all-of', 'exactly-one-of'] as const) {
      const parts = (rule as Record<string, unknown>)[word] as RuleBody[] | undefined
      parts?.forEach((part, index) => body(part, [...path, word, index], editions, keys))
    }
    for (const word of [
      'organisations',
      'countries',
      'own-country',
      'in-each-country',
      'everyone',
      'one-group',
      'value',
      'at-least-as-many'
    ] as const) {
      const said = (rule as Record<string, Record<string, unknown>>)[word]
      for (const key of ['who', 'as', 'must'] as const)
        who(said?.[key] as Who | undefined, [...path, word, key], editions)
    }
    if ('in-each-country' in rule) {
      rule['in-each-country'].needs.forEach((need, index) =>
        who(need.who, [...path, 'in-each-country', 'needs', index, 'who'], editions)
      )
    }
    if ('one-group' in rule) {
      rule['one-group'].of.forEach((set, index) =>
        countrySet(set, [...path, 'one-group', 'of', index], editions)
      )
    }
    if ('answer' in rule) answerKey(rule.answer.key, [...path, 'answer', 'key'])
    if ('value' in rule) {
      const names = [rule.value.of, ...(rule.value.cases ?? []).flatMap((one) => Object.keys(one.if))]
      for (const name of names) if (name.startsWith('answers.')) answerKey(name.slice(8), [...path, 'value'])
    }
  }

  function rules(data: RuleData[], keysIn: (edition: number) => ReadonlySet<string>) {
    const seen = new Map<string, number>()
    for (const [index, rule] of data.entries()) {
      const path: Path = ['rules', index]
      const editions = editionsOf(rule.editions)
      for (const edition of editions) {
        const twice = seen.get(`${rule.id} ${edition}`)
        if (twice !== undefined) say([...path, 'id'], `“${rule.id}” stands twice in edition ${edition}`)
        seen.set(`${rule.id} ${edition}`, index)
      }
      sourced(rule, path, editions)
      body(rule, path, editions, keysIn(editions[0]!))
    }
  }

  return { problems, say, sourced, who, rules }
}

/** The other categories a category of the budget speaks of. */
function categoriesNamed(category: NonNullable<BudgetData['categories']>[number]): [string, string][] {
  const named = (word: 'only-with' | 'paid-as') =>
    (category[word] ?? []).map((id): [string, string] => [word, id])
  const instead = category['instead-of']
  return [
    ...named('only-with'),
    ...named('paid-as'),
    ...(instead ? [['instead-of', instead] as [string, string]] : [])
  ]
}

/** What is wrong in the names, sources and editions of an action's files. */
export function actionProblems(
  known: KnownNames,
  files: {
    action: ProgrammeFile<ActionData>
    eligibility: ProgrammeFile<EligibilityData>
    budget: ProgrammeFile<BudgetData>
    award: ProgrammeFile<AwardCriteriaData>
  }
): FileProblem[] {
  const action = files.action.data
  const existing = new Set(action.editions.flatMap(({ editions }) => editionsOf(editions)))
  const within = (
    checks: ReturnType<typeof referenceProblems>,
    value: { editions: Editions },
    path: Path
  ) => {
    const editions = editionsOf(value.editions)
    const outside = editions.filter((edition) => !existing.has(edition))
    if (outside.length > 0)
      checks.say([...path, 'editions'], `the action does not exist in edition ${outside.join(', ')}`)
    checks.sourced(value, path, editions)
  }

  const general = referenceProblems(known, files.action)
  if (!known.families.has(action.family)) general.say(['family'], `no such family: ${action.family}`)
  for (const key of ['editions', 'codes', 'managed-by', 'facts'] as const) {
    action[key]?.forEach((value, index) => within(general, value, [key, index]))
  }
  action.deadlines.forEach((deadline, index) =>
    within(general, { ...deadline, editions: deadline.edition }, ['deadlines', index])
  )

  const eligibility = referenceProblems(known, files.eligibility)
  const questions = files.eligibility.data.questions ?? []
  for (const [index, id] of (files.eligibility.data.common ?? []).entries()) {
    if (!known.commonRules.has(id))
      eligibility.say(['common', index], `no such rule in parameters/common-rules.yaml: ${id}`)
  }
  files.eligibility.data.rules.forEach((rule, index) =>
    within(eligibility, { editions: rule.editions }, ['rules', index])
  )
  eligibility.rules(
    files.eligibility.data.rules,
    (edition) =>
      new Set(questions.filter((question) => inEdition(question.editions, edition)).map(({ key }) => key))
  )

  const budget = referenceProblems(known, files.budget)
  files.budget.data.funding.forEach((value, index) => within(budget, value, ['funding', index]))
  files.budget.data.categories?.forEach((value, index) => {
    within(budget, value, ['categories', index])
    value.rates?.forEach((rate, at) => budget.sourced(rate, ['categories', index, 'rates', at], []))
    value.limits?.forEach((limit, at) => budget.sourced(limit, ['categories', index, 'limits', at], []))
    value.justify?.forEach((one, at) => budget.sourced(one, ['categories', index, 'justify', at], []))
    const outside = value['outside-ceilings']
    if (outside) budget.sourced(outside, ['categories', index, 'outside-ceilings'], [])
    for (const edition of editionsOf(value.editions)) {
      for (const [word, other] of categoriesNamed(value)) {
        const there = files.budget.data.categories!.some(
          ({ id, editions }) => id === other && inEdition(editions, edition)
        )
        if (!there)
          budget.say(['categories', index, word], `there is no category ${other} in edition ${edition}`)
      }
    }
  })

  const award = referenceProblems(known, files.award)
  files.award.data['award-criteria'].forEach((value, index) => {
    within(award, value, ['award-criteria', index])
    const ids = new Set(value.criteria.map(({ id }) => id))
    for (const tie of value.ties ?? []) {
      if (!ids.has(tie)) award.say(['award-criteria', index, 'ties'], `no such criterion: ${tie}`)
    }
  })
  return [general, eligibility, budget, award].flatMap(({ problems }) => problems)
}
