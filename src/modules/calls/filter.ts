import { type Field, isField } from '#modules/programmes'
import { type CallKind, callKinds } from './call.ts'
import { type PublicState, publicStates } from './life.ts'

/** What somebody looks for among calls: everything given must hold, of several values one is enough. */
export type CallFilter = {
  /** Words of the title or of an action's name. */
  text: string
  /** Where they stand; none: those that can still be applied to. */
  states: PublicState[]
  fields: Field[]
  actions: string[]
  kinds: CallKind[]
  bodies: string[]
  /** Countries of the body, ISO 3166-1 alpha-2. */
  countries: string[]
  editions: number[]
  /** Who asks: the country and the type of an organisation. Calls in which it cannot take part are left out. */
  from: string | undefined
  type: string | undefined
  /** The deadline lies at most so many days ahead. */
  within: number | undefined
}

/** States of calls that one can still apply to, which lists show unless asked for others. */
export const currentStates = ['published', 'open'] as const satisfies readonly PublicState[]

/** How far ahead deadlines may be asked for, in days. */
export const deadlineWindows = [7, 30, 90] as const

export const anyCall: CallFilter = {
  text: '',
  states: [],
  fields: [],
  actions: [],
  kinds: [],
  bodies: [],
  countries: [],
  editions: [],
  from: undefined,
  type: undefined,
  within: undefined
}

/** Reads a filter from the query of an address. What it does not know is passed over. */
export function filterFrom(query: URLSearchParams): CallFilter {
  const all = (name: string) => [...new Set(query.getAll(name).flatMap((value) => value.split(',')))]
  const slugs = (name: string) => all(name).filter((value) => /^[a-z0-9-]{1,80}$/.test(value))
  const one = (name: string, fits: RegExp) => all(name).find((value) => fits.test(value))
  const within = Number(one('within', /^\d{1,3}$/))
  return {
    text: (query.get('q') ?? '').slice(0, 200).trim(),
    states: all('status').filter((value) =>
      (publicStates as readonly string[]).includes(value)
    ) as PublicState[],
    fields: all('field').filter(isField),
    actions: slugs('action'),
    kinds: all('kind').filter((value) => (callKinds as readonly string[]).includes(value)) as CallKind[],
    bodies: slugs('body'),
    countries: all('country').filter((value) => /^[A-Z]{2}$/.test(value)),
    editions: all('edition')
      .filter((value) => /^\d{4}$/.test(value))
      .map(Number),
    from: one('from', /^[A-Z]{2}$/),
    type: one('type', /^[a-z0-9-]{1,80}$/),
    within: within > 0 ? within : undefined
  }
}

/** Writes a filter as the query of an address, always in the same order: the same filter is the same text. */
export function queryOf(filter: CallFilter): URLSearchParams {
  const query = new URLSearchParams()
  const add = (name: string, values: readonly (string | number | undefined)[]) => {
    for (const value of values.map((one) => (one === undefined ? '' : String(one))).toSorted()) {
      if (value !== '') query.append(name, value)
    }
  }
  add('q', [filter.text])
  add('status', filter.states)
  add('field', filter.fields)
  add('action', filter.actions)
  add('kind', filter.kinds)
  add('body', filter.bodies)
  add('country', filter.countries)
  add('edition', filter.editions)
  add('from', [filter.from])
  add('type', [filter.type])
  add('within', [filter.within])
  return query
}

/** Whether nothing is asked for. */
export function isAnyCall(filter: CallFilter): boolean {
  return queryOf(filter).size === 0
}
