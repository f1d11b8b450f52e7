import { sql } from 'kysely'
import { idsOfRecord, organisationNames } from '#server/organisations'
import { personsOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { AdviceWay } from './advice.ts'
import { type Body, type Unit } from './body.ts'
import { type Officer, insteadOfWhom, officersOf } from './officers.server.ts'
import { bodyOnRecord, unitsOnRecord } from './store.server.ts'
import {
  type OrganisationsWaiting,
  type Support,
  type SupportHolding,
  type ToSupport,
  organisationsWaiting,
  supportOf,
  toSupport
} from './support.server.ts'
import { type Waiting, waitingAt } from './waiting.server.ts'

/** An organisation as a desk names it. */
export type NamedOrganisation = { id: string; code: string; name: string; country: string }

/** A question that waits, with what was asked. */
export type Question = {
  request: string
  question: string
  action: string | null
  edition: number | null
  field: string | null
  language: string
  /** Who asked; undefined: they have no account any more. */
  askedBy: { name: string; email: string } | undefined
}

export type WaitingShown = Waiting & {
  about: NamedOrganisation | undefined
  question: Question | undefined
  takenBy: string | undefined
  /** Whether the organisation needs more support than others. */
  support: Support | undefined
}

/** What an officer sees first: what waits at their body, their colleagues, and in whose place they act. */
export type Desk = {
  body: Body
  units: Unit[]
  officers: Officer[]
  waiting: WaitingShown[]
  /** The name of the officer instead of whom the caller acts. */
  insteadOf: string | undefined
  me: Officer | undefined
  organisations: OrganisationsWaiting
  toSupport: ToSupport[]
}

/** Reads the desk of a body for one of its officers; whether they are one was asked before. */
export async function readDesk(
  app: SupportHolding,
  caller: SignedIn,
  body: string,
  language: Language
): Promise<Desk | undefined> {
  const { database } = app
  const shown = await bodyOnRecord(database, body)
  if (!shown) return undefined
  const [units, officers, waiting, represented, organisations, supported] = await Promise.all([
    unitsOnRecord(database, body),
    officersOf(database, body),
    waitingAt(database, body),
    insteadOfWhom(database, caller),
    organisationsWaiting(app, caller),
    toSupport(app, caller, body)
  ])
  const me = officers.find(({ role }) => role === caller.acting?.id)
  const insteadOf = represented && (await personsOf(database, [represented])).get(represented)?.name
  return {
    body: shown,
    units: units.filter(({ endedOn }) => endedOn === null),
    officers,
    waiting: await withSupport(app, caller, await withNames(database, waiting, officers, language)),
    insteadOf,
    me,
    organisations,
    toSupport: supported
  }
}

async function withSupport(
  app: SupportHolding,
  caller: SignedIn,
  waiting: readonly Omit<WaitingShown, 'support'>[]
): Promise<WaitingShown[]> {
  return Promise.all(
    waiting.map(async (one) => ({
      ...one,
      support: one.about && (await supportOf(app, caller, one.about.id, one.question?.action ?? null))
    }))
  )
}

async function withNames(
  database: Database,
  waiting: readonly Waiting[],
  officers: readonly Officer[],
  language: Language
): Promise<Omit<WaitingShown, 'support'>[]> {
  const organisations = await organisationNames(
    database,
    waiting.flatMap(({ organisation }) => organisation ?? []),
    language
  )
  const questions = await questionsOf(
    database,
    waiting.filter(({ kind }) => kind === 'advice-request').map(({ subject }) => subject)
  )
  return waiting.map((one) => ({
    ...one,
    about: one.organisation ? organisations.get(one.organisation) : undefined,
    question: questions.get(one.subject),
    takenBy: one.taken && (officers.find(({ person }) => person === one.taken!.by)?.name ?? '')
  }))
}

async function questionsOf(database: Database, ids: readonly string[]): Promise<Map<string, Question>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .selectFrom('directory.advice_request')
    .select(['id', 'question', 'action', 'edition', 'field', 'language', 'asked_by'])
    .where('id', 'in', [...ids])
    .execute()
  const persons = await personsOf(
    database,
    rows.flatMap(({ asked_by }) => asked_by ?? [])
  )
  return new Map(
    rows.map(({ id, asked_by, ...question }) => {
      const person = asked_by ? persons.get(asked_by) : undefined
      const askedBy = person && { name: person.name, email: person.email }
      return [id, { request: id, ...question, askedBy }]
    })
  )
}

