import type { Partner } from '#shared/rules/consortium.ts'
import { shortened, type InputNotes, type Path } from './input-problem.ts'
import { foldName } from './nearest.ts'
import { wrongKind } from './read-values.ts'

const ofAll = new Set(['all', 'true', 'yes', 'visi', 'visiem', 'jā'])
const ofNone = new Set(['none', 'false', 'no', 'neviens', 'neviena', 'nē'])

/**
 * Of which other partners one is independent: all (true), none (false), or a list of their names or of their numbers
 * counted from 1 as people count. The answer counts positions from 0.
 */
export function readIndependence(
  value: unknown,
  path: Path,
  { own, partners, notes }: { own: number; partners: readonly (Partner | undefined)[]; notes: InputNotes }
): boolean | number[] | null | undefined {
  if (value === undefined || value === null || typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (ofAll.has(word)) return true
  if (ofNone.has(word)) return false
  if (!Array.isArray(value) && typeof value !== 'string' && typeof value !== 'number') {
    wrongKind(value, path, 'input.expects-independence', notes)
    return undefined
  }
  const list: unknown[] = Array.isArray(value) ? value : [value]
  if (list.length > partners.length * 2) {
    wrongKind(value, path, 'input.expects-independence', notes)
    return undefined
  }
  const positions = new Set<number>()
  for (const [index, one] of list.entries()) {
    const position = positionOf(one, Array.isArray(value) ? [...path, index] : path, { own, partners, notes })
    if (position !== undefined) positions.add(position)
  }
  return [...positions].sort((a, b) => a - b)
}

function positionOf(
  one: unknown,
  path: Path,
  { own, partners, notes }: { own: number; partners: readonly (Partner | undefined)[]; notes: InputNotes }
): number | undefined {
  if (typeof one !== 'string' && typeof one !== 'number') {
    wrongKind(one, path, 'input.expects-independence', notes)
    return undefined
  }
  const args = { written: shortened(String(one)) }
  const named = typeof one === 'string' ? partnersNamed(one, partners) : []
  if (named.length > 1) {
    notes.problem(path, 'input.independent-of-several', () => ({ args }))
    return undefined
  }
  const position = named[0] ?? numbered(one)
  if (position === undefined || position < 0 || position >= partners.length)
    notes.problem(path, 'input.independent-of-nobody', () => ({ args: { ...args, count: partners.length } }))
  else if (position === own) notes.problem(path, 'input.independent-of-itself', () => ({ args }))
  else return position
  return undefined
}

function partnersNamed(name: string, partners: readonly (Partner | undefined)[]): number[] {
  const wanted = foldName(name.slice(0, 1000))
  return partners.flatMap((partner, position) =>
    partner?.name !== undefined && foldName(partner.name) === wanted ? [position] : []
  )
}

function numbered(one: string | number): number | undefined {
  const number = typeof one === 'number' ? one : /^\s*\d{1,4}\s*$/.test(one) ? Number(one) : NaN
  return Number.isInteger(number) ? number - 1 : undefined
}
