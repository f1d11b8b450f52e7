import type { Problem } from '#shared/forms/refused.ts'
import type { Words } from '#shared/rules/vocabulary.ts'

/** The parts of the final check, in the order in which they are shown. */
export const checkedParts = ['form', 'consortium', 'eligibility', 'budget', 'declaration'] as const
export type CheckedPart = (typeof checkedParts)[number]

/** Something that the final check found. */
export type Finding = {
  part: CheckedPart
  /** `blocks`: it cannot be handed in like that. `advice`: it can, but somebody should look. */
  weight: 'blocks' | 'advice'
  /** What it is, as a text of the product or in the words of the programme. */
  says: Pick<Problem, 'key' | 'args'> | Words
  /** Where it is mended, from the pages of the application: 'project', 'budget', 'consortium'. */
  mend: string
  /** Of the form: the page of it (`section` or `section@participant`), and what it is for whoever reads that there. */
  within?: { page: string; says: Words }
}

/** What keeps an application from being handed in, as problems of a form: each names the place where it is mended. */
export function problemsOf(findings: readonly Finding[]): Problem[] {
  return findings.flatMap(({ weight, says, mend }): Problem[] => {
    if (weight !== 'blocks') return []
    if ('key' in says) return [{ field: mend, ...says }]
    return [{ field: mend, key: 'applications-submission.problem.in-the-way', words: says }]
  })
}

/** Whether nothing keeps it from being handed in. */
export function mayBeSubmitted(findings: readonly Finding[]): boolean {
  return findings.every(({ weight }) => weight !== 'blocks')
}
