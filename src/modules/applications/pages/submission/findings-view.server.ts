import { spoken } from '#shared/forms/page-answer.ts'
import type { Language } from '#shared/texts/language.ts'
import { type SectionProgress, sectionsDone } from '../../form/completeness.ts'
import { type CheckedPart, type Finding, checkedParts } from '../../submission/final-check.ts'
import { applicationAddress, sectionAddress } from '../application-page.ts'
import { type Progress, progressOf } from '../overview/tasks.ts'

/** Something that was found, with the way to where it is mended. */
export type FoundView = { says: string; href: string }

/** What was found in one place: of the form a page of it, of other parts all of the part. */
export type FindingGroup = {
  id: string
  /** Of the form: its section, and whose part it is where each organisation fills its own. */
  title: string | undefined
  of: string | undefined
  href: string | undefined
  /** How far it is, as everywhere. */
  progress: Progress | undefined
  found: FoundView[]
}

export type FindingPart = { part: CheckedPart; count: number; groups: FindingGroup[] }

type Around = {
  code: string
  language: Language
  progress: readonly SectionProgress[]
  participants: readonly { id: string; name: string }[]
  /** Whose page the reader may open: its own people do, and the coordinator's. */
  opens: (participant: string) => boolean
}

/** What was found, by the part of the application, and of the form by its pages in their order. */
export function findingParts(findings: readonly Finding[], around: Around): FindingPart[] {
  return checkedParts.flatMap((part) => {
    const of = findings.filter((finding) => finding.part === part)
    if (of.length === 0) return []
    const pages = part === 'form' ? around.progress.map((page) => pageGroup(page, of, around)) : []
    const elsewhere = of.filter(({ within }) => !around.progress.some(({ path }) => path === within?.page))
    const rest: FindingGroup[] = [
      {
        ...{ id: part, title: undefined, of: undefined, href: undefined, progress: undefined },
        found: elsewhere.map((finding) => foundView(finding, finding.says, around))
      }
    ]
    const groups = [...pages, ...rest].filter(({ found }) => found.length > 0)
    return [{ part, count: of.length, groups }]
  })
}

function pageGroup(page: SectionProgress, findings: readonly Finding[], around: Around): FindingGroup {
  const { section, participant, path } = page
  const { language, code, participants } = around
  return {
    id: path,
    title: section.title[language],
    of: participants.find(({ id }) => id === participant)?.name,
    href: sectionAddress(language, code, { section: section.id, participant }),
    progress: progressOf(page),
    found: findings.flatMap((finding) =>
      finding.within?.page === path ? [foundView(finding, finding.within.says, around)] : []
    )
  }
}

function foundView({ mend }: Finding, says: Finding['says'], { code, language, opens }: Around): FoundView {
  const participant = /^consortium\/([^#]+)/.exec(mend)?.[1]
  const way = participant === undefined || opens(participant) ? mend : 'consortium'
  return {
    says: 'key' in says ? spoken([{ field: '', ...says }], language)[0]!.message : says[language],
    href: applicationAddress(language, code, way)
  }
}

/** How far the form is as a whole. */
export function formProgress(progress: readonly SectionProgress[]) {
  const sum = (count: (page: SectionProgress) => number) =>
    progress.reduce((total, page) => total + count(page), 0)
  return {
    answered: sum(({ requiredAnswered }) => requiredAnswered),
    required: sum(({ required }) => required),
    ...sectionsDone(progress)
  }
}
