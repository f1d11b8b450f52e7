import {
  type ConsortiumRequest,
  type InputProblem,
  type Knowledge,
  readConsortium
} from '#modules/programmes'
import type { WrittenConsortium } from './consortium-of.ts'

/** A draft as the reader of consortium files read it. */
export type ReadDraft = {
  /** Undefined when it cannot be read, whatever is left out of it. */
  request: ConsortiumRequest | undefined
  /** What could not be read, with the reader's reasons: left out, it is not known. */
  unread: InputProblem[]
}

/** What is left of a draft: any value of it may be unknown by now. */
type Left = Record<string, unknown> & Pick<WrittenConsortium, 'partners' | 'answers'>

/** Reads the consortium of a draft as a file is read. Of what cannot be read only that value is left out, and told. */
export function readDraft(
  written: WrittenConsortium,
  knowledge: Knowledge,
  asked: { action: string; edition: number }
): ReadDraft {
  const unread: InputProblem[] = []
  let left: Left | undefined = written
  while (left) {
    const { request, problems } = readConsortium(left, knowledge, { asked })
    if (request) return { request, unread }
    unread.push(...problems.filter(({ key }) => key !== 'input.more-problems'))
    left = withoutValues(left, problems)
  }
  return { request: undefined, unread }
}

/** The same with those values unknown that are in the way; undefined when none of them is a value by itself. */
function withoutValues(written: Left, problems: readonly InputProblem[]): Left | undefined {
  const left = {
    ...written,
    partners: written.partners.map((partner) => ({ ...partner })),
    answers: { ...written.answers }
  }
  const taken = problems.filter(({ path }) => {
    const [group, key] = valueAt(left, path)
    if (!group || key === undefined || (group[key] ?? null) === null) return false
    group[key] = null
    return true
  })
  return taken.length > 0 ? left : undefined
}

/** The value that a path of the reader leads to: of the whole, of an organisation, or an answer. */
function valueAt(written: Left, path: string): [group: Record<string, unknown> | undefined, key?: string] {
  const [, partner, of] = /^partners\[(\d+)\]\.(\w+)/.exec(path) ?? []
  if (partner !== undefined) return [written.partners[Number(partner)], of]
  const answer = /^answers\.(.+)$/.exec(path)?.[1]
  if (answer !== undefined) return [written.answers, answer]
  return /^(?:field|durationMonths|grantEur)$/.test(path) ? [written, path] : [undefined]
}
