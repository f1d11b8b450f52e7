import type { Outline } from '../../application.ts'
import type { SectionProgress } from '../../form/completeness.ts'
import type { Language } from '#shared/texts/language.ts'
import { sectionAddress } from '../application-page.ts'

/** How far something is: a word for it stands in the texts. `optional`: nothing stands there, and nothing must. */
export type TaskState = 'empty' | 'begun' | 'complete' | 'wrong' | 'optional'

/** One organisation's part of a section that each fills for itself. */
export type PartTask = Progress & { name: string; own: boolean; href: string }

export type Progress = { state: TaskState; required: number; answered: number; asked: number; wrong: number }

/** A section on the task list. */
export type SectionTask = Progress & { id: string; title: string; href: string; parts: PartTask[] }

/** The sections of the form as tasks, in their order; a section of participants has a part for each. */
export function tasksOf(
  progress: readonly SectionProgress[],
  { outline, own, language }: { outline: Outline; own: string; language: Language }
): SectionTask[] {
  const sections = new Map<string, SectionProgress[]>()
  for (const one of progress) {
    sections.set(one.section.id, [...(sections.get(one.section.id) ?? []), one])
  }
  return [...sections.values()].map((parts) => {
    const { section } = parts[0]!
    const address = (participant?: string) =>
      sectionAddress(language, outline.code, { section: section.id, participant })
    return {
      id: section.id,
      title: section.title[language],
      href: address(),
      ...together(parts),
      parts: parts.flatMap((part) => {
        const participant = outline.participants.find(({ id }) => id === part.participant)
        if (!participant) return []
        const { id, name } = participant
        return { ...progressOf(part), name, own: id === own, href: address(id) }
      })
    }
  })
}

/** How far a part of the form is. */
export function progressOf(part: SectionProgress): Progress {
  return {
    state: stateOf(part),
    required: part.required,
    answered: part.requiredAnswered,
    asked: part.asked,
    wrong: part.wrong.length
  }
}

function stateOf({ wrong, state, answered, places, section }: SectionProgress): TaskState {
  if (wrong.length > 0) return 'wrong'
  const untouched = answered === 0 && !(section.repeats && places.length > 0)
  return state === 'complete' && untouched ? 'optional' : state
}

/** Of several parts the whole: complete when all are. */
function together(parts: readonly SectionProgress[]): Progress {
  const all = parts.map(progressOf)
  const sum = (count: (part: Progress) => number) => all.reduce((total, part) => total + count(part), 0)
  const states = new Set(all.map(({ state }) => state))
  return {
    state: states.has('wrong') ? 'wrong' : states.size === 1 ? all[0]!.state : 'begun',
    required: sum(({ required }) => required),
    answered: sum(({ answered }) => answered),
    asked: sum(({ asked }) => asked),
    wrong: sum(({ wrong }) => wrong)
  }
}
