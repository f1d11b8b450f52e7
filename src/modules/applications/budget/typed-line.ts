import { euroTyped, parseEuro } from '#shared/design/parse-euro.ts'
import { peopleKinds, staffKinds, type PlannedCost } from './budget-line.ts'

/** A line as its fields hold it while somebody types. */
export type TypedLine = Record<string, string>

const numbers = ['year', 'months', 'days', 'people', 'times', 'km', 'age'] as const
const words = ['workPackage', 'from', 'to', 'kmReason', 'justification'] as const

/** The fields of a line, filled with what is planned. Amounts are written as people type them: 1234,50. */
export function typedOf(line: PlannedCost): TypedLine {
  const typed: TypedLine = { participant: line.participant, category: line.category, title: line.title }
  for (const name of numbers) if (line[name] !== undefined) typed[name] = String(line[name])
  for (const name of [...words, 'staff', 'kind', 'travel'] as const) if (line[name]) typed[name] = line[name]
  if (line.cents !== undefined) typed.cents = euroTyped(line.cents)
  return typed
}

/** What the fields say, as far as it can be understood: what cannot counts as not given, and is said when it is saved. */
export function plannedFrom(typed: TypedLine): PlannedCost {
  const line: PlannedCost = {
    participant: typed.participant ?? '',
    category: typed.category ?? '',
    title: typed.title ?? ''
  }
  for (const name of numbers) {
    const text = (typed[name] ?? '').replace(/[\s\u00a0]/g, '')
    if (/^\d{1,9}$/.test(text)) line[name] = Number(text)
  }
  for (const name of words) if (typed[name]?.trim()) line[name] = typed[name].trim()
  const oneOf = <T extends string>(name: string, offered: readonly T[]) =>
    offered.find((one) => one === typed[name])
  const staff = oneOf('staff', staffKinds)
  const kind = oneOf('kind', peopleKinds)
  const travel = oneOf('travel', ['standard', 'green'] as const)
  const cents = parseEuro(typed.cents ?? '')
  return {
    ...line,
    ...(staff && { staff }),
    ...(kind && { kind }),
    ...(travel && { travel }),
    ...(typeof cents === 'object' && { cents: cents.cents })
  }
}
