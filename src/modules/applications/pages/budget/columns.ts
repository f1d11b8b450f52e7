import type { BudgetRules, CategoryRule } from '#modules/programmes'
import { asksOf, peopleKinds, ratesOf, staffKinds, type Quantity } from '../../budget/budget-line.ts'
import type { BudgetDraft } from '../../budget/budget.ts'
import { inWorkPackages } from '../../budget/compute-budget.ts'
import { columnLabel, optionLabel, type Reading } from '../../budget/budget-words.ts'

export type Option = { value: string; label: string }

/** A column of a category's table. */
export type Column = {
  name: string
  label: string
  numeric: boolean
  options?: Option[]
  /** The one choice there is needs no list. */
  fixed?: true
}

type Around = {
  draft: Pick<BudgetDraft, 'participants' | 'workPackages' | 'months'>
  /** Whose lines the reader may write: all, or those of one participant. */
  writes: 'all' | string | undefined
  reading: Reading
}

/** The columns that lines of a category have, in the order in which cells are pasted. */
export function columnsOf(rules: BudgetRules, category: CategoryRule | undefined, around: Around): Column[] {
  const { t } = around.reading
  const asks = asksOf(rules, category)
  const column = (name: string, options?: Option[]): Column => ({
    name,
    label: columnLabel(name, t),
    numeric: options === undefined && name !== 'title',
    ...(options && { options })
  })
  const everybody = around.draft.participants
    .filter(({ role }) => role !== 'associated')
    .map(({ id, name }) => ({ value: id, label: name }))
  const own = around.writes !== undefined && around.writes !== 'all'
  const participant = column('participant', everybody)
  const years = around.draft.months === undefined ? 3 : Math.max(1, Math.ceil(around.draft.months / 12))
  const packages = around.draft.workPackages.map(({ id, title }, at) => ({
    value: id,
    label: title || String(at + 1)
  }))
  return [
    own
      ? { ...participant, options: everybody.filter(({ value }) => value === around.writes), fixed: true }
      : participant,
    column('title'),
    ...(inWorkPackages(rules) || packages.length > 0 ? [column('workPackage', packages)] : []),
    ...(years > 1
      ? [
          column(
            'year',
            Array.from({ length: years }, (_, at) => ({ value: String(at + 1), label: String(at + 1) }))
          )
        ]
      : []),
    ...[...asks.needs, ...asks.may].map((name) =>
      named(column(name, choices(rules, category, name, around)), category, around)
    )
  ]
}

/** A share of a lump sum is no cost. */
function named(column: Column, category: CategoryRule | undefined, { reading }: Around): Column {
  const lump = reading.rules.funding.find(({ sure }) => sure)?.model === 'lump-sum'
  return column.name === 'cents' && lump && category?.basis === 'share-of-lump-sum'
    ? { ...column, label: reading.t('applications-budget.column.share') }
    : column
}

/** The choices of a quantity that the rates of the category know. */
function choices(
  rules: BudgetRules,
  category: CategoryRule | undefined,
  name: Quantity,
  { reading }: Around
): Option[] | undefined {
  const rates = category ? ratesOf(rules, category).flatMap((one) => one.rates) : []
  const option = (value: string) => ({ value, label: optionLabel(name, value, reading.t) })
  if (name === 'staff')
    return staffKinds.filter((kind) => rates.some(({ staff }) => staff === kind)).map(option)
  if (name === 'kind') {
    return peopleKinds.filter((kind) => rates.some(({ participant }) => participant === kind)).map(option)
  }
  return name === 'travel' ? ['standard', 'green'].map(option) : undefined
}

/** What is asked below the cells. */
export function fieldsBelow(rules: BudgetRules, category: CategoryRule | undefined): string[] {
  if (!category) return []
  const { needs } = asksOf(rules, category)
  return [
    ...(needs.includes('km') ? ['from', 'to', 'kmReason'] : []),
    ...(category.justify.length > 0 ? ['justification'] : [])
  ]
}

/** The value that a pasted word stands for: the name of a participant, a package, a kind of staff. */
export function valueOfWord(columns: readonly Column[], field: string, text: string): string {
  const options = columns.find(({ name }) => name === field)?.options
  if (!options) return text
  const same = (one: string) => one.trim().toLowerCase() === text.trim().toLowerCase()
  return options.find(({ value, label }) => same(label) || same(value))?.value ?? ''
}

/** What differs in somebody else's line, each with what it is called: “Days: 5”. */
export function differing(
  columns: readonly Pick<Column, 'name' | 'label' | 'options'>[],
  { mine, theirs }: { mine: Record<string, string>; theirs: Record<string, string> }
): string[] {
  return columns.flatMap(({ name, label, options }) => {
    const [here, there] = [mine[name] ?? '', theirs[name] ?? '']
    if (here.trim() === there.trim()) return []
    const said = options?.find(({ value }) => value === there)?.label ?? there
    return `${label}: ${said.trim() === '' ? '–' : said}`
  })
}
