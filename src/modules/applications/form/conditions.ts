import type { FormCondition, FormQuestion, FormSection } from '#modules/programmes'
import { answerAt, placesOf, valueOf, type Filled, type Place } from './filled.ts'

/** Whether a condition holds at a place. A question nobody is shown counts as not answered. */
export function holds(condition: FormCondition, filled: Filled, place: Place): boolean {
  return holdsHere(condition, filled, place, [])
}

/** A section as a whole: for its own condition no row is asked yet. */
export function isSectionShown(filled: Filled, place: Place): boolean {
  return sectionShown(filled, place, [])
}

/** Whether the question is asked at this place. */
export function isShown(filled: Filled, place: Place, question: FormQuestion): boolean {
  return sectionShown(filled, place, []) && questionShown(filled, place, question, [])
}

/** Whether it must be answered before the application can be submitted; what is not shown never must. */
export function isRequired(filled: Filled, place: Place, question: FormQuestion): boolean {
  return isShown(filled, place, question) && isRequiredWhereShown(filled, place, question)
}

/** The same of a question that is known to be asked there. */
export function isRequiredWhereShown(filled: Filled, place: Place, { required }: FormQuestion): boolean {
  return required !== undefined && (required === true || holds(required, filled, place))
}

/** The questions that are asked at a place now. */
export function shownQuestions(filled: Filled, place: Place): FormQuestion[] {
  if (!sectionShown(filled, place, [])) return []
  return place.section.questions.filter((question) => questionShown(filled, place, question, []))
}

function holdsHere(
  condition: FormCondition,
  filled: Filled,
  place: Place,
  asked: readonly string[]
): boolean {
  if ('all-of' in condition) return condition['all-of'].every((one) => holdsHere(one, filled, place, asked))
  if ('any-of' in condition) return condition['any-of'].some((one) => holdsHere(one, filled, place, asked))
  if ('not' in condition) return !holdsHere(condition.not, filled, place, asked)
  if ('field' in condition) return [condition.field].flat().includes(filled.form.field!)
  if ('role' in condition) {
    const role = filled.participants.find(({ id }) => id === place.participant)?.role
    return role !== undefined && [condition.role].flat().includes(role)
  }
  if ('language' in condition) return filled.language === condition.language
  if ('organisations' in condition) return filled.participants.length >= condition.organisations
  const given = valuesAt(condition.answer, filled, place, asked)
  if ('given' in condition) return given.length > 0 === condition.given
  if ('at-least' in condition)
    return given.some((one) => typeof one === 'number' && one >= condition['at-least'])
  const wanted: readonly unknown[] = 'is' in condition ? [condition.is] : condition.in
  return given.some((one) => (Array.isArray(one) ? one : [one]).some((part) => wanted.includes(part)))
}

/**
 * What is answered at `section.question`, seen from a place: in the same section of the same participant and row;
 * in a section of participants of the same participant; else of all.
 */
function valuesAt(path: string, filled: Filled, from: Place, asked: readonly string[]): unknown[] {
  const [sectionId, questionId] = path.split('.')
  const section = filled.form.sections.find(({ id }) => id === sectionId)
  const question = section?.questions.find(({ id }) => id === questionId)
  // A condition that leads back to itself is taken as holding: it must not hang a page.
  if (!section || !question || asked.includes(path)) return []
  const further = [...asked, path]
  return placesSeen(filled, section, from)
    .filter(
      (place) => sectionShown(filled, place, further) && questionShown(filled, place, question, further)
    )
    .map((place) => valueOf(answerAt(filled, place, question.id)))
    .filter((value) => value !== undefined)
}

function placesSeen(filled: Filled, section: FormSection, from: Place): Place[] {
  if (section.id === from.section.id) return [from]
  const places = placesOf(filled, section)
  if (section.of === 'application' || !from.participant) return places
  return places.filter(({ participant }) => participant === from.participant)
}

function sectionShown(filled: Filled, place: Place, asked: readonly string[]): boolean {
  const { section } = place
  if (section.of === 'participant') {
    const role = filled.participants.find(({ id }) => id === place.participant)?.role
    if (!role || !section.for.includes(role)) return false
  }
  return !section.shown || holdsHere(section.shown, filled, place, asked)
}

function questionShown(
  filled: Filled,
  place: Place,
  question: FormQuestion,
  asked: readonly string[]
): boolean {
  return !question.shown || holdsHere(question.shown, filled, place, asked)
}
