import { euroTyped } from '#shared/design/parse-euro.ts'
import { plannedFrom, type TypedLine } from '../../budget/typed-line.ts'
import type { BudgetLine } from '../../budget/budget-line.ts'
import { newRow } from '../../path.ts'
import { abandonedAfter, keptEvery, standAsWindow, viewNumber } from '../../writing/browser-window.ts'
import { writerHeader } from '../../writing/wire.ts'
import { type BudgetOf, type KeptLine, keepLines, linesLeft } from './kept-lines.ts'

/** How a line stands between this browser and the server. */
export type RowState =
  | { state: 'saved' | 'saving' | 'new' | 'waiting' | 'offline' | 'gone' }
  | { state: 'failed'; why: string; fields: Record<string, string> }
  | { state: 'changed'; theirs: TypedLine }

/** A line on the page. */
export type Row = KeptLine & { at: RowState }

type Problems = {
  problems?: { path: string; message: Record<string, string> }[]
  detail?: string
  current?: { version: number; line?: Record<string, unknown> }
}

/** How long after the last key a line is saved. */
const patience = 1200 // not of a guide: milliseconds

/** The lines of a budget while somebody works on them: saved one by one, never lost while they are not. */
export class Rows {
  all = $state<Row[]>([])
  readonly #of: BudgetOf
  readonly #language: string
  readonly #view = viewNumber()
  // Nothing is drawn from these two, so nothing has to be told when they change.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #running = new Set<string>()

  #keepAgain: ReturnType<typeof setTimeout> | undefined
  #left = false

  /** Settles when the new lines that were sent so far are there. */
  #added: Promise<unknown> = Promise.resolve()

  constructor(of: BudgetOf, language: string, lines: KeptLine[]) {
    this.#of = of
    this.#language = language
    this.all = lines.map((line) => ({ ...line, typed: { ...line.typed }, at: { state: 'saved' } }))
  }

  /** The lines as they stand in the fields, for computing. */
  get planned(): BudgetLine[] {
    return this.all.map(({ id, typed }) => ({ ...plannedFrom(typed), id }))
  }

  add(typed: TypedLine, id = newRow()): Row {
    this.all.push({ id, version: 0, typed, at: { state: 'new' } })
    return this.all.at(-1)!
  }

  /** Something was typed: the line is saved soon after the last key. */
  edited(row: Row): void {
    row.at = { state: 'waiting' }
    this.#keepHere()
    clearTimeout(this.#timers.get(row.id))
    this.#timers.set(
      row.id,
      setTimeout(() => void this.save(row), patience)
    )
  }

  async save(row: Row): Promise<void> {
    clearTimeout(this.#timers.get(row.id))
    if (this.#running.has(row.id)) return this.edited(row)
    this.#running.add(row.id)
    row.at = { state: 'saving' }
    const typed = JSON.stringify(row.typed)
    const sent = JSON.stringify({ seen: row.version, line: row.typed })
    try {
      const answer = await this.#inTurn(row, () =>
        fetch(`${this.#of.api}/lines/${row.id}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json', [writerHeader]: this.#of.person },
          body: sent
        })
      )
      this.#running.delete(row.id)
      await this.#settle(row, answer, typed)
    } catch {
      this.#running.delete(row.id)
      row.at = { state: 'offline' }
      this.#timers.set(
        row.id,
        setTimeout(() => void this.save(row), patience * 4)
      )
    }
    this.#keepHere()
  }

  /** New lines go one after another, so that those pasted together stand in the order in which they were pasted. */
  #inTurn(row: Row, send: () => Promise<Response>): Promise<Response> {
    if (row.version > 0) return send()
    const mine = this.#added.then(send)
    this.#added = mine.catch(() => undefined)
    return mine
  }

  async #settle(row: Row, answer: Response, sent: string): Promise<void> {
    const body = (await answer.json()) as { version: number } & Problems
    if (answer.ok) {
      row.version = body.version
      if (JSON.stringify(row.typed) === sent) row.at = { state: 'saved' }
      else this.edited(row)
      return
    }
    if (answer.status === 409 && body.current?.line) {
      row.version = body.current.version
      row.at = { state: 'changed', theirs: typedFrom(body.current.line) }
    } else if (answer.status === 409 && body.current) {
      row.version = body.current.version
      row.at = { state: 'gone' }
    } else {
      const said = (body.problems ?? []).map(
        ({ path, message }) => [path.replace(/^line\./, ''), message[this.#language] ?? ''] as const
      )
      row.at = { state: 'failed', why: said[0]?.[1] ?? body.detail ?? '', fields: Object.fromEntries(said) }
    }
  }

  /** Takes what the other wrote in place of one's own. */
  takeTheirs(row: Row): void {
    if (row.at.state !== 'changed') return
    row.typed = { ...row.at.theirs }
    row.at = { state: 'saved' }
    this.#keepHere()
  }

  async remove(row: Row): Promise<void> {
    clearTimeout(this.#timers.get(row.id))
    if (row.version > 0 && row.at.state !== 'gone') {
      const answer = await fetch(`${this.#of.api}/lines/${row.id}?seen=${row.version}`, {
        method: 'DELETE',
        headers: { [writerHeader]: this.#of.person }
      }).catch(() => undefined)
      if (!answer) {
        row.at = { state: 'offline' }
        return
      }
      if (!answer.ok) return this.#settle(row, answer, '')
    }
    this.all = this.all.filter(({ id }) => id !== row.id)
    this.#keepHere()
  }

  /** What is not safe yet stays in this browser, and is there again after it was closed. */
  #keepHere(): void {
    clearTimeout(this.#keepAgain)
    const open = this.all.filter(({ at }) => at.state !== 'saved')
    keepLines(
      this.#of,
      this.#view,
      open.map(({ id, typed, version }) => ({ id, typed, version }))
    )
    if (open.length > 0 && !this.#left) this.#keepAgain = setTimeout(() => this.#keepHere(), keptEvery)
  }

  /** Takes up what windows that are gone did not save. @returns to be called when the page is left */
  recall(): () => void {
    const leave = standAsWindow(this.#view)
    void this.#takeUp()
    // A window that died a moment ago may be taken for an open one until then.
    const again = setTimeout(() => void this.#takeUp(), abandonedAfter)
    return () => {
      this.#left = true
      clearTimeout(this.#keepAgain)
      clearTimeout(again)
      leave()
    }
  }

  async #takeUp(): Promise<void> {
    for (const { view, lines } of await linesLeft(this.#of)) {
      // A line that is being written here is not written over: what was left of it waits for the next visit.
      const later = lines.filter(({ id }) => this.#isOpen(id))
      if (later.length === lines.length) continue
      keepLines(this.#of, view, later)
      for (const line of lines) if (!later.includes(line)) this.#take(line)
    }
  }

  #isOpen(id: string): boolean {
    return this.all.some((row) => row.id === id && row.at.state !== 'saved')
  }

  #take({ id, typed, version }: KeptLine): void {
    const row = this.all.find((one) => one.id === id)
    if (row) Object.assign(row, { typed: { ...typed }, version })
    this.edited(row ?? this.add({ ...typed }, id))
  }
}

/** A line as the server shows it, in the fields of the page. */
function typedFrom(line: Record<string, unknown>): TypedLine {
  const fields = Object.entries(line).filter(
    ([name]) => !['id', 'version', 'changedBy', 'changedAt'].includes(name)
  )
  return Object.fromEntries(
    fields.map(([name, value]) => [name, name === 'cents' ? euroTyped(Number(value)) : String(value)])
  )
}
