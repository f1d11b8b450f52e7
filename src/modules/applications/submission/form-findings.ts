import { type Say, type Language, texts } from '#shared/texts/index.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { Lack, SectionProgress } from '../form/completeness.ts'
import { brokenRules } from '../form/cross-field.ts'
import type { Filled, Place } from '../form/filled.ts'
import { problemWords } from '../form/problem-words.ts'
import { readPath, writePath } from '../path.ts'
import type { Finding } from './final-check.ts'

/** What the form still lacks, what is not as it takes it, and which of its rules do not hold. */
export function formFindings(filled: Filled, progress: readonly SectionProgress[]): Finding[] {
  const lacks = progress.flatMap(({ missing, wrong }) => [...missing, ...wrong])
  return [
    ...lacks.map((lack) => lacking(filled, lack)),
    ...brokenRules(filled).map(({ rule, paths }): Finding => ({
      part: 'form',
      weight: rule.severity === 'block' ? 'blocks' : 'advice',
      says: rule.says,
      mend: placeOf(paths[0]!),
      within: { page: pageOf(paths[0]!), says: rule.says }
    }))
  ]
}

function lacking(filled: Filled, { path, place, question, problem }: Lack): Finding {
  const says = inBoth((t, language) => {
    const where = whereOf(filled, place, language)
    const said = problemWords(question, problem, { t, language })
    if (!question) return t('applications-submission.finding.of-section', { where, problem: said })
    const what = question.ask[language]
    return problem.key === 'form.missing' && problem.field === path
      ? t('applications-submission.finding.unanswered', { where, what })
      : t('applications-submission.finding.of-form', { where, what, problem: said })
  })
  const within = inBoth((t, language) => {
    const said = problemWords(question, problem, { t, language })
    if (!question) return said
    const what = question.ask[language]
    return problem.key === 'form.missing' && problem.field === path
      ? what
      : t('applications-submission.finding.on-page', { what, problem: said })
  })
  return {
    ...{ part: 'form', weight: 'blocks', says, mend: placeOf(path) },
    within: { page: pageOf(path), says: within }
  }
}

function whereOf(filled: Filled, { section, participant }: Place, language: Language): string {
  const name = filled.participants.find(({ id }) => id === participant)?.name
  return name ? `${section.title[language]}, ${name}` : section.title[language]
}

/** The page of the form that a field stands on: the path of its section. */
function pageOf(path: string): string {
  const { section, participant } = readPath(path)!
  return writePath({ section, ...(participant !== undefined && { participant }) })
}

/** Where a field is written, from the pages of the application. */
export function placeOf(path: string): string {
  const found = readPath(path)
  if (!found) return ''
  const query = new URLSearchParams({
    ...(found.participant && { participant: found.participant }),
    ...(found.row && { row: found.row })
  }).toString()
  return `sections/${found.section}${query && `?${query}`}#${path}`
}

/** A sentence in both languages. */
export function inBoth(say: (t: Say, language: Language) => string): Words {
  return { en: say(texts('en'), 'en'), lv: say(texts('lv'), 'lv') }
}
