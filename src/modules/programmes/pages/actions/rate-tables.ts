import { formatMoney, formatNumber, formatPercent } from '#shared/texts/format.ts'
import type { Language } from '#shared/texts/language.ts'
import type { LimitView, RateView } from '../../action-view.server.ts'
import type { Cited } from '../../citations.server.ts'
import type { ActionTexts } from './action-page.ts'

/** Rates of one unit side by side: groups of countries or kinds of travel across, everything else down. */
export type RateTable = {
  per: string
  columns: { key: string; label: string }[]
  rows: { label: string; cells: Record<string, string> }[]
  /** Set where these rates rest on sources of their own. */
  cited: Cited | undefined
}

/** The rates of a budget category as tables, one for each unit and source. */
export function rateTables(rates: readonly RateView[], t: ActionTexts, language: Language): RateTable[] {
  const groups = new Map<string, RateView[]>()
  for (const rate of rates) {
    const key = JSON.stringify([rate.per, rate.sources ?? null])
    groups.set(key, [...(groups.get(key) ?? []), rate])
  }
  return [...groups.values()].map((group) => rateTable(group, t, language))
}

function rateTable(rates: readonly RateView[], t: ActionTexts, language: Language): RateTable {
  const byGroup = rates.some((rate) => rate['country-group'] !== undefined)
  const byTravel = !byGroup && new Set(rates.map((rate) => rate.travel)).size > 1
  const columns = new Map<string, string>()
  const rows = new Map<string, Record<string, string>>()
  for (const rate of rates) {
    const group = String(rate['country-group'] ?? '')
    const travel = rate.travel ?? 'standard'
    const column = byGroup ? `group-${group}` : byTravel ? travel : 'amount'
    columns.set(
      column,
      byGroup
        ? t('actions.rate.country-group', { group })
        : byTravel
          ? t(`actions.travel.${travel}`)
          : t('actions.rate.amount')
    )
    const label = rowLabel(rate, t, language, byTravel) || t('actions.rate.each')
    const cells = rows.get(label) ?? {}
    // Steps without a name of their own (institutions choose among amounts) stand in one cell.
    cells[column] = cells[column] ? `${cells[column]}, ${rateText(rate, language)}` : rateText(rate, language)
    rows.set(label, cells)
  }
  const { sources, confidence, otherReadings } = rates[0]!
  return {
    per: rates[0]!.per,
    columns: [...columns].map(([key, label]) => ({ key, label })),
    rows: [...rows].map(([label, cells]) => ({ label, cells })),
    cited: sources && confidence && { sources, confidence, otherReadings: otherReadings ?? [] }
  }
}

function rateText({ amount, percent }: RateView, language: Language): string {
  return amount === undefined
    ? formatPercent((percent ?? 0) / 100, language)
    : formatMoney(amount * 100, language)
}

function rowLabel(rate: RateView, t: ActionTexts, language: Language, byTravel: boolean): string {
  const { staff, participant, role, km, days, travel } = rate
  const number = (value: number) => formatNumber(value, language)
  return [
    ...(staff ? [t(`actions.staff.${staff as 'manager'}`)] : []),
    ...(participant ? [t(`actions.participant.${participant as 'staff'}`)] : []),
    ...(role ? [t(`actions.role.${role}`)] : []),
    ...(travel && !byTravel ? [t(`actions.travel.${travel}`)] : []),
    ...(km ? [rangeText('km', km, number, t)] : []),
    ...(days ? [rangeText('days', days, number, t)] : [])
  ].join(', ')
}

function rangeText(
  unit: 'km' | 'days',
  { from, to }: { from: number; to?: number },
  number: (value: number) => string,
  t: ActionTexts
): string {
  return to === undefined
    ? t(`actions.range.${unit}-from`, { from: number(from) })
    : t(`actions.range.${unit}`, { from: number(from), to: number(to) })
}

/** A limit in words: “at most EUR 30,000 for the project”. */
export function limitText(limit: LimitView, t: ActionTexts, language: Language): string {
  if (limit.says) return limit.says[language]
  const { of, 'at-least': least, 'at-most': most } = limit
  const shown = (value: number) =>
    of.startsWith('eur-')
      ? formatMoney(value * 100, language)
      : of.startsWith('percent-')
        ? formatPercent(value / 100, language)
        : formatNumber(value, language)
  if (most === 0) return t('actions.limit.none')
  const range =
    least !== undefined && most !== undefined
      ? t('actions.limit.between', { from: shown(least), to: shown(most) })
      : most !== undefined
        ? t('actions.limit.at-most', { value: shown(most) })
        : t('actions.limit.at-least', { value: shown(least ?? 0) })
  return t(`actions.limit-of.${of as 'eur-per-project'}`, { range })
}
