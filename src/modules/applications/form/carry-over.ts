import type { ApplicationForm, FormColumn, FormQuestion, FormSection } from '#modules/programmes'
import { readPath, writePath } from '../path.ts'
import { offered, type GivenAnswer } from './filled.ts'

/** Why an answer changed on its way into the new version of a form. */
export type ChangedWhy =
  /** The question is worded otherwise: does the answer still answer it? */
  | 'asked-otherwise'
  /** It is now longer than allowed, or outside what is allowed. */
  | 'limit'
  /** Some choices or columns are gone; the rest is kept. */
  | 'partly-gone'
  /** It is now another kind of answer and was turned into it. */
  | 'kind'

/** Why an answer has no place any more. */
export type AsideWhy = 'question-gone' | 'kind' | 'option-gone'

/** What a draft becomes under a new version of its form. Nothing is thrown away: `aside` keeps what does not fit. */
export type CarriedOver<Given extends GivenAnswer = GivenAnswer> = {
  /** By the path of the new form; answers that only stay are the same objects. */
  answers: Map<string, Given>
  moved: { from: string; to: string }[]
  changed: { path: string; why: ChangedWhy }[]
  /** `given` is the answer as it was under the old form. */
  aside: { path: string; why: AsideWhy; given: Given }[]
  /** Questions that the old version did not ask, as section.question. */
  added: string[]
}

/** Carries the answers of a draft over to a new version of its form. */
export function carryOver<Given extends GivenAnswer>(
  oldForm: ApplicationForm,
  newForm: ApplicationForm,
  answers: ReadonlyMap<string, Given>
): CarriedOver<Given> {
  const carried: CarriedOver<Given> = { answers: new Map(), moved: [], changed: [], aside: [], added: [] }
  for (const [path, given] of answers) carryOne(oldForm, newForm, path, given, carried)
  const before = new Set([...questionsOf(oldForm)].map(({ key }) => key))
  carried.added = [...questionsOf(newForm)]
    .filter(({ key, question }) => !before.has(key) && !(question.was && before.has(question.was)))
    .map(({ key }) => key)
  return carried
}

/**
 * Where the question of a path stands in the new form, whether it is answered or not; the path itself where it stayed,
 * undefined where it is no more. A path of no question stays.
 */
export function carriedPath(
  oldForm: ApplicationForm,
  newForm: ApplicationForm,
  path: string
): string | undefined {
  const at = readPath(path)
  if (at?.question === undefined) return path
  const asked = find(oldForm, at.section, at.question)
  const target = targetOf(newForm, at.section, at.question, asked?.section)
  return target && writePath({ ...at, section: target.section.id, question: target.question.id })
}

function carryOne<Given extends GivenAnswer>(
  oldForm: ApplicationForm,
  newForm: ApplicationForm,
  path: string,
  given: Given,
  carried: CarriedOver<Given>
): void {
  const at = readPath(path)
  if (!at) return void carried.aside.push({ path, why: 'question-gone', given })
  if (at.question === undefined) {
    // The list of rows stays with its section.
    const section = newForm.sections.find(({ id }) => id === at.section)
    if (section?.repeats) carried.answers.set(path, given)
    else carried.aside.push({ path, why: 'question-gone', given })
    return
  }
  const asked = find(oldForm, at.section, at.question)
  const target = targetOf(newForm, at.section, at.question, asked?.section)
  if (!target) return void carried.aside.push({ path, why: 'question-gone', given })
  const to = writePath({ ...at, section: target.section.id, question: target.question.id })
  const fitted = fit(newForm, asked?.question, target.question, given)
  if ('aside' in fitted) return void carried.aside.push({ path, why: fitted.aside, given })
  carried.answers.set(to, fitted.given)
  if (to !== path) carried.moved.push({ from: path, to })
  if (fitted.why) carried.changed.push({ path: to, why: fitted.why })
  if (fitted.why === 'partly-gone') carried.aside.push({ path, why: 'option-gone', given })
}

type Asked = { section: FormSection; question: FormQuestion }

/** The question of the new form: the one that says where it was, else the one at the same place. */
function targetOf(
  form: ApplicationForm,
  section: string,
  question: string,
  old: FormSection | undefined
): Asked | undefined {
  const moved = [...questionsOf(form)].find((one) => one.question.was === `${section}.${question}`)
  const target = moved ?? find(form, section, question)
  // An answer of a row or of a participant cannot stand where there are none.
  const alike = !old || !target || (old.of === target.section.of && !old.repeats === !target.section.repeats)
  const sameRows = !moved || !old?.repeats || moved.section.id === section
  return target && alike && sameRows ? target : undefined
}

