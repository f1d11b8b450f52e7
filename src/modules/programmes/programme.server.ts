import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { editionsOf, inEdition, type Editions } from '#shared/rules/editions.ts'
import type { BodyData } from './body-data.ts'
import { bodyProblems } from './body-references.server.ts'
import type { FormFile, SharedFormFile } from './forms/form-file.ts'
import { formProblems, sharedFormProblems } from './forms/form-references.server.ts'
import type {
  ActionData,
  AwardCriteriaData,
  BudgetData,
  CountrySetData,
  EligibilityData,
  ExamplesData,
  FactData,
  OrganisationKindData,
  OtherReading,
  PlaceData,
  PredecessorData,
  PriorityData,
  RuleData,
  SourceData,
  SourceRef,
  TopicData
} from './programme-data.ts'
import {
  actionFolders,
  programmeReader,
  type FileKind,
  type FileProblem,
  type ProgrammeFile
} from './programme-files.server.ts'
import { actionProblems, referenceProblems, type KnownNames } from './programme-references.server.ts'
import type { Words } from '#shared/rules/vocabulary.ts'

/** Everything the files of one action say, checked. */
export type ActionFiles = {
  action: ActionData
  eligibility: EligibilityData
  budget: BudgetData
  award: AwardCriteriaData
  examples: ExamplesData
  /** application-form.yaml, where the action has one. */
  form?: FormFile
}

/** One programme, read whole: the only source of every number and country the product knows. */
export type Programme = {
  id: string
  actions: Map<string, ActionFiles>
  commonRules: RuleData[]
  sources: Map<string, SourceData & { id: string }>
  families: { id: string; names: Words }[]
  types: OrganisationKindData[]
  functions: OrganisationKindData[]
  /** The bodies that carry it out or support it, as shipped; an installation's own are kept by `directory`. */
  bodies: BodyData[]
  /** What is known of the life of applications and projects: parameters/lifecycle.yaml. */
  lifecycle: FactData[]
  priorities: PriorityData[]
  /** Towns that distances are computed between: parameters/places.yaml. */
  places: PlaceData[]
  /** What projects are about: parameters/topics.yaml. */
  topics: TopicData[]
  topicEditions: Editions
  /** The form of actions without their own: parameters/application-form.yaml. */
  sharedForm: SharedFormFile
  /** Kinds of action that perhaps count as the same: parameters/predecessors.yaml. */
  predecessors: PredecessorData[]
  /** Groups of countries that unit costs depend on: parameters/country-groups.yaml. */
  countryGroups: CountrySetData[]
  /** Country sets of one edition: set → its names and countries. */
  countrySets: (edition: number) => Map<string, { names: Words; countries: string[] }>
}

/** The files of a programme are wrong; `problems` names each file, line and path. */
export class ProgrammeProblems extends Error {
  readonly problems: readonly FileProblem[]
  constructor(problems: readonly FileProblem[]) {
    super(
      problems
        .map(({ file, line, column, path, message }) => `${file}:${line}:${column} ${path} ${message}`)
        .join('\n')
    )
    this.problems = problems
  }
}

/**
 * Reads `programmes/<id>` under `root` (the folder programmes/) and checks every reference in it.
 * @throws ProgrammeProblems with everything that is wrong, not only the first
 */
