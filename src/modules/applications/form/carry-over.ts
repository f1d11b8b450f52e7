import type { ApplicationForm, FormColumn, FormQuestion, FormSection } from '#modules/programmes'
import { type Path, readPath, writePath } from '../path.ts'
import { fieldAt, type GivenAnswer, offered, questionOf } from './filled.ts'

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
  const between = { oldForm, newForm, targets: targetsOf(oldForm, newForm) }
  for (const [path, given] of answers) carryOne(between, path, given, carried)
  const before = new Set([...questionsOf(oldForm)].map(({ key }) => key))
  carried.added = [...questionsOf(newForm)]
    .filter((one) => !before.has(cameFrom(oldForm, one)))
    .map(({ key }) => key)
  return carried
}

/**
 * Tells where the question of a path stands in the new form, whether it is answered or not; the path itself where it
 * stayed, undefined where it is no more. A path of no question stays. No two paths become the same.
 */
export function carriedPaths(
  oldForm: ApplicationForm,
  newForm: ApplicationForm
): (path: string) => string | undefined {
  const between = { oldForm, newForm, targets: targetsOf(oldForm, newForm) }
  return (path) => {
    const at = readPath(path)
    return at?.question === undefined ? path : targetAt(between, at)?.to
  }
}

/** Two versions of a form; by where the old one asked it, each question of the new one. */
type Between = { oldForm: ApplicationForm; newForm: ApplicationForm; targets: ReadonlyMap<string, Asked> }

function carryOne<Given extends GivenAnswer>(
  between: Between,
  path: string,
  given: Given,
  carried: CarriedOver<Given>
): void {
  const { oldForm, newForm } = between
  const at = readPath(path)
  if (!at) return void carried.aside.push({ path, why: 'question-gone', given })
  if (at.question === undefined) {
    // The list of rows stays with its section.
    const section = newForm.sections.find(({ id }) => id === at.section)
    if (section?.repeats) carried.answers.set(path, given)
    else carried.aside.push({ path, why: 'question-gone', given })
    return
  }
  const target = targetAt(between, at)
  if (!target) return void carried.aside.push({ path, why: 'question-gone', given })
  const { to, question } = target
  const fitted = fit(newForm, questionOf(oldForm, at.section, at.question), question, given)
  if ('aside' in fitted) return void carried.aside.push({ path, why: fitted.aside, given })
  carried.answers.set(to, fitted.given)
  if (to !== path) carried.moved.push({ from: path, to })
  if (fitted.why) carried.changed.push({ path: to, why: fitted.why })
  if (fitted.why === 'partly-gone') carried.aside.push({ path, why: 'option-gone', given })
}

/** A question of a form, and where it stands: section.question. */
type Asked = { section: FormSection; question: FormQuestion; key: string }

/** A question that says where it was goes before one that stands there now. */
function targetsOf(oldForm: ApplicationForm, newForm: ApplicationForm): Map<string, Asked> {
  const asked = [...questionsOf(newForm)].map((one) => ({ ...one, from: cameFrom(oldForm, one) }))
  const stayed = asked.filter(({ from, key }) => from === key)
  const moved = asked.filter(({ from, key }) => from !== key)
  return new Map([...stayed, ...moved].map((one) => [one.from, one]))
}

/**
 * Where the old form asked a question of the new one: where it says it `was`, else at the same place. It keeps saying
 * so in all later versions, and may begin to only after the move: then what is written at its present place is its own.
 */
function cameFrom(oldForm: ApplicationForm, { section, question, key }: Asked): string {
  const { was } = question
  if (was === undefined) return key
  const here = questionOf(oldForm, section.id, question.id)
  if (!here) return was
  if (here.was === was) return key
  const [earlierSection = '', earlier = ''] = was.split('.')
  const saidLate = !questionOf(oldForm, earlierSection, earlier) && asksAlike(here, question)
  return saidLate ? key : was
}

/** The question of the new form for an answer of the old one, and its path; undefined where it has no place there. */
function targetAt(
  { newForm, targets }: Between,
  at: Path
): { question: FormQuestion; to: string } | undefined {
  const target = targets.get(`${at.section}.${at.question}`)
  if (!target) return undefined
  const { section, question } = target
  const to = writePath({ ...at, section: section.id, question: question.id })
  // An answer of a row or of a participant cannot stand where there are none, nor in the rows of another section.
  const sameRows = at.row === undefined || section.id === at.section
  return sameRows && fieldAt(newForm, to) === question ? { question, to } : undefined
}

function asksAlike(one: FormQuestion, other: FormQuestion): boolean {
  return one.ask.en === other.ask.en && one.ask.lv === other.ask.lv
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
  return old && !asksAlike(old, question) ? { given, why: 'asked-otherwise' } : { given }
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
  const filled = { form, language: 'en', answers: new Map<string, GivenAnswer>(), participants: [] }
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

function* questionsOf(form: ApplicationForm): Generator<Asked> {
  for (const section of form.sections)
    for (const question of section.questions) yield { section, question, key: `${section.id}.${question.id}` }
}
