import { anyCosts } from '../budget/budget-line.ts'
import { placeTitle } from '../form/place-title.ts'
import { answerText } from '../form/answer-text.ts'
import { questionOf, type Filled, placesOf, answerAt, valueOf } from '../form/filled.ts'
import { formatMoney, formatPercent } from '#shared/texts/format.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import type { Figures, FiguresPart } from './figures.ts'
import type { SealedContent } from './manifest.ts'
import { keyOfRow } from './paper-parts.ts'

type Money = { cost: number; grant: number }
type Row = { name: string; cost: string; grant: string; share: string }
/** A table of sums: of each organisation, category or year. */
export type TotalsTable = { title: string; rows: Row[]; all: Row }

export type PackageRow = { key: string; title: string; lead: string; months: string; grant: string }

/** Content with what it comes to, in a language. */
export type Of = { content: SealedContent; figures: Figures; filled: Filled; language: Language }

/** The money in four figures, and by whom, what for and when. */
export function budgetSummary({ content, figures, language }: Of) {
  const t = texts(language)
  const money = (cents: number) => formatMoney(cents, language)
  const own = sumOf(
    figures.parts.flatMap(({ refusals }) => refusals.filter(({ kind }) => kind === 'share')),
    ({ cents }) => cents
  )
  const refused = figures.cost - figures.grant - own
  return {
    sums: [
      { name: t('applications-submission.paper.grant'), value: money(figures.grant) },
      { name: t('applications-budget.sum.cost'), value: money(figures.cost) },
      ...(own > 0 ? [{ name: t('applications-submission.paper.own-share'), value: money(own) }] : []),
      ...(refused > 0 ? [{ name: t('applications-budget.sum.refused'), value: money(refused) }] : [])
    ],
    notes: [
      ...figures.funding.map((at) => figures.rules[at]?.says?.[language] ?? ''),
      figures.unverified > 0
        ? t('applications-submission.paper.unverified', { amount: money(figures.unverified) })
        : ''
    ].filter(Boolean),
    totals: [
      totalsTable(figures, language, {
        title: t('applications-submission.paper.by-participant'),
        order: content.participants.map(({ id, name }) => [id, name]),
        keyOf: ({ participant }) => participant
      }),
      totalsTable(figures, language, {
        title: t('applications-submission.paper.by-category'),
        order: Object.entries(namesOfCategories(figures, language)),
        keyOf: ({ category }) => category
      }),
      totalsTable(figures, language, {
        title: t('applications-submission.paper.by-year'),
        order: years(figures).map((year) => [
          String(year),
          t('applications-budget.view.year-number', { year })
        ]),
        keyOf: ({ year }) => (year === null ? undefined : String(year))
      })
    ].filter(({ rows }) => rows.length > 1)
  }
}

function years({ parts }: Figures): number[] {
  return [...new Set(parts.flatMap(({ year }) => year ?? []))].sort((a, b) => a - b)
}

/** What categories are called, by their ids. */
export function namesOfCategories(
  { categories, parts }: Figures,
  language: Language
): Record<string, string> {
  const any = parts.some(({ category }) => category === anyCosts)
  return {
    ...Object.fromEntries(Object.entries(categories).map(([id, names]) => [id, names[language]])),
    ...(any && { [anyCosts]: texts(language)('applications-budget.lines.costs') })
  }
}

type Totalling = {
  title: string
  order: readonly (readonly [key: string, name: string])[]
  keyOf: (part: FiguresPart) => string | undefined
}

/** Sums in the order given, what belongs to none of them last; those without a euro are left out. */
function totalsTable(figures: Figures, language: Language, { title, order, keyOf }: Totalling): TotalsTable {
  const t = texts(language)
  const row = (name: string, { cost, grant }: Money): Row => ({
    name,
    cost: formatMoney(cost, language),
    grant: formatMoney(grant, language),
    share: figures.grant > 0 ? formatPercent(grant / figures.grant, language) : ''
  })
  const sums = new Map<string | undefined, Money>()
  for (const part of figures.parts) {
    const sum = sums.get(keyOf(part)) ?? { cost: 0, grant: 0 }
    sums.set(keyOf(part), { cost: sum.cost + part.cost, grant: sum.grant + part.grant })
  }
  const none = sums.get(undefined)
  return {
    title,
    rows: [
      ...order.flatMap(([key, name]) => (sums.has(key) ? [row(name, sums.get(key)!)] : [])),
      ...(none ? [row(t('applications-budget.view.none'), none)] : [])
    ],
    all: row(t('applications-submission.paper.total'), figures)
  }
}

/** The work packages: who leads them, from when until when, and what of the grant is for them. */
export function workPackages({ figures, filled, language }: Of): PackageRow[] {
  const section = filled.form.sections.find(({ id }) => id === 'work-packages')
  if (!section?.repeats) return []
  const speaking = { language, t: texts(language) }
  return placesOf(filled, section).map((place, index) => {
    const say = (question: string) => {
      const asked = questionOf(filled.form, section.id, question)
      return asked ? answerText(filled, asked, valueOf(answerAt(filled, place, question)), speaking) : ''
    }
    const own = figures.parts.filter(({ workPackage }) => workPackage === place.row)
    return {
      key: keyOfRow(place.row!),
      title: placeTitle(filled, place, index, language),
      lead: say('lead'),
      months: [say('starts-month'), say('ends-month')].filter(Boolean).join('–'),
      grant:
        own.length > 0
          ? formatMoney(
              sumOf(own, ({ grant }) => grant),
              language
            )
          : ''
    }
  })
}

/** A number of each, added up. */
export function sumOf<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0)
}