/** The answer as the new question takes it. */
function fit<Given extends GivenAnswer>(
  form: ApplicationForm,
  old: FormQuestion | undefined,
  question: FormQuestion,
  given: Given
): { given: Given; why?: ChangedWhy } | { aside: AsideWhy } {
  const turned = turn(question, given, old)
  if (!turned) return { aside: 'kind' }
  const fitted = withoutGone(form, question, turned.given)
  if (!fitted) return { aside: 'option-gone' }
  if (fitted.given !== turned.given) return { given: fitted.given, why: 'partly-gone' }
  if (turned.given !== given) return { given: turned.given, why: 'kind' }
  const wasOutside = old && isOutside(old, given)
  if (!wasOutside && isOutside(question, given)) return { given, why: 'limit' }
  const reworded = old && (old.ask.en !== question.ask.en || old.ask.lv !== question.ask.lv)
  return reworded ? { given, why: 'asked-otherwise' } : { given }
}

/** One kind of answer as another, where nothing is lost by it. */
function turn<Given extends GivenAnswer>(
  question: FormQuestion,
  given: Given,
  old: FormQuestion | undefined
): { given: Given } | undefined {
  const { kind } = question
  if (!old || old.kind === kind) return { given }
  const texts: FormQuestion['kind'][] = ['text', 'line']
  if (texts.includes(kind) && texts.includes(old.kind)) return { given }
  const { value } = given
  if (kind === 'choices' && old.kind === 'choice') return { given: { ...given, value: [value] } }
  if (kind === 'choice' && old.kind === 'choices' && Array.isArray(value) && value.length === 1)
    return { given: { ...given, value: value[0] } }
  return undefined
}

/** Without choices and columns that are no longer there; undefined when nothing would be left. */
function withoutGone<Given extends GivenAnswer>(
  form: ApplicationForm,
  question: FormQuestion,
  given: Given
): { given: Given } | undefined {
  const { value } = given
  switch (question.kind) {
    case 'choice':
      return stillOffered(form, question, value) ? { given } : undefined
    case 'choices': {
      if (!Array.isArray(value)) return { given }
      const left = value.filter((one) => stillOffered(form, question, one))
      if (left.length === value.length) return { given }
      return left.length > 0 ? { given: { ...given, value: left } } : undefined
    }
    case 'table':
      return { given: withoutColumns(given, question.columns) }
    default:
      return { given }
  }
}

/** Lists of the draft itself go on as they are: participants and rows have ids of their own. */
function stillOffered(
  form: ApplicationForm,
  question: Extract<FormQuestion, { kind: 'choice' | 'choices' }>,
  value: unknown
): boolean {
  const { options } = question
  if ('from' in options && (options.from === 'participants' || options.from === 'work-packages')) return true
  const filled = { form, answers: new Map<string, GivenAnswer>(), participants: [] }
  return offered(filled, options).some((option) => option.value === value)
}

function withoutColumns<Given extends GivenAnswer>(given: Given, columns: readonly FormColumn[]): Given {
  const known = new Set(columns.map(({ id }) => id))
  const rows = Array.isArray(given.value) ? (given.value as Record<string, unknown>[]) : []
  if (rows.every((row) => Object.keys(row).every((id) => known.has(id)))) return given
  const kept = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([id]) => known.has(id))))
  return { ...given, value: kept }
}

/** Limits that a shorter or smaller question sets; the answer stays and is shown as wrong. */
function isOutside(question: FormQuestion, { text, value, length }: GivenAnswer): boolean {
  switch (question.kind) {
    case 'text':
    case 'line':
      return text !== undefined && length > question.limit
    case 'number':
      return typeof value === 'number' && !within(value, question.least, question.most)
    case 'money':
      return (
        typeof value === 'number' &&
        (!within(value, question.least, question.most) || question.amounts?.includes(value) === false)
      )
    case 'choices':
    case 'table':
      return Array.isArray(value) && !within(value.length, question.least, question.most)
    default:
      return false
  }
}

function within(value: number, least = -Infinity, most = Infinity): boolean {
  return value >= least && value <= most
}

function find(form: ApplicationForm, sectionId: string, questionId: string): Asked | undefined {
  const section = form.sections.find(({ id }) => id === sectionId)
  const question = section?.questions.find(({ id }) => id === questionId)
  return section && question && { section, question }
}

function* questionsOf(form: ApplicationForm): Generator<Asked & { key: string }> {
  for (const section of form.sections)
    for (const question of section.questions) yield { section, question, key: `${section.id}.${question.id}` }
}
