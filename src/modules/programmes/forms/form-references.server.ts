import { editionsOf } from '#shared/rules/editions.ts'
import type { FormCondition } from '../form-data.ts'
import type { ActionData, AwardCriteriaData, EligibilityData } from '../programme-data.ts'
import type { FileProblem, ProgrammeFile } from '../programme-files.server.ts'
import { referenceProblems, type KnownNames } from '../programme-references.server.ts'
import {
  meet,
  usable,
  type BuiltSection,
  type ColumnEntry,
  type FormFile,
  type FormScope,
  type QuestionEntry,
  type RuleEntry,
  type SectionEntry,
  type SectionItem,
  type SharedFormFile
} from './form-file.ts'
import { movedProblems } from './moved-questions.server.ts'

type Path = (string | number)[]

/** What a path of the form can lead to. */
type Target = { kind: string; values?: Set<string | number>; columns?: Map<string, Target> }

/** What a rule names, by which word, and the kinds of question it may be. */
type Named = [path: string | number | undefined, word: string, kinds: string[]]

/** Section → its questions; `open`: questions that come from the rules of whichever action uses it. */
type Targets = Map<string, { questions: Map<string, Target>; open: boolean }>

/** What a form is held against. */
type Around = { action: ActionData; eligibility: EligibilityData; award: AwardCriteriaData }

/** What is wrong in parameters/application-form.yaml. */
export function sharedFormProblems(known: KnownNames, file: ProgrammeFile<SharedFormFile>): FileProblem[] {
  const { sections, parts = [], rules = [] } = file.data
  return problemsOf(known, file, [...sections, ...parts], rules, file.data)
}

/** What is wrong in an action's application-form.yaml. */
export function formProblems(
  known: KnownNames,
  shared: SharedFormFile,
  file: ProgrammeFile<FormFile>,
  around: Around
): FileProblem[] {
  const problems: FileProblem[] = []
  const existing = new Set(around.action.editions.flatMap(({ editions }) => editionsOf(editions)))
  file.data.forms.forEach(({ editions }, index) => {
    const outside = editionsOf(editions).filter((edition) => !existing.has(edition))
    if (outside.length > 0)
      problems.push(
        file.problem(['forms', index], `the action does not exist in edition ${outside.join(', ')}`)
      )
  })
  problems.push(...problemsOf(known, file, file.data.sections, file.data.rules ?? [], shared, around))
  return problems
}

