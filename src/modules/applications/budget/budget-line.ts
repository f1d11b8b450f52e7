import type { BudgetRate, BudgetRules, CategoryRule } from '#modules/programmes'

/** Kinds of staff whose day has a price of its own. */
export const staffKinds = ['manager', 'teacher-trainer-researcher', 'technician', 'administrative'] as const
export type StaffKind = (typeof staffKinds)[number]

/** Who goes, or comes: unit costs differ by them. */
export const peopleKinds = ['local', 'abroad', 'virtual', 'staff', 'learner', 'accompanying'] as const
export type PeopleKind = (typeof peopleKinds)[number]

/** What is planned, without its place in the store. Which quantities are asked for depends on the category. */
export type PlannedCost = {
  /** Which participant of the application spends it. */
  participant: string
  /** A category of the budget of the action, or `costs` where the action names none. */
  category: string
  /** What it is for, in the words of who plans it. */
  title: string
  /** Row of the section work-packages. */
  workPackage?: string
  /** Year of the project, from 1. */
  year?: number
  months?: number
  /** Of work, or of one stay. */
  days?: number
  people?: number
  /** How often, such as meetings; 1 when left out. */
  times?: number
  staff?: StaffKind
  kind?: PeopleKind
  travel?: 'standard' | 'green'
  /** From where and to where, as they were written. */
  from?: string
  to?: string
  /** One way, whole kilometres. */
  km?: number
  /** Why the kilometres differ from those between the two places. */
  kmReason?: string
  /** Of the youngest who goes. */
  age?: number
  /** What it costs, or which share of the lump sum it takes, in whole cents. */
  cents?: number
  justification?: string
}

/** A line of the budget. */
export type BudgetLine = PlannedCost & {
  /** Eight letters or digits. */
  id: string
}

/** Of an action that names no categories, all costs together. */
export const anyCosts = 'costs'

/** What can be asked of a line beyond who, what and when. */
export const quantities = [
  'months',
  'days',
  'people',
  'times',
  'staff',
  'kind',
  'travel',
  'km',
  'age',
  'cents'
] as const
export type Quantity = (typeof quantities)[number]

/** What a line of the category has to say, and what it may. */
export type Asks = { needs: Quantity[]; may: Quantity[] }

/** The categories that lines can be planned under. */
export function plannable(rules: BudgetRules): CategoryRule[] {
  return rules.categories.filter(({ limitsOnly }) => !limitsOnly)
}

/** Whether a category is how others are paid, such as the travel of a mobility: lines are planned under those. */
export function isPaidThrough(rules: BudgetRules, id: string): boolean {
  return plannable(rules).some(({ paidAs }) => paidAs?.includes(id))
}

export function categoryOf(rules: BudgetRules, id: string): CategoryRule | undefined {
  return rules.categories.find((category) => category.id === id)
}

/** The rates that pay a category: its own, or those of the categories it is paid as. */
export function ratesOf(
  rules: BudgetRules,
  category: CategoryRule
): { of: CategoryRule; rates: BudgetRate[] }[] {
  const others = (category.paidAs ?? []).flatMap((id) => categoryOf(rules, id) ?? [])
  return (others.length > 0 ? others : [category]).map((of) => ({ of, rates: of.rates }))
}

/** Which quantities the rates and limits of a category ask for. */
export function asksOf(rules: BudgetRules, category: CategoryRule | undefined): Asks {
  if (!category) return { needs: ['cents'], may: [] }
  const rates = ratesOf(rules, category).flatMap((one) => one.rates)
  const instead = category.insteadOf === undefined ? undefined : categoryOf(rules, category.insteadOf)
  const asked = new Set<Quantity>([...rates, ...(instead?.rates ?? [])].flatMap(quantitiesOf))
  const may = new Set<Quantity>()
  const limited = new Set(category.limits.map(({ of }) => of))
  if (limited.has('years-of-age')) asked.add('age')
  if (limited.has('months') && !asked.has('days')) asked.add('months')
  if (limited.has('days')) asked.add('days')
  const hasUnits = rates.some(({ cents }) => cents !== undefined)
  if (!hasUnits || category.basis !== 'unit-cost') asked.add('cents')
  if (rates.some(({ per }) => per === 'step')) asked.add('cents')
  if (asked.has('people')) may.add('times')
  const order = (set: Set<Quantity>) => quantities.filter((one) => set.has(one))
  return { needs: order(asked), may: order(may) }
}

function quantitiesOf(rate: BudgetRate): Quantity[] {
  return [
    ...(perQuantities[rate.per] ?? []),
    ...(rate.staff === undefined ? [] : ['staff' as const]),
    ...(rate.participant === undefined ? [] : ['kind' as const]),
    ...(rate.travel === undefined ? [] : ['travel' as const]),
    ...(rate.km ? ['km' as const] : []),
    ...(rate.days ? ['days' as const] : [])
  ]
}

const perQuantities: Record<string, Quantity[]> = {
  month: ['months'],
  day: ['days'],
  participant: ['people'],
  'participant-and-day': ['people', 'days'],
  'participant-and-meeting': ['people'],
  'month-and-student': ['months', 'people'],
  'student-and-month': ['months', 'people'],
  student: ['people'],
  step: ['cents'],
  cost: ['cents']
}
