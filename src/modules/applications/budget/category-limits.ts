import type { BudgetLimit, BudgetRules, CategoryRule } from '#modules/programmes'
import type { BudgetDraft, Part, RuleRef } from './budget.ts'
import { holdTo, keyOf, refuse, refuseAll, sumOf } from './refuse.ts'

/** Holds the parts of each category to what is paid of it, in one project, year or month, for so many people. */
export function limitCategories(rules: BudgetRules, draft: BudgetDraft, parts: readonly Part[]): void {
  for (const category of rules.categories) {
    const own = parts.filter((part) => part.category === category.id)
    if (own.length === 0) continue
    onlyWith(category, own, parts)
    notLongerThanTheProject(category, draft, own)
    // Whole organisations and people go first: what is left of the others is then held to the sums.
    const order = (limit: BudgetLimit) => (limit.of.startsWith('eur-') ? 1 : 0)
    category.limits
      .map((limit, at) => ({ limit, rule: { category: category.id, limit: at } }))
      .sort((a, b) => order(a.limit) - order(b.limit))
      .forEach(({ limit, rule }) => limitCategory(limit, rule, meantBy(limit, own), draft))
  }
}

/** A category that is paid only beside another: events beside results. */
function onlyWith({ id, onlyWith: others }: CategoryRule, own: Part[], all: readonly Part[]): void {
  if (!others || all.some(({ category, grant }) => others.includes(category) && grant > 0)) return
  for (const part of own) refuseAll(part, 'only-with', { category: id })
}

function meantBy(limit: BudgetLimit, own: Part[]): Part[] {
  const { participant } = limit
  if (!participant) return own
  return own.filter(({ line }) => line.kind !== undefined && participant.includes(line.kind))
}

function limitCategory(limit: BudgetLimit, rule: RuleRef, parts: Part[], draft: BudgetDraft): void {
  const most = limit.atMost
  if (most === undefined) return
  switch (limit.of) {
    case 'organisations':
      return atMostOrganisations(most, rule, parts, draft)
    case 'participants':
    case 'students':
    case 'scholarships':
    case 'top-ups':
      return atMostPeople(most, rule, parts)
    case 'eur-per-participant':
      for (const part of parts) {
        if (part.people !== undefined) holdTo([part], most * part.people, 'per-person', rule)
      }
      return
    case 'eur-per-month':
      if (draft.months !== undefined) holdTo(parts, most * draft.months, 'per-month', rule)
      return
    case 'eur-per-year':
      for (const year of new Set(parts.map(({ line }) => line.year ?? 1))) {
        holdTo(
          parts.filter(({ line }) => (line.year ?? 1) === year),
          most,
          'per-year',
          rule
        )
      }
      return
    case 'eur-per-project':
      return holdTo(parts, most, 'per-project', rule)
  }
}

/** Paid for so many organisations, in the order of the consortium. */
function atMostOrganisations(most: number, rule: RuleRef, parts: Part[], draft: BudgetDraft): void {
  const place = new Map(draft.participants.map(({ id, position }) => [id, position]))
  const paid = [...new Set(parts.filter(({ grant }) => grant > 0).map(({ line }) => line.participant))]
    .sort((a, b) => (place.get(a) ?? Infinity) - (place.get(b) ?? Infinity) || (a < b ? -1 : 1))
    .slice(0, most)
  for (const part of parts) {
    if (!paid.includes(part.line.participant)) refuseAll(part, 'organisations', rule)
  }
}

/** Paid for so many people: those who bring the most are kept. */
function atMostPeople(most: number, rule: RuleRef, parts: Part[]): void {
  const each = (part: Part) => (part.people ? part.grant / part.people : 0)
  const dearest = [...parts].sort((a, b) => each(b) - each(a) || (keyOf(a) < keyOf(b) ? -1 : 1))
  let left = most
  for (const part of dearest) {
    const people = part.people ?? 0
    const kept = Math.min(people, left)
    left -= kept
    if (people > 0) refuse(part, part.grant - Math.floor((part.grant * kept) / people), 'people', rule)
  }
}

/** What is paid by the month of an organisation lasts no longer than the project. */
function notLongerThanTheProject(category: CategoryRule, draft: BudgetDraft, parts: Part[]): void {
  const byMonth = category.rates.some(({ per, role }) => per === 'month' && role !== undefined)
  if (!byMonth || draft.months === undefined) return
  for (const participant of new Set(parts.map(({ line }) => line.participant))) {
    const own = parts.filter(({ line }) => line.participant === participant)
    const months = own.reduce((sum, { line }) => sum + (line.months ?? 0), 0)
    if (months <= draft.months) continue
    // All months of an organisation cost the same.
    const kept = Math.floor((sumOf(own) * draft.months) / months)
    holdTo(own, kept, 'longer-than-project', { category: category.id })
  }
}