function problemsOf(
  known: KnownNames,
  file: ProgrammeFile<unknown>,
  items: readonly SectionItem[],
  rules: readonly RuleEntry[],
  shared: SharedFormFile,
  around?: Around
): FileProblem[] {
  const checks = referenceProblems(known, file)
  const say = checks.say
  const targets: Targets = new Map()
  for (const item of items) addTargets(targets, item, shared, around)
  for (const { path, message } of movedProblems(items, shared, around?.eligibility)) say(path, message)

  twice(items, (item) => ('use' in item ? item.use : 'build' in item ? item.build : item.id), ['sections'])
  items.forEach((item, index) => {
    const path: Path = ['sections', index]
    if ('use' in item) {
      const used = usable(shared).filter((one) => one.id === item.use)
      if (used.length === 0)
        say([...path, 'use'], `no such section in parameters/application-form.yaml: ${item.use}`)
      const has = new Set(used.flatMap((one) => one.questions.map(({ id }) => id)))
      item.without?.forEach((id, at) => {
        if (!has.has(id)) say([...path, 'without', at], `“${item.use}” has no question ${id}`)
      })
      condition(item.shown, [...path, 'shown'])
      questions(item.add ?? [], [...path, 'add'])
    } else if ('build' in item) built(item, path)
    else section(item, path)
  })
  twice(rules, ({ id }) => id, ['rules'])
  rules.forEach((rule, index) => rulePaths(rule, ['rules', index]))
  return checks.problems

  function section(entry: SectionEntry, path: Path) {
    checks.sourced(entry, [...path], entry.editions === undefined ? [] : editionsOf(entry.editions))
    condition(entry.shown, [...path, 'shown'])
    if (entry.repeats && !entry.questions.some(({ id }) => id === entry.repeats!.title))
      say([...path, 'repeats', 'title'], `no such question in this section: ${entry.repeats.title}`)
    if (entry.repeats && entry.repeats.least > entry.repeats.most)
      say([...path, 'repeats'], 'least is more than most')
    criterion([entry.criterion ?? []].flat(), [...path, 'criterion'])
    questions(entry.questions, [...path, 'questions'])
  }

  function questions(entries: readonly QuestionEntry[], path: Path) {
    twice(entries, ({ id }) => id, path)
    entries.forEach((entry, index) => question(entry, [...path, index]))
  }

  function question(entry: QuestionEntry, path: Path) {
    checks.sourced(entry, path, entry.editions === undefined ? [] : editionsOf(entry.editions))
    condition(entry.shown, [...path, 'shown'])
    if (entry.required !== true) condition(entry.required, [...path, 'required'])
    criterion(entry.criterion ? [entry.criterion] : [], [...path, 'criterion'])
    for (const [index, id] of (entry.rules ?? []).entries()) {
      if (around && !knownRule(id)) say([...path, 'rules', index], `eligibility.yaml has no rule ${id}`)
    }
    for (const [index, id] of (entry.facts ?? []).entries()) {
      if (around && !around.action.facts?.some((fact) => fact.id === id))
        say([...path, 'facts', index], `action.yaml has no fact ${id}`)
    }
    if (entry.kind === 'table') {
      twice(entry.columns, ({ id }) => id, [...path, 'columns'])
      if ((entry.least ?? 0) > entry.most) say(path, 'least is more than most')
      entry.columns.forEach((column, index) => answer(column, [...path, 'columns', index]))
    } else answer(entry, path)
  }

  function answer(entry: QuestionEntry | ColumnEntry, path: Path) {
    if ((entry.kind === 'choice' || entry.kind === 'choices') && !('from' in entry.options)) {
      twice(entry.options, ({ value }) => String(value), [...path, 'options'])
    }
    if ('options' in entry && 'from' in entry.options && entry.options.from === 'work-packages') {
      if (!targets.has('work-packages')) say([...path, 'options'], 'the form has no section work-packages')
    }
    if ('least' in entry && entry.least !== undefined && entry.most !== undefined && entry.least > entry.most)
      say(path, 'least is more than most')
  }

  function built({ build, without }: BuiltSection, path: Path) {
    if (!around) return
    const keys =
      build === 'eligibility'
        ? new Set((around.eligibility.questions ?? []).map(({ key }) => key))
        : undefined
    without?.forEach((id, index) => {
      if (keys ? !keys.has(id) : !knownRule(id))
        say([...path, 'without', index], `eligibility.yaml has no ${keys ? 'question' : 'rule'} ${id}`)
    })
  }

  function knownRule(id: string): boolean {
    return around!.eligibility.rules.some((rule) => rule.id === id) || known.commonRules.has(id)
  }

  function criterion(ids: readonly string[], path: Path) {
    if (!around) return
    const held = new Set(
      around.award['award-criteria'].flatMap(({ criteria }) => criteria.map(({ id }) => id))
    )
    for (const id of ids) if (!held.has(id)) say(path, `no such award criterion: ${id}`)
  }

  function condition(said: FormCondition | undefined, path: Path) {
    if (!said) return
    if ('answer' in said) {
      const target = targetOf(said.answer)
      if (!target) return say([...path, 'answer'], `no question at ${said.answer}`)
      const values = 'is' in said ? [said.is] : 'in' in said ? said.in : []
      for (const value of values) {
        if (target.values && !target.values.has(value as string))
          say(path, `${said.answer} has no option ${String(value)}`)
      }
      if ('at-least' in said && !['number', 'money', 'any'].includes(target.kind))
        say(path, `${said.answer} is not a number`)
    }
    if ('all-of' in said) said['all-of'].forEach((part, at) => condition(part, [...path, 'all-of', at]))
    if ('any-of' in said) said['any-of'].forEach((part, at) => condition(part, [...path, 'any-of', at]))
    if ('not' in said) condition(said.not, [...path, 'not'])
  }

  function rulePaths(rule: RuleEntry, path: Path) {
    condition(rule.shown, [...path, 'shown'])
    checks.sourced(rule, path, rule.editions === undefined ? [] : editionsOf(rule.editions))
    const named: Named[] = [
      [rule.window?.of, 'window', ['date']],
      [rule.order?.of, 'order', ['number', 'money', 'date']],
      [rule.order?.then, 'order', ['number', 'money', 'date']],
      ...(rule.within?.of ?? []).map((of): Named => [of, 'within', ['date']]),
      [rule.within?.from, 'within', ['date']],
      [rule.within?.months, 'within', ['number']],
      [rule.sum?.of, 'sum', ['number', 'money']],
      [rule.sum?.equals, 'sum', ['number', 'money']],
      [rule.sum?.['at-most'], 'sum', ['number', 'money']],
      [rule.different?.of, 'different', []]
    ]
    for (const [name, word, kinds] of named) {
      if (typeof name !== 'string') continue
      const target = targetOf(name)
      if (!target) say([...path, word], `no question at ${name}`)
      else if (kinds.length > 0 && ![...kinds, 'any'].includes(target.kind))
        say([...path, word], `${name} is a ${target.kind}; this needs ${kinds.join(' or ')}`)
    }
  }

  function targetOf(path: string): Target | undefined {
    const [sectionId, questionId, column] = path.split('.') as [string, string, string?]
    const found = targets.get(sectionId)
    const target = found?.questions.get(questionId) ?? (found?.open ? { kind: 'any' } : undefined)
    return column ? target?.columns?.get(column) : target
  }

  /** The same id may return for other editions, fields, bodies or ways of funding; where both hold, it is a mistake. */
  function twice<T>(entries: readonly T[], idOf: (entry: T) => string, path: Path) {
    entries.forEach((entry, index) => {
      const earlier = entries
        .slice(0, index)
        .find((one) => idOf(one) === idOf(entry) && meet(one as FormScope, entry as FormScope))
      if (earlier) say([...path, index], `“${idOf(entry)}” stands twice`)
    })
  }
}

