import type { Words } from '#shared/rules/vocabulary.ts'
import { texts } from '#shared/texts/index.ts'
import type { CheckReport } from './check-report.server.ts'
import { problemText, type InputProblem } from './input-problem.ts'

/** A problem or warning of what was given, in words of both languages. */
export type SpokenProblem = { path: string; message: Words; line?: number; column?: number }

/** A report with what was odd in the file it answers: unknown fields, a name cleaned. */
export type CheckAnswer = CheckReport & { inputWarnings: SpokenProblem[] }

export function spokenProblem(problem: InputProblem): SpokenProblem {
  const { path, line, column } = problem
  return {
    path,
    message: { en: problemText(problem, texts('en')), lv: problemText(problem, texts('lv')) },
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column })
  }
}

/** What a machine is answered, the same through API, command line and download: one report, or a list of them. */
export function checkAnswer(
  reports: readonly CheckReport[],
  asked: { action?: string },
  warnings: readonly InputProblem[]
): CheckAnswer | CheckAnswer[] {
  const inputWarnings = warnings.map(spokenProblem)
  const answers = reports.map((report) => ({ ...report, inputWarnings }))
  return asked.action === undefined ? answers : answers[0]!
}
