import type { Words } from '#shared/rules/vocabulary.ts'
import type { ActionView } from '../../action-view.server.ts'
import type { CountryGroup } from '../../participation.server.ts'

/** What differs between two editions of an action. */
export type EditionChanges = {
  /** The earlier edition. */
  since: number
  changed: { id: string; before: Words; now: Words }[]
  appeared: { id: string; now: Words }[]
  ended: { before: Words }[]
  funding: { before: Words[]; now: Words[] } | undefined
  points: { names: Words; before: number; now: number }[]
  /** Codes of countries that may take part now and could not before, and the other way round. */
  joined: string[]
  left: string[]
  count: number
}

type Edition = { view: ActionView; countries: readonly CountryGroup[] }

/** Compares an edition with an earlier one: sentences of rules and funding, points, countries. */
export function changesSince(earlier: Edition, now: Edition): EditionChanges {
  const before = new Map(earlier.view.rules.map((rule) => [rule.id, rule]))
  const after = new Map(now.view.rules.map((rule) => [rule.id, rule]))
  const changed = now.view.rules.flatMap(({ id, says }) => {
    const old = before.get(id)?.says
    return old && !same([old], [says]) ? [{ id, before: old, now: says }] : []
  })
  const appeared = now.view.rules
    .filter(({ id }) => !before.has(id))
    .map(({ id, says }) => ({ id, now: says }))
  const ended = earlier.view.rules.filter(({ id }) => !after.has(id)).map(({ says }) => ({ before: says }))
  const funding = {
    before: earlier.view.funding.map(({ says }) => says),
    now: now.view.funding.map(({ says }) => says)
  }
  const fundingChanged = !same(funding.before, funding.now)
  const points = pointsChanged(earlier.view, now.view)
  const couldBefore = admitted(earlier.countries)
  const canNow = admitted(now.countries)
  const joined = [...canNow].filter((code) => !couldBefore.has(code))
  const left = [...couldBefore].filter((code) => !canNow.has(code))
  return {
    since: earlier.view.edition,
    changed,
    appeared,
    ended,
    funding: fundingChanged ? funding : undefined,
    points,
    joined,
    left,
    count:
      changed.length +
      appeared.length +
      ended.length +
      points.length +
      Number(fundingChanged) +
      Number(joined.length > 0) +
      Number(left.length > 0)
  }
}

function same(some: readonly Words[], others: readonly Words[]): boolean {
  return JSON.stringify(some.map(({ en }) => en)) === JSON.stringify(others.map(({ en }) => en))
}

function pointsChanged(earlier: ActionView, now: ActionView): EditionChanges['points'] {
  // Where an edition judges several kinds of project each in its own way, nothing is paired.
  if (earlier.awardCriteria.length !== 1 || now.awardCriteria.length !== 1) return []
  const before = new Map(earlier.awardCriteria[0]!.criteria.map(({ id, points }) => [id, points]))
  return now.awardCriteria[0]!.criteria.flatMap(({ id, names, points }) => {
    const old = before.get(id)
    return old !== undefined && old !== points ? [{ names, before: old, now: points }] : []
  })
}

function admitted(groups: readonly CountryGroup[]): Set<string> {
  return new Set(
    groups.flatMap(({ countries }) => countries.filter(({ part }) => part !== 'not').map(({ code }) => code))
  )
}
