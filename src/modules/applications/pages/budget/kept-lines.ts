/** What a window has of a budget and the server has not yet: in localStorage, which outlives a crash. */
import type { TypedLine } from '../../budget/typed-line.ts'
import { browserTime, goneWindows } from '../../writing/browser-window.ts'

/** A line as it is typed; `version` is the one on the server that was seen last, 0 for none. */
export type KeptLine = { id: string; version: number; typed: TypedLine }

/** The budget, as the address of its API, and who writes there: nobody else is shown or saves what they leave. */
export type BudgetOf = { api: string; person: string }

/** What a window that is gone left, and when it last wrote it down (milliseconds since 1970). */
export type LinesLeft = { view: string; at: number; lines: KeptLine[] }

const prefixOf = ({ api, person }: BudgetOf) => `kopa-unsaved-budget:${person}:${api}:`

/** Writes down what a window has not saved, over what it wrote down before; lets go of it where that is nothing. */
export function keepLines(of: BudgetOf, view: string, lines: readonly KeptLine[]): void {
  const key = prefixOf(of) + view
  try {
    if (lines.length > 0) localStorage.setItem(key, JSON.stringify({ at: browserTime(), lines }))
    else localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing: the page still says what is not saved.
  }
}

/** What windows that are gone did not save, the newest first: of two that have a line, it is the one to go on with. */
export async function linesLeft(of: BudgetOf): Promise<LinesLeft[]> {
  const found: LinesLeft[] = []
  try {
    const isGone = await goneWindows()
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefixOf(of))) continue
      const view = key.slice(prefixOf(of).length)
      const { at, lines } = JSON.parse(localStorage.getItem(key)!) as Omit<LinesLeft, 'view'>
      if (isGone(view, at)) found.push({ view, at, lines })
    }
  } catch {
    // No storage, or what stands there is not ours.
  }
  return found.sort((one, other) => other.at - one.at)
}
