import type { Answer } from '../application.ts'
import type { BudgetLine } from '../budget/budget-line.ts'

/** The category of the budget in which the management of a project has its share of the lump sum. */
const management = 'management-work-package'

/** Where what a draft tells by itself is written, from the pages of the application. */
export const derivedFrom: Readonly<Record<string, string>> = {
  workPackages: 'sections/work-packages',
  managementPercent: 'budget'
}

/**
 * What rules ask and a draft tells by itself, so that nobody is asked for it twice: how many work packages there are,
 * and which share of the lump sum manages them. What the draft does not tell yet stays open.
 */
export function derivedAnswers(
  answers: ReadonlyMap<string, Answer>,
  lines: readonly BudgetLine[]
): Record<string, number> {
  const packages = answers.get('work-packages')?.value
  const lumpSum = answers.get('budget.lump-sum')?.value
  const shares = lines.flatMap(({ category, cents }) => (category === management ? (cents ?? []) : []))
  const share = shares.reduce((sum, cents) => sum + cents, 0)
  return {
    ...(Array.isArray(packages) && packages.length > 0 && { workPackages: packages.length }),
    // The guide rounds it up.
    ...(typeof lumpSum === 'number' &&
      lumpSum > 0 &&
      shares.length > 0 && { managementPercent: Math.ceil((share * 100) / lumpSum) }) // not of a guide: percent
  }
}
