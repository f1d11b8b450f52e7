import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { CopyOutCell, CopyOutColumn, CopyOutTable } from '../form/copy-out-table.ts'
import type { Part } from './budget.ts'
import type { BudgetAtWork } from './budget-at-work.server.ts'
import { type BudgetLine, quantities } from './budget-line.ts'
import { categoryName, columnLabel, optionLabel } from './budget-words.ts'

type Wording = { language: Language; t: Say<KeysOf<'site' | 'applications-budget' | 'applications-editor'>> }
type Of = Pick<BudgetAtWork, 'rules' | 'draft' | 'budget'>

/**
 * The budget as tables to copy: how the money is shared out, by work package where a lump sum is, else by category,
 * and by participant; then every line with its quantities. None while nothing is planned.
 */
export function budgetTables(of: Of, wording: Wording): CopyOutTable[] {
  if (of.budget.parts.length === 0) return []
  return [...sharedOut(of, wording), ...linesTables(of, wording)]
}

type Amount = 'cost' | 'grant'
type Named = { id: string | undefined; label: string }

/** One table where all that is planned is granted, else what is planned and what is granted. */
function sharedOut(of: Of, wording: Wording): CopyOutTable[] {
  const { t } = wording
  const by = inPackages(of) ? 'work-package' : 'category'
  const title = t(`applications-editor.copy-out.by.${by}`)
  const table = (amount: Amount, path: string, named: string): CopyOutTable => {
    const crossing =
      by === 'category'
        ? { first: 'category', rows: categoriesIn(of, wording), keyOf: ({ category }: Part) => category }
        : { first: 'workPackage', rows: packagesIn(of, t), keyOf: packageOf(of) }
    return { path, title: named, ...crossed(of, { ...crossing, amount }, t) }
  }
  if (of.budget.cost === of.budget.grant) return [table('grant', 'budget:shares', title)]
  return [
    table('cost', 'budget:planned', `${title}: ${t('applications-budget.column.cost')}`),
    table('grant', 'budget:shares', `${title}: ${t('applications-budget.column.grant')}`)
  ]
}

/** A lump sum is shared out by work package, where there are any: so does the official form ask. */
function inPackages({ rules, budget }: Of): boolean {
  const model = rules.funding.find(({ sure }) => sure)?.model
  const isLump = model === 'lump-sum' || model === 'lump-sum-of-budget'
  return isLump && budget.parts.some(({ line }) => line.workPackage !== undefined)
}

type Crossing = {
  /** What the rows are. */
  first: string
  rows: readonly Named[]
  keyOf: (part: Part) => string | undefined
  amount: Amount
}

/** Sums by row and participant, with those of each row, of each participant, and their shares of the whole. */
function crossed(
  { draft, budget: { parts } }: Of,
  { first, rows, keyOf, amount }: Crossing,
  t: Wording['t']
): Pick<CopyOutTable, 'columns' | 'rows'> {
  const spenders = draft.participants.filter(({ id }) => parts.some(({ line }) => line.participant === id))
  const sum = (of: readonly Part[]) => of.reduce((all, part) => all + part[amount], 0)
  const whole = sum(parts)
  const share = (cents: number): CopyOutCell => (whole > 0 ? cents / whole : '')
  const of = (id: string, among: readonly Part[]) => among.filter(({ line }) => line.participant === id)
  const ofRows = rows.flatMap(({ id, label }): CopyOutCell[][] => {
    const own = parts.filter((part) => keyOf(part) === id)
    if (own.length === 0 && id === undefined) return []
    return [[label, ...spenders.map((one) => sum(of(one.id, own))), sum(own), share(sum(own))]]
  })
  const money = (label: string): CopyOutColumn => ({ label, kind: 'money' })
  return {
    columns: [
      { label: columnLabel(first, t), kind: 'text' },
      ...spenders.map(({ name }) => money(name)),
      money(t('applications-budget.lines.sum')),
      { label: t('applications-editor.copy-out.share'), kind: 'share' }
    ],
    rows: [
      ...ofRows,
      [
        t('applications-budget.lines.sum'),
        ...spenders.map(({ id }) => sum(of(id, parts))),
        whole,
        share(whole)
      ]
    ]
  }
}

