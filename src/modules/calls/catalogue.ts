import { fold } from '#modules/programmes'
import { Temporal } from 'temporal-polyfill'
import type { Call } from './call.ts'
import type { CallCard } from './card.ts'
import { type CallFilter, currentStates } from './filter.ts'
import type { OpenFrom, PublicState } from './life.ts'

/** A published call as lists show it. */
export type ListedCall = Call &
  OpenFrom & {
    state: PublicState
    card: CallCard
    /** Of the body: its country, and its names folded, so that they are found too. */
    country: string | undefined
    bodyWords: string
    publishedAt: Temporal.Instant
    /** When it was last published or corrected. */
    changedAt: Temporal.Instant
    corrigenda: number
  }

/** Answers whether an organisation of a country and a type could take part in a call. */
export type CouldTakePart = (call: ListedCall, who: { from?: string; type?: string }) => boolean

/** What counts beside what stands in the call. */
export type Asking = { now: Temporal.Instant; couldTakePart: CouldTakePart }

/** The facets of the catalogue; each narrows by one property. */
export const facets = ['states', 'fields', 'actions', 'kinds', 'bodies', 'countries', 'editions'] as const
export type Facet = (typeof facets)[number]

/** How many calls there would be under each value of a facet, with everything else as it is. */
export type FacetCounts = Readonly<Record<Facet, ReadonlyMap<string, number>>>

/** The calls that fit: open ones first by deadline, then those ahead by opening, then the others, newest first. */
export function find(calls: readonly ListedCall[], filter: CallFilter, asking: Asking): ListedCall[] {
  return calls.filter((call) => misses(call, filter, asking) === undefined).toSorted(byUrgency)
}

/** Whether one call fits: what a saved search asks when a call is published. */
export function fits(call: ListedCall, filter: CallFilter, asking: Asking): boolean {
  return misses(call, filter, asking) === undefined
}

/** Counts of each value of each facet. A facet does not narrow itself, so that one sees where to go next. */
export function countFacets(calls: readonly ListedCall[], filter: CallFilter, asking: Asking): FacetCounts {
  const counts = Object.fromEntries(facets.map((facet) => [facet, new Map<string, number>()])) as Record<
    Facet,
    Map<string, number>
  >
  for (const call of calls) {
    const missed = misses(call, filter, asking)
    // What fits counts everywhere; what one facet alone keeps out counts in that facet.
    for (const facet of missed === undefined ? facets : missed === 'other' ? [] : [missed]) {
      for (const value of valuesOf(call, facet)) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1)
    }
  }
  return counts
}

/**
 * What keeps a call out: undefined nothing, one facet alone, or 'other' for anything that no facet lets in.
 */
function misses(call: ListedCall, filter: CallFilter, asking: Asking): Facet | 'other' | undefined {
  let missed: Facet | undefined
  for (const facet of facets) {
    const wanted = wantedOf(filter, facet)
    if (wanted.length === 0 || valuesOf(call, facet).some((value) => wanted.includes(value))) continue
    if (missed) return 'other'
    missed = facet
  }
  if (filter.within !== undefined && !closesWithin(call, filter.within, asking.now)) return 'other'
  if (filter.text !== '' && !says(call, filter.text)) return 'other'
  if ((filter.from || filter.type) && !asking.couldTakePart(call, whoOf(filter))) return 'other'
  return missed
}

function wantedOf(filter: CallFilter, facet: Facet): readonly string[] {
  if (facet === 'states') return filter.states.length > 0 ? filter.states : currentStates
  if (facet === 'editions') return filter.editions.map(String)
  return filter[facet]
}

function valuesOf(call: ListedCall, facet: Facet): readonly string[] {
  switch (facet) {
    case 'states':
      return [call.state]
    case 'fields':
      return call.card.fields
    case 'actions':
      return call.card.actions.map(({ action }) => action)
    case 'kinds':
      return [call.kind]
    case 'bodies':
      return [call.body]
    case 'countries':
      return call.country ? [call.country] : []
    case 'editions':
      return [String(call.edition)]
  }
}

function whoOf({ from, type }: CallFilter): { from?: string; type?: string } {
  return { ...(from && { from }), ...(type && { type }) }
}

function closesWithin(call: ListedCall, days: number, now: Temporal.Instant): boolean {
  const hours = now.until(call.closesAt).total('hours')
  return hours >= 0 && hours <= days * 24
}

/** Every word asked for stands in it, or one that begins alike: Latvian words end in many ways. */
function says({ card, bodyWords, code }: ListedCall, text: string): boolean {
  const words = ` ${card.words} ${bodyWords} ${fold(code)}`
  return fold(text)
    .split(' ')
    .every((word) => words.includes(` ${word.length > 5 ? word.slice(0, -2) : word}`))
}

const rank: Readonly<Record<PublicState, number>> = {
  open: 0,
  published: 1,
  closed: 2,
  'in-assessment': 3,
  decided: 4,
  archived: 5
}

function byUrgency(a: ListedCall, b: ListedCall): number {
  const { compare } = Temporal.Instant
  if (a.state !== b.state) return rank[a.state] - rank[b.state]
  const byTime =
    a.state === 'open'
      ? compare(a.closesAt, b.closesAt)
      : a.state === 'published'
        ? compare(a.opensAt, b.opensAt)
        : compare(b.closesAt, a.closesAt)
  return byTime !== 0 ? byTime : a.code < b.code ? -1 : 1
}
