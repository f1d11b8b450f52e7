import { error, fail, redirect } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { refuseForm, refuseLoad, spoken } from '#shared/forms/page-answer.ts'
import { readInput, typedIn } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { usualLimits } from '#shared/spreadsheets/cells.ts'
import { type Language, formatMoney, formatNumber, texts } from '#shared/texts/index.ts'
import { replaceBudget } from '../../actions/replace-budget.ts'
import { mayWriteLines } from '../../actions/save-budget-line.ts'
import { type BudgetAtWork } from '../../budget/budget-at-work.server.ts'
import { wholeBudget } from '../../budget/budget-input.server.ts'
import type { BudgetLine, PlannedCost } from '../../budget/budget-line.ts'
import { lineOf } from '../../budget/budget-store.server.ts'
import { shownName } from '../../budget/budget-sheet.server.ts'
import { computeBudget } from '../../budget/compute-budget.ts'
import { differenceBetween } from '../../budget/difference.ts'
import { linesOfSheet } from '../../budget/import-sheet.server.ts'
import { type SheetField, sheetLayout } from '../../budget/sheet-columns.ts'
import type { Draft } from '../../draft.server.ts'
import { budgetAtWork } from '../../reads.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { application: string }
  url: URL
}

/** A line in the difference: what it is called, and which fields become what. */
export type ShownLine = { name: string; fields: { label: string; before?: string; after?: string }[] }

/** What would become of the budget, in words; `lines` is what confirming it sends. */
export type ShownDifference = {
  seen: string
  lines: string
  added: ShownLine[]
  changed: ShownLine[]
  removed: ShownLine[]
  leftAlone: number
  grant: { before: string; after: string }
}

export async function load(event: Event) {
  const { outline, access } = await atHand(event)
  if (access.participant.state !== 'accepted') return refuseLoad(refused('not-allowed'), event)
  return { code: outline.code, title: outline.title }
}

export const actions = {
  show: async (event: Event & { request: Request }) => {
    const { language } = event.locals
    const t = texts(language)
    const form = await event.request.formData()
    const found = await atHand(event)
    const file = form.get('file')
    if (!(file instanceof File) || file.size === 0) {
      return fail(422, { problems: [{ field: 'file', message: t('applications-budget.problem.no-file') }] })
    }
    if (file.size > usualLimits.bytes) error(413, { message: 'too large' })
    const read = await linesOfSheet(found, new Uint8Array(await file.arrayBuffer()), language)
    if ('problems' in read) {
      const problems = read.problems.slice(0, 50).map((message) => ({ field: 'file', message }))
      return fail(422, { problems })
    }
    return { problems: [], difference: shown(found, read.lines, language) }
  },
  apply: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const typed = typedIn(await event.request.formData())
    const given = readInput(wholeBudget, { seen: typed.seen, lines: parsed(String(typed.lines)) })
    if ('problems' in given) return refuseForm(refused('invalid', given), event, { seen: '' })
    const lines = given.data.lines.map(({ id, line }) => ({ ...line, id }))
    const { application } = event.params
    const done = await replaceBudget(app, caller, application, { seen: given.data.seen, lines })
    if (!isRefused(done)) redirect(303, `/${language}/applications/${application}/budget`)
    if (done.refused !== 'changed') return refuseForm(done, event, { seen: '' })
    const problems = spoken([{ field: '', key: 'applications-budget.problem.meanwhile' }], language)
    return fail(409, { problems, difference: shown(await atHand(event), lines, language) })
  }
}

async function atHand(event: Event): Promise<Draft & BudgetAtWork> {
  const { app, caller } = event.locals
  const found = await budgetAtWork(app, caller, event.params.application)
  return isRefused(found) ? refuseLoad(found, event) : found
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** The difference between what stands and what was read, with what becomes of the grant. */
function shown(at: Draft & BudgetAtWork, lines: readonly BudgetLine[], language: Language): ShownDifference {
  const before = at.lines.map(lineOf)
  const difference = differenceBetween(before, lines, (participant) => mayWriteLines(at.access, participant))
  const { added, changed, removed, leftAlone } = difference
  const gone = new Set([...removed, ...changed.map((one) => one.before)].map(({ id }) => id))
  const after = [...before.filter(({ id }) => !gone.has(id)), ...added, ...changed.map((one) => one.after)]
  const grant = computeBudget(at.rules, { ...at.draft, lines: after }).grant
  const say = (one: BudgetLine | undefined, other: BudgetLine | undefined) =>
    shownLine(at, one, other, language)
  return {
    seen: at.state,
    lines: JSON.stringify(lines.map(({ id, ...line }) => ({ id, line }))),
    added: added.map((line) => say(undefined, line)),
    changed: changed.map((one) => say(one.before, one.after)),
    removed: removed.map((line) => say(line, undefined)),
    leftAlone: leftAlone.length,
    grant: { before: formatMoney(at.budget.grant, language), after: formatMoney(grant, language) }
  }
}

/** Amounts and numbers as the reader's language writes them. */
export function shownLine(
  at: BudgetAtWork,
  before: BudgetLine | undefined,
  after: BudgetLine | undefined,
  language: Language
): ShownLine {
  const t = texts(language)
  const line = (after ?? before)!
  const text = (of: PlannedCost | undefined, name: SheetField): string | undefined => {
    if (of?.[name] === undefined || of[name] === '') return undefined
    if (name === 'category' || name === 'participant' || name === 'workPackage') {
      return shownName(at, name, String(of[name]), language)
    }
    if (name === 'cents') return formatMoney(of.cents!, language)
    if (name === 'staff') return t(`applications-budget.staff.${of.staff!}`)
    if (name === 'kind') return t(`applications-budget.kind.${of.kind!}`)
    if (name === 'travel') return t(`applications-budget.travel.${of.travel!}`)
    const value = of[name]
    return typeof value === 'number' ? formatNumber(value, language) : value
  }
  const lines = [before, after].filter((one) => one !== undefined)
  const { columns } = sheetLayout(at.rules, { ...at.draft, lines })
  const fields = columns.flatMap(({ name, label }) => {
    const [was, is] = [text(before, name), text(after, name)]
    if (was === is) return []
    return [
      {
        label: t(`applications-budget.column.${label}`),
        ...(was !== undefined && { before: was }),
        ...(is !== undefined && { after: is })
      }
    ]
  })
  const category = shownName(at, 'category', line.category, language)
  return { name: [category, line.title].filter(Boolean).join(' · '), fields }
}
