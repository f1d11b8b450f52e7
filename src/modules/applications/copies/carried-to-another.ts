import type { ApplicationForm, FormQuestion } from '#modules/programmes'
import { type AsideWhy, type CarriedOver, carryOver } from '../form/carry-over.ts'
import { type GivenAnswer, questionOf } from '../form/filled.ts'
import { readPath, writePath } from '../path.ts'
import type { Putting } from './put-answers.server.ts'

/** Why an answer does not come along into another application. */
export type LeftWhy = AsideWhy | 'of-a-partner'

export type Cloned = {
  answers: Putting[]
  /** What the new form has no place for, or what a partner wrote for itself. */
  left: { path: string; why: LeftWhy }[]
  changed: CarriedOver['changed']
}

export type Carrying = {
  /** `own`: the part of whoever coordinates the new application, where it took part in the earlier one. */
  from: { form: ApplicationForm; answers: ReadonlyMap<string, GivenAnswer>; own: string | undefined }
  to: { form: ApplicationForm; own: string }
}

/**
 * What of an earlier application stands in a new one. The parts that partners wrote about themselves stay with them:
 * they are asked anew. Choices among the partners of then mean nobody now.
 */
export function carriedToAnother({ from, to }: Carrying): Cloned {
  const left: Cloned['left'] = []
  const mine = new Map<string, GivenAnswer>()
  for (const [path, given] of from.answers) {
    const at = readPath(path)
    if (!at || isNothing(given)) continue
    if (at.participant !== undefined && at.participant !== from.own) left.push({ path, why: 'of-a-partner' })
    else mine.set(path, given)
  }
  const { answers, aside, changed } = carryOver(from.form, to.form, mine)
  const puttings: Putting[] = []
  for (const [path, given] of answers) {
    const at = readPath(path)!
    const question = at.question === undefined ? undefined : questionOf(to.form, at.section, at.question)
    if (question && choosesPartners(question)) left.push({ path, why: 'of-a-partner' })
    else puttings.push({ path: at.participant ? writePath({ ...at, participant: to.own }) : path, given })
  }
  left.push(...aside.map(({ path, why }) => ({ path, why })))
  return { answers: puttings, left, changed }
}

function isNothing({ text, value }: GivenAnswer): boolean {
  return (text ?? '') === '' && (value ?? null) === null
}

function choosesPartners(question: FormQuestion): boolean {
  return (
    (question.kind === 'choice' || question.kind === 'choices') &&
    'from' in question.options &&
    question.options.from === 'participants'
  )
}
