import { problemSentence, problemText } from '../../input-problem.ts'
import type { CheckPage } from './check-page.ts'
import type { Choices } from './choices.ts'
import type { FieldProblem } from './read-draft.ts'

/** What is wrong and where, in the words of the form: its labels, not the names a file would use. */
export function formProblem(problem: FieldProblem, page: CheckPage, choices: Choices): string {
  return problemText(labelled(problem, page, choices), page.t)
}

/** The sentence alone, to stand at the field. */
export function formSentence(problem: FieldProblem, page: CheckPage, choices: Choices): string {
  return problemSentence(labelled(problem, page, choices), page.t)
}

const labels = {
  name: 'check.name',
  country: 'check.country',
  type: 'check.type',
  role: 'check.role',
  functions: 'check.functions',
  charter: 'check.charter',
  establishedOn: 'check.established',
  nonProfit: 'check.non-profit',
  europeanNgo: 'check.european-ngo',
  independentOf: 'check.independent',
  durationMonths: 'check.duration',
  grantEur: 'check.grant'
} as const

function labelled(problem: FieldProblem, { t, language }: CheckPage, { questions }: Choices): FieldProblem {
  const { field } = problem
  // A file is read in its own words.
  if (field === 'file' || field === 'paste' || problem.args.field === undefined) return problem
  const name = field.split('.').at(-1)!
  const question = field.startsWith('answers.') && questions.find(({ key }) => key === name)
  const label = question
    ? question.ask[language]
    : Object.hasOwn(labels, name)
      ? t(labels[name as keyof typeof labels])
      : undefined
  return label === undefined ? problem : { ...problem, args: { ...problem.args, field: label } }
}