export function readProgramme(root: string, id: string): Programme {
  const folder = join(root, id)
  const reader = programmeReader(root)
  const parameters = <T>(name: string, kind: FileKind) =>
    reader.read<T>(join(folder, 'parameters', `${name}.yaml`), kind)

  const sources = parameters<{ sources: Record<string, SourceData> }>('sources', 'sources')
  const families = parameters<{ families: Programme['families'] }>('families', 'families')
  const kinds = parameters<{ types: OrganisationKindData[]; functions: OrganisationKindData[] }>(
    'organisation-types',
    'organisation-types'
  )
  const sets = parameters<{ sets: CountrySetData[] }>('country-sets', 'country-sets')
  const common = parameters<EligibilityData>('common-rules', 'common-rules')
  const groups = parameters<{ sets: CountrySetData[] }>('country-groups', 'country-sets')
  const lifecycle = parameters<{ facts: FactData[] }>('lifecycle', 'facts')
  const platforms = parameters<{ facts: Stated[] }>('platform-facts', 'facts')
  const bodies = parameters<{ bodies: BodyData[] }>('bodies', 'bodies')
  const priorities = parameters<{ priorities: PriorityData[] }>('priorities', 'priorities')
  const places = parameters<Stated & { places: PlaceData[] }>('places', 'places')
  const topics = parameters<Stated & { topics: TopicData[] }>('topics', 'topics')
  const predecessors = parameters<Stated & { predecessors: PredecessorData[] }>(
    'predecessors',
    'predecessors'
  )
  const sharedForm = parameters<SharedFormFile>('application-form', 'shared-application-form')
  if (
    !sources ||
    !families ||
    !kinds ||
    !sets ||
    !common ||
    !groups ||
    !lifecycle ||
    !platforms ||
    !priorities ||
    !topics ||
    !places ||
    !predecessors ||
    !bodies ||
    !sharedForm
  ) {
    throw new ProgrammeProblems(reader.problems)
  }

  const known: KnownNames = {
    sources: new Set(Object.keys(sources.data.sources)),
    families: new Set(families.data.families.map((family) => family.id)),
    kinds: new Set([...kinds.data.types, ...kinds.data.functions].map((kind) => kind.id)),
    countrySets: editionsOfSets(sets.data.sets),
    commonRules: new Set(common.data.rules.map((rule) => rule.id))
  }
  const problems: FileProblem[] = reader.problems
  const commonChecks = referenceProblems(known, common)
  commonChecks.rules(common.data.rules, () => new Set())
  problems.push(...commonChecks.problems)
  problems.push(
    ...statedProblems(known, sets, sets.data.sets, 'sets'),
    ...statedProblems(known, groups, groups.data.sets, 'sets')
  )
  problems.push(...statedProblems(known, lifecycle, lifecycle.data.facts, 'facts'))
  problems.push(...statedProblems(known, platforms, platforms.data.facts, 'facts'))
  problems.push(...statedProblems(known, priorities, priorities.data.priorities, 'priorities'))
  problems.push(...statedProblems(known, places, [places.data], 'places'))
  problems.push(...statedProblems(known, topics, [topics.data], 'topics'))
  problems.push(...statedProblems(known, predecessors, [predecessors.data], 'predecessors'))
  problems.push(...sharedFormProblems(known, sharedForm))

  const actions = new Map<string, ActionFiles>()
  for (const name of actionFolders(folder)) {
    const files = {
      action: reader.read<ActionData>(join(folder, name, 'action.yaml'), 'action'),
      eligibility: reader.read<EligibilityData>(join(folder, name, 'eligibility.yaml'), 'eligibility'),
      budget: reader.read<BudgetData>(join(folder, name, 'budget.yaml'), 'budget'),
      award: reader.read<AwardCriteriaData>(join(folder, name, 'award-criteria.yaml'), 'award-criteria'),
      examples: reader.read<ExamplesData>(join(folder, name, 'examples.yaml'), 'examples')
    }
    const formFile = join(folder, name, 'application-form.yaml')
    const form = existsSync(formFile) ? reader.read<FormFile>(formFile, 'application-form') : undefined
    if (!complete(files)) continue
    if (files.action.data.action !== name) {
      problems.push(files.action.problem(['action'], `the folder is called ${name}`))
    }
    problems.push(...actionProblems(known, files))
    if (form) {
      const { action, eligibility, award } = files
      const around = { action: action.data, eligibility: eligibility.data, award: award.data }
      problems.push(...formProblems(known, sharedForm.data, form, around))
    }
    actions.set(name, {
      action: files.action.data,
      eligibility: files.eligibility.data,
      budget: files.budget.data,
      award: files.award.data,
      examples: files.examples.data,
      ...(form && { form: form.data })
    })
  }
  problems.push(...bodyProblems(known, bodies, new Set(actions.keys())))
  predecessors.data.predecessors.forEach(({ action, of }, index) => {
    for (const name of [action, ...of])
      if (!actions.has(name))
        problems.push(predecessors.problem(['predecessors', index], `there is no action ${name}`))
  })
  if (problems.length > 0) throw new ProgrammeProblems(problems)
  return {
    id,
    actions,
    commonRules: common.data.rules,
    sources: new Map(
      Object.entries(sources.data.sources).map(([key, source]) => [key, { ...source, id: key }])
    ),
    families: families.data.families,
    types: kinds.data.types,
    functions: kinds.data.functions,
    bodies: bodies.data.bodies,
    lifecycle: lifecycle.data.facts,
    priorities: priorities.data.priorities,
    places: places.data.places,
    topics: topics.data.topics,
    topicEditions: topics.data.editions!,
    sharedForm: sharedForm.data,
    predecessors: predecessors.data.predecessors,
    countryGroups: groups.data.sets,
    countrySets: (edition) => countrySetsOf(sets.data.sets, edition)
  }
}

/** A value that only has to stand on sources. */
type Stated = { editions?: Editions; sources: SourceRef[]; 'other-readings'?: OtherReading[] }

function statedProblems(
  known: KnownNames,
  file: ProgrammeFile<unknown>,
  values: readonly Stated[],
  key: string
) {
  const checks = referenceProblems(known, file)
  values.forEach((value, index) =>
    checks.sourced(value, [key, index], value.editions === undefined ? [] : editionsOf(value.editions))
  )
  return checks.problems
}

type RuleFiles = Omit<ActionFiles, 'form'>
type MaybeFiles = { [K in keyof RuleFiles]: ProgrammeFile<RuleFiles[K]> | undefined }
type Files = { [K in keyof RuleFiles]: ProgrammeFile<RuleFiles[K]> }

function complete(files: MaybeFiles): files is Files {
  return Object.values(files).every((file) => file !== undefined)
}

function editionsOfSets(sets: CountrySetData[]): Map<string, Set<number>> {
  const editions = new Map<string, Set<number>>()
  for (const { set, editions: held } of sets) {
    const years = editions.get(set) ?? new Set<number>()
    for (const year of editionsOf(held as Editions)) years.add(year)
    editions.set(set, years)
  }
  return editions
}

function countrySetsOf(sets: CountrySetData[], edition: number) {
  const current = sets.filter((set) => inEdition(set.editions, edition))
  const byName = new Map(current.map((set) => [set.set, set]))
  const countriesOf = (set: CountrySetData): string[] =>
    set.countries ?? (set.of ?? []).flatMap((name) => countriesOf(byName.get(name)!))
  return new Map(current.map((set) => [set.set, { names: set.names, countries: countriesOf(set) }]))
}
