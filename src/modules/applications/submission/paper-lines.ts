import { type BudgetLine, quantities } from '../budget/budget-line.ts'
import { columnLabel, optionLabel } from '../budget/budget-words.ts'
import { formatMoney, formatNumber } from '#shared/texts/format.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import type { Figures, FiguresPart } from './figures.ts'
import { type Of, type PackageRow, namesOfCategories, sumOf, workPackages } from './paper-budget.ts'
import { keyOfRow } from './paper-parts.ts'

export type LineRow = {
  title: string
  about: string
  cost: string
  grant: string
  /** In the words of who planned it. */
  reasons: string[]
  refused: string[]
}
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
    line.year === undefined ? '' : t('applications-budget.view.year-number', { year: line.year }),
    ...quantitiesOf(line, language)
  ]
  return {
    title: line.title || category,
    about: about.filter(Boolean).join(' · '),
    ...moneyOf(parts, language),
    reasons: [line.justification ?? '', line.kmReason ?? ''].filter(Boolean),
    refused: refusalsOf(parts, language)
  }
}

/** How much of what was planned: “Cilvēki: 3”, “Rīga – Kaunas”. */
function quantitiesOf(line: BudgetLine, language: Language): string[] {
  const t = texts(language)
  const said = quantities.flatMap((name) => {
    const value = line[name]
    if (value === undefined || name === 'cents') return []
    if (typeof value === 'string') return [optionLabel(name, value, t)]
    return [`${columnLabel(name, t)}: ${formatNumber(value, language)}`]
  })
  const way = [line.from, line.to].filter(Boolean).join(' – ')
  return way === '' ? said : [...said, way]
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
