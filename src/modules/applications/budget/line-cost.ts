import type { BudgetRate, BudgetRules, CategoryRule } from '#modules/programmes'
import type { Finding, Part, RuleRef, Spender } from './budget.ts'
import { anyCosts, asksOf, categoryOf, ratesOf, type BudgetLine, type Quantity } from './budget-line.ts'
import { refuse } from './refuse.ts'
import { percentOf } from './spread.ts'

/** What a line costs, before any limit. */
export type Costed = { parts: Part[]; findings: Finding[] }

/** The category that a country's days of staff are paid in; countries that no group names are in the last. */
function groupOf(rules: BudgetRules, country: string): number {
  const found = rules.countryGroups.find(({ countries }) => countries.includes(country))
  return found?.group ?? Math.max(...rules.countryGroups.map(({ group }) => group))
}

/** Computes the parts of a line from the rates of its category. */
export function costOf(rules: BudgetRules, line: BudgetLine, spender: Spender): Costed {
  if (line.category === anyCosts && rules.categories.length === 0) return costsTogether(line)
  const category = categoryOf(rules, line.category)
  if (!category || category.limitsOnly) {
    return { parts: [], findings: [{ kind: 'not-in-action', weight: 'blocks', line: line.id }] }
  }
  const missing = asksOf(rules, category).needs.filter((what) => !isGiven(line, what))
  const findings = missing.map((what) => missingOf(line, what))
  const parts = ratesOf(rules, category).map(({ of }) =>
    partOf(rules, { line, category, of, spender }, findings)
  )
  return { parts, findings }
}

function costsTogether(line: BudgetLine): Costed {
  const findings = line.cents === undefined ? [missingOf(line, 'cents')] : []
  return { parts: [emptyPart(line, anyCosts, line.cents ?? 0)], findings }
}

function missingOf(line: BudgetLine, what: Quantity): Finding {
  return { kind: 'missing', weight: 'blocks', line: line.id, values: { what } }
}

function isGiven(line: BudgetLine, what: Quantity): boolean {
  // A stay may be given in months where its limits speak of them.
  if (what === 'days' && line.days === undefined) return line.months !== undefined
  if (what === 'months' && line.months === undefined) return line.days !== undefined
  return line[what] !== undefined
}

function emptyPart(line: BudgetLine, category: string, cost: number, rules: RuleRef[] = []): Part {
  return { line, category, cost, grant: cost, refusals: [], rules }
}

type Asked = { line: BudgetLine; category: CategoryRule; of: CategoryRule; spender: Spender }

function partOf(rules: BudgetRules, asked: Asked, findings: Finding[]): Part {
  const { line, of, spender } = asked
  const group = groupOf(rules, spender.country)
  const all = of.rates.map((rate, at) => ({ rate, at }))
  const fitting = byTravel(
    all.filter(({ rate }) => fits(rate, line, spender, group)),
    line
  )
  const ref = (at: number): RuleRef => ({ category: of.id, rate: at })
  const percent = fitting.find(({ rate }) => rate.percent !== undefined)
  if (percent || of.basis !== 'unit-cost')
    return realCost(asked, percent && { ...percent, ref: ref(percent.at) })
  if (of.rates.length === 0) {
    findings.push({ kind: 'rate-not-known', weight: 'advises', line: line.id, rule: { category: of.id } })
    return emptyPart(line, of.id, line.cents ?? 0, [{ category: of.id }])
  }
  const steps = fitting.filter(({ rate }) => rate.per === 'step')
  const paying = steps.length > 0 ? highestStep(steps, line) : fitting
  const cost = paying.reduce((sum, { rate }) => sum + unitsOf(rate, line) * (rate.cents ?? 0), 0)
  noticeUnpaid(asked, cost, findings)
  const part = emptyPart(
    line,
    of.id,
    cost,
    paying.map(({ at }) => ref(at))
  )
  return paysByHead(of) && line.people !== undefined ? { ...part, people: headsOf(line) } : part
}

/** What is paid of a cost: the share the programme covers; all of it where no share is named. */
function realCost({ line, of }: Asked, percent?: { rate: BudgetRate; ref: RuleRef }): Part {
  const part = emptyPart(line, of.id, line.cents ?? 0, [percent?.ref ?? { category: of.id }])
  const share = percent?.rate.percent
  if (share === undefined || share === 100) return part
  refuse(part, part.cost - percentOf(part.cost, share), 'share', percent!.ref)
  return part
}