/** A line of the advice log of a body. */
export type AdviceLine = {
  id: string
  unit: string | null
  organisation: NamedOrganisation | undefined
  advisor: string
  advisorIs: string
  on: string
  how: AdviceWay
  action: string | null
  edition: number
  topic: string
  answer: string | null
  notes: string | null
  bookedBy: string
  struck: { at: string; because: string } | undefined
}

export type AdviceFilter = {
  organisation?: string | undefined
  advisor?: string | undefined
  edition?: number | undefined
}

// A page of a log; the rest by narrowing it down, or as CSV.
const mostLines = 500

/** The advice that a body gave, the newest first, struck entries too. */
export async function readAdviceLog(
  database: Database,
  body: string,
  { organisation, advisor, edition }: AdviceFilter,
  language: Language
): Promise<AdviceLine[]> {
  const about =
    organisation === undefined ? [] : [organisation, ...(await idsOfRecord(database, organisation))]
  const rows = await database
    .selectFrom('directory.advice')
    .selectAll()
    .where('body', '=', body)
    .$if(organisation !== undefined, (query) => query.where('organisation', 'in', about))
    .$if(advisor !== undefined, (query) => query.where('advisor', '=', advisor!))
    .$if(edition !== undefined, (query) => query.where('edition', '=', edition!))
    .orderBy('advised_on', 'desc')
    .orderBy('booked_at', 'desc')
    .limit(mostLines)
    .execute()
  const persons = await personsOf(
    database,
    rows.flatMap(({ advisor, booked_by }) => [advisor, booked_by])
  )
  const organisations = await organisationNames(
    database,
    rows.map((row) => row.organisation),
    language
  )
  return rows.map((row) => ({
    id: row.id,
    unit: row.unit,
    organisation: organisations.get(row.organisation),
    advisor: persons.get(row.advisor)?.name ?? '',
    advisorIs: row.advisor,
    on: row.advised_on.toString(),
    how: row.how,
    action: row.action,
    edition: row.edition,
    topic: row.topic,
    answer: row.answer,
    notes: row.notes,
    bookedBy: persons.get(row.booked_by)?.name ?? '',
    struck: row.struck_at ? { at: row.struck_at.toString(), because: row.struck_because! } : undefined
  }))
}

/** Advice as the organisation that got it sees it: by which body, when, how, about what. Without notes. */
export type AdviceSeen = {
  body: string
  on: string
  how: AdviceWay
  action: string | null
  edition: number
  topic: string
  answer: string | null
}

/** A question of an organisation, and what became of it. */
export type RequestSeen = {
  id: string
  askedAt: string
  question: string
  action: string | null
  edition: number | null
  field: string | null
  state: 'waiting' | 'taken' | 'answered' | 'withdrawn'
  body: string
}

export type Received = { requests: RequestSeen[]; advice: AdviceSeen[] }

/** What an organisation asked, and how it was advised; the newest first. */
export async function readReceived(database: Database, organisation: string): Promise<Received> {
  const ids = await idsOfRecord(database, organisation)
  const advice = await database
    .selectFrom('directory.advice')
    .select(['body', 'advised_on', 'how', 'action', 'edition', 'topic', 'answer'])
    .where('organisation', 'in', [organisation, ...ids])
    .where('struck_at', 'is', null)
    .orderBy('advised_on', 'desc')
    .execute()
  const { rows } = await sql<RequestRow>`
    select r.id, r.asked_at, r.question, r.action, r.edition, r.field, w.body,
      case when r.withdrawn_at is not null then 'withdrawn' when w.settled_at is not null then 'answered'
        when w.taken_at is not null then 'taken' else 'waiting' end as state
    from directory.advice_request r
    join lateral (
      select body, settled_at, taken_at from directory.waiting
      where kind = 'advice-request' and subject = r.id::text order by since desc limit 1
    ) w on true
    where r.organisation = any(${[organisation, ...ids]}::uuid[]) order by r.asked_at desc`.execute(database)
  return {
    requests: rows.map(({ asked_at, ...row }) => ({ ...row, askedAt: asked_at.toString() })),
    advice: advice.map(({ advised_on, ...row }) => ({ ...row, on: advised_on.toString() }))
  }
}

type RequestRow = Omit<RequestSeen, 'askedAt'> & { asked_at: { toString: () => string } }
