import type { BudgetLine } from '../budget/budget-line.ts'
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

type Of = { content: SealedContent; figures: Figures; filled: Filled; language: Language }

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

function namesOfCategories({ categories, parts }: Figures, language: Language): Record<string, string> {
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

export type LineRow = { title: string; about: string; cost: string; grant: string; refused: string[] }
export type SpenderLines = { name: string; cost: string; grant: string; lines: LineRow[] }

/** Every line as it was planned, by who spends it: what of it is granted, and which rule leaves out the rest. */
export function budgetLines({ content, figures, filled, language }: Of): SpenderLines[] {
  const lines = (Array.isArray(content.budget) ? content.budget : []) as unknown as BudgetLine[]
  const names = namesOfCategories(figures, language)
  const packages = new Map(workPackages({ content, figures, filled, language }).map((one) => [one.key, one]))
  const spenders = [
    ...content.participants.map(({ id, name }) => ({ id, name })),
    { id: '', name: texts(language)('applications-budget.view.none') }
  ]
  const known = new Set(content.participants.map(({ id }) => id))
  return spenders.flatMap(({ id, name }) => {
    const own = lines.filter(({ participant }) => (known.has(participant) ? participant : '') === id)
    if (own.length === 0) return []
    const parts = figures.parts.filter(({ line }) => own.some((one) => one.id === line))
    return [
      {
        name,
        ...moneyOf(parts, language),
        lines: own.map((line) => lineRow(line, { figures, language, names, packages }))
      }
    ]
  })
}

type Naming = {
  figures: Figures
  language: Language
  names: Record<string, string>
  packages: ReadonlyMap<string, PackageRow>
}

function lineRow(line: BudgetLine, { figures, language, names, packages }: Naming): LineRow {
  const t = texts(language)
  const parts = figures.parts.filter((part) => part.line === line.id)
  const category = names[line.category] ?? ''
  const about = [
    line.title ? category : '',
    (line.workPackage && packages.get(keyOfRow(line.workPackage))?.title) || '',
    line.year === undefined ? '' : t('applications-budget.view.year-number', { year: line.year })
  ]
  return {
    title: line.title || category,
    about: about.filter(Boolean).join(' · '),
    ...moneyOf(parts, language),
    refused: refusalsOf(parts, language)
  }
}

/** What is left out of a line, each with the number of its rule; the share that organisations bear is no fault. */
function refusalsOf(parts: readonly FiguresPart[], language: Language): string[] {
  const t = texts(language)
  return parts
    .flatMap(({ refusals }) => refusals)
    .filter(({ kind, cents }) => kind !== 'share' && cents > 0)
    .map(({ kind, cents, rule }) => {
      const why = t(`applications-budget.refusal.${kind}`)
      const at = rule === null ? '' : ` [${rule + 1}]`
      return `−${formatMoney(cents, language)}: ${why}${at}`
    })
}

/** The rules that the figures rest on, numbered as lines name them, with where they stand. */
export function rulesCited({ figures, language }: Of): { says: string; sources: string }[] {
  const t = texts(language)
  const names = namesOfCategories(figures, language)
  return figures.rules.map(({ category, says, sources, confidence }) => ({
    says: [category === null ? '' : (names[category] ?? ''), says?.[language] ?? '']
      .filter(Boolean)
      .join('. '),
    sources: [
      ...sources.map(({ title, at }) => [title, at].filter(Boolean).join(', ')),
      ...(confidence === 'unverified' ? [t('applications-submission.paper.not-found')] : [])
    ].join('; ')
  }))
}

function moneyOf(parts: readonly FiguresPart[], language: Language) {
  return {
    cost: formatMoney(
      sumOf(parts, ({ cost }) => cost),
      language
    ),
    grant: formatMoney(
      sumOf(parts, ({ grant }) => grant),
      language
    )
  }
}

function sumOf<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0)
}