/** Whether a rate speaks of this line: every word it has must fit. */
function fits(rate: BudgetRate, line: BudgetLine, spender: Spender, group: number): boolean {
  return (
    (rate.role === undefined || rate.role === spender.role) &&
    (rate['country-group'] === undefined || rate['country-group'] === group) &&
    (rate.staff === undefined || rate.staff === line.staff) &&
    (rate.participant === undefined || rate.participant === line.kind) &&
    (rate.km === undefined || (line.km !== undefined && inBand(rate.km, line.km))) &&
    (rate.days === undefined || daysOf(line) !== undefined)
  )
}

/** The amounts for the way one travels; where none is named for travelling green so far, the usual one. */
function byTravel<T extends { rate: BudgetRate }>(fitting: T[], line: BudgetLine): T[] {
  const of = (travel: 'standard' | 'green') =>
    fitting.filter(({ rate }) => rate.travel === undefined || rate.travel === travel)
  const green = line.travel === 'green' ? of('green') : []
  return green.length > 0 ? green : of('standard')
}

function inBand(band: { from: number; to?: number }, value: number): boolean {
  return value >= band.from && (band.to === undefined || value <= band.to)
}

/** How many units of a rate a line has. */
function unitsOf(rate: BudgetRate, line: BudgetLine): number {
  const people = headsOf(line)
  if (rate.per === 'month') return line.months ?? 0
  if (rate.per === 'day') return line.days ?? 0
  if (rate.per === 'participant' || rate.per === 'participant-and-meeting' || rate.per === 'student') {
    return people
  }
  if (rate.per === 'participant-and-day') return people * daysIn(rate.days, daysOf(line) ?? 0)
  if (rate.per === 'month-and-student' || rate.per === 'student-and-month') return people * (line.months ?? 0)
  return 1
}

/** The days of a stay that lie in a band: of 20 days, 6 lie in “day 15 to 60”. */
function daysIn(band: { from: number; to?: number } | undefined, days: number): number {
  if (!band) return days
  return Math.max(0, Math.min(days, band.to ?? days) - band.from + 1)
}

/** The step that equals the cost or lies next below it. */
function highestStep<T extends { rate: BudgetRate }>(steps: T[], line: BudgetLine): T[] {
  const reached = steps.filter(({ rate }) => (rate.cents ?? 0) <= (line.cents ?? 0))
  reached.sort((a, b) => (b.rate.cents ?? 0) - (a.rate.cents ?? 0))
  return reached.slice(0, 1)
}

/** Says where nothing, or not all, can be computed: too near, or longer than the amounts that are known. */
function noticeUnpaid({ line, of, category }: Asked, cost: number, findings: Finding[]): void {
  const rule: RuleRef = { category: of.id }
  const byDay = of.rates.flatMap(({ days }) => days?.to ?? [])
  const longest = byDay.length > 0 ? Math.max(...byDay) : undefined
  const days = daysOf(line)
  if (longest !== undefined && days !== undefined && days > longest) {
    findings.push({ kind: 'rate-not-known', weight: 'warns', line: line.id, rule, values: { days: longest } })
  } else if (cost === 0 && !findings.some((one) => one.line === line.id && one.kind === 'missing')) {
    const asked = Object.fromEntries(
      asksWithValue(line).filter(([what]) => what === 'km' || what === 'kind' || what === 'staff')
    )
    if (category.rates.length > 0 || category.paidAs) {
      findings.push({ kind: 'no-rate', weight: 'warns', line: line.id, rule, values: asked })
    }
  }
}

function asksWithValue(line: BudgetLine): [Quantity, number | string][] {
  return (['km', 'kind', 'staff'] as const).flatMap((what): [Quantity, number | string][] => {
    const value = line[what]
    return value === undefined ? [] : [[what, value]]
  })
}

function paysByHead({ rates }: CategoryRule): boolean {
  return rates.some(({ per }) => /participant|student/.test(per))
}

function headsOf(line: BudgetLine): number {
  return (line.people ?? 0) * (line.times ?? 1)
}

/** Days of one stay; a month counts 30. */
export function daysOf(line: BudgetLine): number | undefined {
  return line.days ?? (line.months === undefined ? undefined : line.months * 30)
}
