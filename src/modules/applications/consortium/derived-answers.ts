import type { Answer } from '../application.ts'
import type { BudgetLine } from '../budget/budget-line.ts'

/** The category of the budget in which the management of a project has its share of the lump sum. */
const management = 'management-work-package'

/** Where what a draft tells by itself is written, from the pages of the application. */
export const derivedFrom: Readonly<Record<string, string>> = {
  workPackages: 'sections/work-packages',
  managementPercent: 'budget'
}

/** A question of the programme, as far as a budget may answer it. */
type Asked = { key: string; budget?: readonly string[] }

/**
 * What rules ask and a draft tells by itself, of the questions of its action, so that nobody is asked for it twice: how
 * many work packages there are, which share of the lump sum manages them, and whether there is money for something.
 * What the draft does not tell yet stays open; a budget that has lines goes before what was answered by hand.
 */
export function derivedAnswers(
  answers: ReadonlyMap<string, Answer>,
  lines: readonly BudgetLine[],
  questions: readonly Asked[]
): Record<string, number | boolean> {
  const packages = answers.get('work-packages')?.value
  const lumpSum = answers.get('budget.lump-sum')?.value
  const shares = lines.flatMap(({ category, cents }) => (category === management ? (cents ?? []) : []))
  const share = shares.reduce((sum, cents) => sum + cents, 0)
  const told: Record<string, number | boolean> = {
    ...(Array.isArray(packages) && packages.length > 0 && { workPackages: packages.length }),
    // The guide rounds it up.
    ...(typeof lumpSum === 'number' &&
      lumpSum > 0 &&
      shares.length > 0 && { managementPercent: Math.ceil((share * 100) / lumpSum) }) // not of a guide: percent
  }
  const asked = questions.flatMap(({ key, budget }): [string, number | boolean][] => {
    if (key in told) return [[key, told[key]!]]
    if (!budget || lines.length === 0) return []
    return [[key, lines.some(({ category }) => budget.includes(category))]]
  })
  return Object.fromEntries(asked)
}
