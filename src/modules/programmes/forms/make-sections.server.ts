import { inEdition } from '#shared/rules/editions.ts'
import type { AnswerKind, FormQuestion, FormSection } from '../form-data.ts'
import type { QuestionData, RuleData } from '../programme-data.ts'
import {
  usable,
  type BuiltSection,
  type SectionEntry,
  type SectionItem,
  type SharedFormFile,
  type UsedSection
} from './form-file.ts'
import { askedWhen, belongs, shownWhen, sourcesOf, type Making } from './making.server.ts'
import { limitsPart, questionsOf } from './make-questions.server.ts'

/** The sections of a form in the order of its file; what has no question in this edition is left out. */
export function sectionsOf(
  items: readonly SectionItem[],
  shared: SharedFormFile,
  making: Making
): FormSection[] {
  const written = items
    .filter((item) => belongs(item, making))
    .map((item) => ('use' in item ? used(item, shared, making) : item))
    .filter((item) => item !== undefined)
  const sections = written.map((item) => ('build' in item ? item : section(item, making)))
  const made = sections.filter((item): item is FormSection => !('build' in item))
  return sections
    .flatMap((item) => ('build' in item ? built(item, made, making) : [item]))
    .filter(({ questions }) => questions.length > 0)
}

/** A section of the shared file as an own form takes it; undefined when it is of other editions. */
function used(item: UsedSection, shared: SharedFormFile, making: Making): SectionEntry | undefined {
  const { use: _use, without = [], add = [], ...said } = item
  const base = usable(shared).find((one) => one.id === item.use && belongs({ ...one, ...said }, making))
  if (!base) return undefined
  const kept = base.questions.filter(({ id }) => !without.includes(id))
  return { ...base, ...said, questions: [...kept, ...add] }
}

function section(entry: SectionEntry, making: Making): FormSection {
  const wanted = [entry.criterion ?? []].flat()
  const criteria = making.award?.criteria ?? []
  const criterion = wanted.map((id) => criteria.find((one) => one.id === id)).find((one) => one)
  const own = sourcesOf(entry.sources, making).sources ?? []
  const cited = criterion ? (sourcesOf(making.award?.sources, making).sources ?? []) : []
  return {
    id: entry.id,
    of: entry.of ?? 'application',
    for: entry.for ?? ['coordinator', 'partner'],
    title: criterion?.names ?? entry.title,
    ...(entry.help && { help: entry.help }),
    ...shownWhen(entry, making),
    ...(entry.repeats && { repeats: entry.repeats }),
    ...(entry.budget && { budget: entry.budget }),
    ...(criterion && { criterion: criterion.id, points: criterion.points }),
    questions: unjudged(entry, making) ? [] : questionsOf(entry.questions, making),
    ...(own.length + cited.length > 0 && { sources: [...own, ...cited] })
  }
}

/** A section about a criterion that this edition, whose criteria are known, does not have. */
function unjudged(entry: SectionEntry, making: Making): boolean {
  if (!entry.criterion || !making.award) return false
  return !making.award.criteria.some(({ id }) => [entry.criterion!].flat().includes(id))
}

function built(item: BuiltSection, others: readonly FormSection[], making: Making): FormSection[] {
  const base = {
    of: 'application' as const,
    for: ['coordinator', 'partner'] as const,
    title: item.title,
    ...(item.help && { help: item.help }),
    ...shownWhen(item, making)
  }
  switch (item.build) {
    case 'eligibility':
      return [{ ...base, id: 'eligibility', questions: eligibilityQuestions(item, making) }]
    case 'obligations':
      return [{ ...base, id: 'obligations', questions: obligations(item, others, making) }]
    case 'criteria':
      return criteriaWithoutSection(item, others, making)
  }
}

/** What the programme asks before it can say whether the consortium may apply. */
function eligibilityQuestions({ without }: BuiltSection, making: Making): FormQuestion[] {
  return (making.files.eligibility.questions ?? [])
    .filter(({ key, editions }) => inEdition(editions, making.edition) && !without?.includes(key))
    .flatMap((question): FormQuestion[] => {
      const asked = askedWhen(question.when, making)
      if (!asked.possible) return []
      return [
        {
          ...answerOfQuestion(question, making.edition),
          id: question.key,
          ask: question.ask,
          ...(question.help && { help: question.help }),
          ...(question.budget && { budget: question.budget }),
          ...(asked.condition && { shown: asked.condition }),
          ...(asked.sure && { required: true as const }),
          ...limitsPart(`answers.${question.key}`, making)
        }
      ]
    })
}

function answerOfQuestion({ answer, options }: QuestionData, edition: number): AnswerKind {
  const choices = (options ?? [])
    .filter(({ editions }) => inEdition(editions, edition))
    .map(({ value, en, lv }) => ({ value, names: { en, lv } }))
  switch (answer) {
    case 'one':
      return { kind: 'choice', options: choices }
    case 'many':
      return { kind: 'choices', options: choices }
    case 'number':
      return { kind: 'number', least: 0 }
    case 'yes-no':
      return { kind: 'yes-no' }
  }
}

/** What the rules want described and no other question asks: the rule's own sentence, with its citation. */
function obligations(
  { without, limit }: BuiltSection,
  others: readonly FormSection[],
  making: Making
): FormQuestion[] {
  const answered = new Set(others.flatMap(({ questions }) => questions.flatMap(({ rules }) => rules ?? [])))
  return making.rules
    .filter((rule) => 'in-the-form' in rule && !answered.has(rule.id) && !without?.includes(rule.id))
    .map((rule) => {
      const asked = askedWhen(rule.when, making)
      return {
        kind: 'text',
        limit,
        id: rule.id,
        ask: rule.says,
        rules: [rule.id],
        ...(asked.condition && { shown: asked.condition }),
        ...(asked.sure && isDemanded(rule) && { required: true as const }),
        ...sourcesOf(rule.sources, making)
      }
    })
}

/** What a guide only recommends may stay without an answer. */
function isDemanded(rule: RuleData): boolean {
  return 'in-the-form' in rule && rule['in-the-form'] !== 'advised'
}

/** Award criteria that the file has no section for: one open question each. */
function criteriaWithoutSection(
  { title, help, limit }: BuiltSection,
  others: readonly FormSection[],
  making: Making
): FormSection[] {
  const covered = new Set(others.flatMap(({ criterion }) => criterion ?? []))
  return (making.award?.criteria ?? [])
    .filter(({ id }) => !covered.has(id))
    .map(({ id, names, points }) => ({
      id: `criterion-${id}`,
      of: 'application',
      for: ['coordinator', 'partner'],
      title: names,
      criterion: id,
      points,
      questions: [
        {
          kind: 'text',
          limit,
          id: 'answer',
          ask: title,
          ...(help && { help }),
          required: true,
          criterion: id
        }
      ],
      ...sourcesOf(making.award!.sources, making)
    }))
}