function packagesIn({ draft }: Of, t: Wording['t']): Named[] {
  return [
    ...draft.workPackages.map(({ id, title }, at) => ({ id, label: `${at + 1}. ${title}`.trim() })),
    { id: undefined, label: t('applications-budget.view.none') }
  ]
}

/** The work package that a part names; one that was removed is none. */
function packageOf({ draft }: Of): (part: Part) => string | undefined {
  const there = new Set(draft.workPackages.map(({ id }) => id))
  return ({ line: { workPackage } }) =>
    workPackage !== undefined && there.has(workPackage) ? workPackage : undefined
}

/** In the order of the rules; those that have money. */
function categoriesIn({ rules, budget }: Of, { t, language }: Wording): Named[] {
  const order = (id: string) => rules.categories.findIndex((one) => one.id === id)
  return [...new Set(budget.parts.map(({ category }) => category))]
    .toSorted((one, other) => order(one) - order(other))
    .map((id) => ({ id, label: categoryName(rules, id, { t, language, rules }) }))
}

/** The lines: of a lump sum all in one table, else those of each category, as the official form asks for them. */
function linesTables(of: Of, wording: Wording): CopyOutTable[] {
  const { draft, rules } = of
  const title = wording.t('applications-budget.sheet.name.lines')
  if (inPackages(of)) return [linesTable(of, { path: 'budget:lines', title, lines: draft.lines }, wording)]
  const order = (id: string) => rules.categories.findIndex((one) => one.id === id)
  return [...Map.groupBy(draft.lines, ({ category }) => category)]
    .toSorted(([one], [other]) => order(one) - order(other))
    .map(([category, lines]) => {
      const name = categoryName(rules, category, { ...wording, rules })
      return linesTable(of, { path: `budget:lines:${category}`, title: `${title}: ${name}`, lines }, wording)
    })
}

type Lines = { path: string; title: string; lines: readonly BudgetLine[] }
type LineColumn = CopyOutColumn & { of: (line: BudgetLine) => CopyOutCell }

/** Lines with what they say; a column that none of them fills is left out. */
function linesTable(of: Of, { path, title, lines }: Lines, wording: Wording): CopyOutTable {
  const columns = lineColumns(of, wording).filter((column) => lines.some((line) => column.of(line) !== ''))
  return {
    path,
    title,
    columns: columns.map(({ label, kind }) => ({ label, kind })),
    rows: lines.map((line) => columns.map((column) => column.of(line)))
  }
}

function lineColumns({ rules, draft, budget }: Of, { t, language }: Wording): LineColumn[] {
  const column = (field: string, kind: CopyOutColumn['kind'], of: LineColumn['of']): LineColumn => ({
    ...{ label: columnLabel(field, t), kind, of }
  })
  const text = (field: 'title' | 'from' | 'to' | 'kmReason' | 'justification') =>
    column(field, 'text', (line) => line[field] ?? '')
  const money = (amount: Amount) =>
    column(amount, 'money', ({ id }) =>
      budget.parts.filter(({ line }) => line.id === id).reduce((all, part) => all + part[amount], 0)
    )
  const isMany = new Set(draft.lines.map(({ category }) => category)).size > 1
  return [
    column('workPackage', 'text', ({ workPackage }) => {
      const at = draft.workPackages.findIndex(({ id }) => id === workPackage)
      return at < 0 ? '' : `${at + 1}. ${draft.workPackages[at]!.title}`.trim()
    }),
    column(
      'participant',
      'text',
      ({ participant }) => draft.participants.find(({ id }) => id === participant)?.name ?? ''
    ),
    ...(isMany && inPackages({ rules, draft, budget })
      ? [column('category', 'text', ({ category }) => categoryName(rules, category, { t, language, rules }))]
      : []),
    text('title'),
    column('year', 'number', ({ year }) => year ?? ''),
    // What it costs stands behind, as planned.
    ...quantities
      .filter((name) => name !== 'cents')
      .map((name) =>
        column(name, 'number', (line) => {
          const value = line[name] ?? ''
          return typeof value === 'string' && value !== '' ? optionLabel(name, value, t) : value
        })
      ),
    ...[text('from'), text('to'), text('kmReason')],
    ...[money('cost'), money('grant')],
    text('justification')
  ]
}
