import { type InputProblem, problemSentence } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import { texts } from '#shared/texts/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { Outline, Participant } from '../application.ts'
import { eachOnce } from './consortium-of.ts'

/** Why a rule cannot read something of a draft, in a sentence; of a participant its name stands before it. */
export function unreadWords(problem: InputProblem, outline: Pick<Outline, 'participants'>): Words {
  const place = unreadOf(problem, outline)?.name
  const said = problemWords(problem)
  if (place === undefined) return said
  const placed = (language: Language) => texts(language)('input.placed', { place, sentence: said[language] })
  return { lv: placed('lv'), en: placed('en') }
}

/** The reason by itself; the fields of consortium files are called what people call them. */
export function problemWords(problem: InputProblem): Words {
  const say = (language: Language) => {
    const t = texts(language)
    const named = /^(durationMonths|grantEur)$/.exec(problem.path)?.[1] as 'durationMonths' | undefined
    const field = named && t(`rules.missing.${named}`)
    return problemSentence({ ...problem, args: { ...problem.args, ...(field && { field }) } }, t)
  }
  return { lv: say('lv'), en: say('en') }
}

/** The participant of whom something cannot be read; the check knows them by their positions. */
export function unreadOf(
  { path }: InputProblem,
  { participants }: Pick<Outline, 'participants'>
): Participant | undefined {
  const position = /^partners\[(\d+)\]/.exec(path)?.[1]
  return position === undefined ? undefined : eachOnce(participants)[Number(position)]
}
