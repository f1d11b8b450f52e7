import type { CategoryRule, FormQuestion, FormSection } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import { formatList } from '#shared/texts/format.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import type { SectionProgress } from '../form/completeness.ts'
import { type Filled, valueOf } from '../form/filled.ts'
import { writePath } from '../path.ts'
import type { Finding } from './final-check.ts'
import { inBoth, placeOf } from './form-findings.ts'

type Planned = {
  lines: readonly Pick<BudgetLine, 'category'>[]
  categories: readonly Pick<CategoryRule, 'id' | 'names'>[]
}

/**
 * Where form and budget contradict each other: an answer by lines that say the opposite, and what is described without
 * money, or paid for and not described. Which belong together the programme says (`budget` of a question or a section).
 */
export function budgetAgainstForm(
  filled: Filled,
  progress: readonly SectionProgress[],
  planned: Planned
): Finding[] {
  // While nothing is planned the budget says nothing.
  if (planned.lines.length === 0) return []
  return progress.flatMap((page) => [...answersAgainst(filled, page, planned), ...rowsAgainst(page, planned)])
}

function answersAgainst(filled: Filled, { section, paths }: SectionProgress, planned: Planned): Finding[] {
  return section.questions.flatMap((question): Finding[] => {
    const path = writePath({ section: section.id, question: question.id })
    const answer = valueOf(filled.answers.get(path))
    if (!question.budget || !paths.includes(path) || typeof answer !== 'boolean') return []
    const there = isPlanned(question.budget, planned)
    if (there === answer) return []
    return [
      {
        part: 'budget',
        // Who says no does not see the questions about it: money would be asked for what nobody describes.
        weight: there ? 'blocks' : 'advice',
        says: saidOf(
          there ? 'answered-no' : 'answered-yes',
          { section, question, budget: question.budget },
          planned
        ),
        mend: placeOf(path)
      }
    ]
  })
}

function rowsAgainst({ section, path, places }: SectionProgress, planned: Planned): Finding[] {
  const { budget } = section
  if (!budget || !section.repeats) return []
  const there = isPlanned(budget, planned)
  if (there === places.length > 0) return []
  const says = saidOf(there ? 'not-described' : 'not-planned', { section, budget }, planned)
  return [{ part: 'budget', weight: 'advice', says, mend: there ? placeOf(path) : 'budget' }]
}

function isPlanned(budget: readonly string[], { lines }: Planned): boolean {
  return lines.some(({ category }) => budget.includes(category))
}

type About = { section: FormSection; question?: FormQuestion; budget: readonly string[] }

function saidOf(
  how: 'answered-no' | 'answered-yes' | 'not-described' | 'not-planned',
  { section, question, budget }: About,
  { lines, categories }: Planned
): Words {
  const meant = categories.filter(({ id }) => budget.includes(id))
  const used = meant.filter(({ id }) => lines.some(({ category }) => category === id))
  return inBoth((t, language) =>
    t(`applications-submission.finding.budget.${how}`, {
      where: section.title[language],
      what: question?.ask[language] ?? '',
      category: formatList(
        (used.length > 0 ? used : meant).map(({ names }) => names[language]),
        language
      )
    })
  )
}
