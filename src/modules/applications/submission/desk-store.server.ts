import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { SealedParticipant } from './manifest.ts'
import { type AttemptOnRecord, type Span, type UnderWay } from './late-claims.ts'
import { type Submission, standing } from './submission.ts'
import { submissionOf } from './submissions-store.server.ts'
import '../applications-tables.server.ts'

/** Something that was handed in, as officers list it. */
export type ListedSubmission = Submission & {
  code: string
  title: string
  action: string
  field: string
  coordinator: string
  country: string
  participants: number
}

/** How many drafts, and how many submissions that stand, there are under a call. */
export async function countUnder(
  database: Database,
  call: string
): Promise<{ drafts: number; submitted: number; withdrawn: number }> {
  const { rows } = await sql<{ drafts: number; submitted: number; withdrawn: number }>`
    select count(*) filter (where a.state = 'draft' and s.application is null)::integer as drafts,
      count(s.application)::integer as submitted,
      count(*) filter (where a.state = 'withdrawn')::integer as withdrawn
    from applications.application a
    left join applications.submission s on s.application = a.id and s.state in ('counts', 'taken-back')
    where a.call = ${call}`.execute(database)
  return rows[0]!
}

/** What was handed in under a call, in the order of the numbers: as it was frozen, whatever the drafts say by now. */
export async function submissionsUnder(database: Database, call: string): Promise<ListedSubmission[]> {
  const rows = await database
    .selectFrom('applications.submission as s')
    .innerJoin('applications.submitted_content as c', 'c.submission', 's.id')
    .selectAll('s')
    .select([
      sql<string>`c.frame ->> 'application'`.as('code'),
      sql<string>`c.frame ->> 'title'`.as('title'),
      sql<string>`c.frame ->> 'action'`.as('action'),
      sql<string>`c.frame ->> 'field'`.as('field'),
      sql<SealedParticipant[]>`c.frame -> 'participants'`.as('participants')
    ])
    .where('s.call', '=', call)
    .orderBy('s.number')
    .execute()
  return rows.map(({ code, title, action, field, participants, ...row }) => {
    const coordinator = participants.find(({ position }) => position === 0)
    return {
      ...submissionOf(row),
      ...{ code, title, action, field, participants: participants.length },
      coordinator: coordinator?.name ?? '',
      country: coordinator?.country ?? ''
    }
  })
}

/** A submission of a call, by its number. */
export async function submissionNumbered(
  database: Database,
  call: string,
  number: number
): Promise<Submission | undefined> {
  const row = await database
    .selectFrom('applications.submission')
    .selectAll()
    .where('call', '=', call)
    .where('number', '=', number)
    .executeTakeFirst()
  return row && submissionOf(row)
}

/** An attempt with what officers are shown of it; of a draft no more than its code. */
export type ListedAttempt = AttemptOnRecord & { code: string; by: string; clockError: number }

const mostAttempts = 5000 // not of a guide: rows

/** All that was tried in vain under a call, the latest first. */
export async function attemptsUnder(database: Database, call: string): Promise<ListedAttempt[]> {
  const rows = await database
    .selectFrom('applications.attempt as t')
    .innerJoin('applications.application as a', 'a.id', 't.application')
    .selectAll('t')
    .select('a.code')
    .where('t.call', '=', call)
    .orderBy('t.at', 'desc')
    .limit(mostAttempts)
    .execute()
  return rows.map((row) => ({
    ...{ application: row.application, what: row.what, knownBy: row.known_by, outcome: row.outcome },
    ...{ why: row.why, at: row.at, code: row.code, by: row.made_by },
    clockError: row.clock_error
  }))
}

/** When servers were there, around a time. */
export async function watchesAround(database: Database, { from, until }: Span) {
  return database
    .selectFrom('applications.watch')
    .select(['since', 'until'])
    .where('until', '>=', from)
    .where('since', '<=', until)
    .execute()
}

/** Every application under a call: when it was written in last, and when what stands had been received. */
export async function underWay(database: Database, call: string): Promise<(UnderWay & { code: string })[]> {
  const rows = await database
    .selectFrom('applications.application as a')
    .leftJoin('applications.submission as s', (join) =>
      join.onRef('s.application', '=', 'a.id').on('s.state', 'in', standing)
    )
    .select(['a.id', 'a.code', 's.received_at'])
    .select((is) =>
      is
        .selectFrom('applications.answer as n')
        .whereRef('n.application', '=', 'a.id')
        .select(({ fn }) => fn.max('n.changed_at').as('at'))
        .as('written_at')
    )
    .where('a.call', '=', call)
    .where('a.state', '<>', 'withdrawn')
    .execute()
  return rows.map(({ id, code, received_at, written_at }) => ({
    ...{ application: id, code },
    receivedAt: received_at ?? undefined,
    writtenAt: written_at ?? undefined
  }))
}
