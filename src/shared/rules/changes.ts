import {
  ASSOCIATED,
  CHARTER,
  COORDINATOR,
  LEFT_OUT,
  PARTNER,
  type Encoded,
  type EncodedPartner
} from './encode.ts'
import { YES } from './lexicon.ts'
import type { Addition } from './additions.ts'
import type { ValueName } from './vocabulary.ts'

/**
 * One thing a consortium can do to become eligible. `partner` is a position in the consortium. An organisation to add
 * is a full partner that wears one hat: one type or one function.
 */
export type Change =
  | { kind: 'add'; addition: Addition; country: number }
  | { kind: 'leave-out'; partner: number }
  | { kind: 'role'; partner: number; role: 'partner' | 'associated' }
  | { kind: 'coordinator'; partner: number }
  | { kind: 'charter'; partner: number }
  | { kind: 'value'; name: ValueName; value: number }
  | { kind: 'answer'; key: string; value: unknown }

/** The same change always has the same key. */
export function changeKey(change: Change): string {
  switch (change.kind) {
    case 'add':
      return `add ${change.addition.id} ${change.country}`
    case 'role':
      return `role ${change.partner} ${change.role}`
    case 'value':
      return `value ${change.name} ${change.value}`
    case 'answer':
      return `answer ${change.key} ${JSON.stringify(change.value)}`
    default:
      return `${change.kind} ${change.partner}`
  }
}

/** Numbers changes: the same change has the same number, which is quicker to look up than its key. */
export function numbering(countries: number): (change: Change) => number {
  const others = new Map<string, number>()
  return (change) => {
    switch (change.kind) {
      case 'add':
        return 6 * (change.addition.id * countries + change.country)
      case 'leave-out':
        return 6 * change.partner + 1
      case 'role':
        return 6 * change.partner + (change.role === 'partner' ? 2 : 3)
      case 'coordinator':
        return 6 * change.partner + 4
      case 'charter':
        return 6 * change.partner + 5
      default: {
        const key = changeKey(change)
        const number = others.get(key) ?? -1 - others.size
        others.set(key, number)
        return number
      }
    }
  }
}

/** The addition that another change of the set makes the coordinator. */
export function addedCoordinator(changes: readonly Change[], given: number): Change | undefined {
  const swap = changes.find((change) => change.kind === 'coordinator')
  if (swap?.kind !== 'coordinator' || swap.partner < given) return undefined
  return changes.filter(({ kind }) => kind === 'add')[swap.partner - given]
}

/** A copy that changes may be tried on; the consortium itself is never touched. */
export function draftOf(encoded: Encoded): Encoded {
  const partners = encoded.partners.map((partner) => ({ ...partner }))
  // Named one by one: what is encoded later does not hold its organisations as values that could be spread.
  const { consortium, field, durationMonths, grantEur, answers, linksStated } = encoded
  const coordinator = partners.find(({ role }) => role === COORDINATOR)
  return { consortium, partners, coordinator, field, durationMonths, grantEur, answers, linksStated }
}

/** Makes the change and returns how to take it back. Changes are taken back in the opposite order. */
export function apply(draft: Encoded, change: Change): () => void {
  switch (change.kind) {
    case 'add':
      draft.partners.push(addedPartner(draft, change.addition, change.country))
      return () => void draft.partners.pop()
    case 'leave-out':
      return setRole(draft.partners[change.partner]!, LEFT_OUT)
    case 'role':
      return setRole(draft.partners[change.partner]!, change.role === 'partner' ? PARTNER : ASSOCIATED)
    case 'coordinator':
      return setCoordinator(draft, draft.partners[change.partner]!)
    case 'charter': {
      const partner = draft.partners[change.partner]!
      const before = partner.papers
      partner.papers = (before & ~(3 << CHARTER)) | (YES << CHARTER)
      return () => void (partner.papers = before)
    }
    case 'value':
      return setValue(draft, change.name, change.value)
    case 'answer':
      return setAnswer(draft, change.key, change.value)
  }
}

function setRole(partner: EncodedPartner, role: number): () => void {
  const before = partner.role
  partner.role = role
  return () => void (partner.role = before)
}

function setCoordinator(draft: Encoded, partner: EncodedPartner): () => void {
  const former = draft.coordinator
  const before = partner.role
  if (former) former.role = PARTNER
  partner.role = COORDINATOR
  draft.coordinator = partner
  return () => {
    partner.role = before
    if (former) former.role = COORDINATOR
    draft.coordinator = former
  }
}

function setValue(draft: Encoded, name: ValueName, value: number): () => void {
  if (name !== 'durationMonths' && name !== 'grantEur')
    return setAnswer(draft, name.slice('answers.'.length), value)
  const before = draft[name]
  draft[name] = value
  return () => void (draft[name] = before)
}

function setAnswer(draft: Encoded, key: string, value: unknown): () => void {
  const before = draft.answers
  draft.answers = { ...before, [key]: value }
  return () => void (draft.answers = before)
}

function addedPartner(draft: Encoded, addition: Addition, country: number): EncodedPartner {
  return { ...addition.partner, index: draft.partners.length, country }
}
