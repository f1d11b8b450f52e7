import type { EligibilityData } from '../programme-data.ts'
import {
  meet,
  usable,
  type BuiltSection,
  type FormScope,
  type QuestionEntry,
  type SectionEntry,
  type SectionItem,
  type SharedFormFile,
  type UsedSection
} from './form-file.ts'

type Path = (string | number)[]

/** A question where it stands: section.question. `path`: in the file that is read; left out: in the shared form. */
type Placed = { place: string; was?: string; scopes: FormScope[]; path?: Path }

/**
 * What is wrong with where questions say they `was`: answers of drafts move by it, so each earlier place has to lead
 * to one question alone (decision 104).
 */
export function movedProblems(
  items: readonly SectionItem[],
  shared: SharedFormFile,
  eligibility?: EligibilityData
): { path: Path; message: string }[] {
  const placed = items.flatMap((item, index) =>
    'build' in item ? ofRules(item, eligibility) : questionsOf(item, index, shared)
  )
  return placed.flatMap((one, index) => {
    if (one.was === undefined) return []
    const others = placed.filter((other) => other !== one && together(one, other))
    const rival = others.find((other) => other.was === one.was && placed.indexOf(other) < index)
    const still = others.find((other) => other.was === undefined && other.place === one.was)
    const at = one.path && [...one.path, 'was']
    return [
      ...said(at, one.was.split('.').length !== 2 && `“${one.was}” is no question: section.question`),
      ...said(at, one.was === one.place && `“${one.was}” is where the question stands`),
      ...said(at ?? rival?.path, rival && `“${one.was}” is where ${rival.place} was as well`),
      ...said(
        at ?? still?.path,
        still && `“${one.was}” is still asked; a question that takes its place says where it was itself`
      )
    ]
  })
}

/** What the shared form says by itself is told where it is read. */
function said(
  path: Path | undefined,
  message: string | false | undefined
): { path: Path; message: string }[] {
  return path && message ? [{ path, message }] : []
}

/** Questions that the rules ask never say that they moved. */
function ofRules(item: BuiltSection, eligibility?: EligibilityData): Placed[] {
  if (item.build !== 'eligibility') return []
  return (eligibility?.questions ?? [])
    .filter(({ key }) => !item.without?.includes(key))
    .map(({ key, editions }) => ({ place: `eligibility.${key}`, scopes: [item, { editions }] }))
}

function questionsOf(item: SectionEntry | UsedSection, index: number, shared: SharedFormFile): Placed[] {
  const path = ['sections', index]
  if (!('use' in item)) return listed(item.id, item.questions, item, [...path, 'questions'])
  const { use, without = [], add = [], ...said } = item
  const used = usable(shared)
    .filter(({ id }) => id === use)
    .flatMap((base) => {
      const kept = base.questions.filter(({ id }) => !without.includes(id))
      return listed(use, kept, { ...base, ...said })
    })
  return [...used, ...listed(use, add, said, [...path, 'add'])]
}

function listed(section: string, entries: readonly QuestionEntry[], scope: FormScope, path?: Path): Placed[] {
  return entries.map((entry, index) => ({
    place: `${section}.${entry.id}`,
    ...(entry.was !== undefined && { was: entry.was }),
    scopes: [scope, entry],
    ...(path && { path: [...path, index] })
  }))
}

function together(one: Placed, other: Placed): boolean {
  return one.scopes.every((scope) => other.scopes.every((another) => meet(scope, another)))
}