function addTargets(targets: Targets, item: SectionItem, shared: SharedFormFile, around?: Around) {
  if ('use' in item) {
    for (const one of usable(shared)) if (one.id === item.use) add(one.id, one.questions)
    add(item.use, item.add ?? [])
  } else if (!('build' in item)) add(item.id, item.questions)
  else if (item.build === 'eligibility') {
    const questions = new Map(
      (around?.eligibility.questions ?? []).map(({ key, answer, options }) => [
        key,
        {
          kind: answer === 'number' ? 'number' : 'any',
          ...(options && { values: new Set(options.map(({ value }) => value)) })
        }
      ])
    )
    targets.set('eligibility', { questions, open: !around })
  } else if (item.build === 'obligations') targets.set('obligations', { questions: new Map(), open: true })

  function add(section: string, questions: readonly QuestionEntry[]) {
    const into = targets.get(section) ?? { questions: new Map<string, Target>(), open: false }
    for (const question of questions) into.questions.set(question.id, targetFor(question))
    targets.set(section, into)
  }
}

function targetFor(entry: QuestionEntry | ColumnEntry): Target {
  if (entry.kind === 'table')
    return { kind: 'table', columns: new Map(entry.columns.map((column) => [column.id, targetFor(column)])) }
  if ('options' in entry && !('from' in entry.options))
    return { kind: entry.kind, values: new Set(entry.options.map(({ value }) => value)) }
  return { kind: entry.kind }
}
