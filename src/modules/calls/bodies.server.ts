import type { Temporal } from 'temporal-polyfill'
import { type BodyListed, listBodies, showBody } from '#server/directory'
import type { Field } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import type { BodyKind } from './deadline-rules.ts'

/** What calls need to know of the body that publishes them. */
export type CallBody = {
  id: string
  names: Words
  /** What people call it, such as VIAA. */
  short: string | undefined
  /** ISO 3166-1 alpha-2; undefined for bodies of the Union. */
  country: string | undefined
  kind: BodyKind
  /** The fields whose actions it manages, by its mandates; undefined where nothing limits them. */
  fields: readonly Field[] | undefined
}

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** A body of the directory; one that it does not know is called by its id. */
export async function bodyOf(app: Pick<Holding, 'database'>, id: string): Promise<CallBody> {
  const shown = await showBody(app, id)
  return shown ? toCallBody(shown) : unknownBody(id)
}

/** All bodies of the directory, by id; ask `bodyIn` for one. */
export async function allBodies(app: Holding): Promise<ReadonlyMap<string, CallBody>> {
  const listed = await listBodies(app)
  return new Map(listed.map((one) => [one.body.id, toCallBody(one)]))
}

export function bodyIn(bodies: ReadonlyMap<string, CallBody>, id: string): CallBody {
  return bodies.get(id) ?? unknownBody(id)
}

function toCallBody({ body, mandates }: BodyListed): CallBody {
  const { id, names, short, country, kinds } = body
  const kind = kinds.find((one) => one === 'national-agency' || one === 'executive-agency') ?? 'other'
  const managing = mandates.filter(({ purpose, until }) => purpose === 'manages-actions' && until === null)
  const limited = managing.length > 0 && managing.every(({ fields }) => fields !== null)
  return {
    id,
    names,
    short: short ?? undefined,
    country: country ?? undefined,
    kind,
    fields: limited ? [...new Set(managing.flatMap(({ fields }) => fields ?? []))] : undefined
  }
}

function unknownBody(id: string): CallBody {
  return {
    id,
    names: { en: id, lv: id },
    short: undefined,
    country: undefined,
    kind: 'other',
    fields: undefined
  }
}

/** What people call a body, in their language. */
export function calledIn(language: 'lv' | 'en', { short, names }: CallBody): string {
  return short ?? names[language]
}
