import { type Database, type Prepared, type Saying, atCommit, preparedQuery } from '#shared/database/index.ts'
import type { Temporal } from 'temporal-polyfill'
import type { JsonObject } from '#shared/audit/index.ts'
import type { SealedFrame } from './manifest.ts'
import type { Received } from './submission.ts'
import './submission-tables.server.ts'

/** An application that was checked and found good, about to be put on record. */
export type Acceptable = {
  submission: string
  application: string
  call: string
  /** The outline that was checked, how many answers there were, and the sum of their versions. */
  outline: number
  answers: number
  versions: number
  /** The sum of the versions of the budget's lines. */
  budget: number
  /** Paths of answers that are not part of it: nobody asks them any more. They stay in the draft. */
  leftOut: readonly string[]
  frame: SealedFrame
  /** In hexadecimal. */
  hash: string
  received: Received
  by: string
  /** What the audit log says of it. */
  payload: JsonObject
  form: string
}

/** What is known once it is on record. */
export type Numbered = { number: number; acceptedAt: Temporal.Instant; entry: string }

/** The chain of the audit log in which the submissions of a call follow each other: it numbers them. */
export const chainOf = (call: string) => ({ kind: 'submissions', id: call })

type Frozen = { application: string }

/**
 * Freezes applications: makes them submitted, whereby nobody may change their answers any more, and keeps everything
 * else that they say, in one statement and so of one moment. Versions only ever grow, so the same number of answers
 * with the same sum of versions are the answers that were checked; one that was changed meanwhile is left as it is. The
 * applications are locked by a statement of its own, sent just before: what a save had done that held one is seen by
 * the statement that freezes, and a later save finds no draft. The answers themselves are copied later
 * (frozen-content.server.ts): the hash, which is on record, holds them already.
 * @returns ids of the applications that were frozen
 */
export async function freeze(transaction: Database, all: readonly Acceptable[]): Promise<Set<string>> {
  const asked = JSON.stringify(
    all.map(({ submission, application, outline, answers, versions, budget, leftOut, frame, by }) => ({
      ...{ submission, application, outline, answers, versions, budget, frame, submitter: by },
      left_out: leftOut
    }))
  )
  const ids = all.map(({ application }) => application)
  // Both are on their way before the first answer comes.
  const { rows } = await transaction.getExecutor().provideConnection(async (connection) => {
    const [, frozen] = await Promise.all([
      connection.executeQuery(preparedQuery(locking, [ids])),
      connection.executeQuery<Frozen>(preparedQuery<Frozen>(freezing, [asked]))
    ])
    return frozen
  })
  return new Set(rows.map(({ application }) => application))
}

type Settled = Acceptable & { known?: Numbered }

/**
 * Numbers submissions when the transaction ends, in the order in which they are given, which is that of their audit
 * entries. Together with the commit, so that whoever hands in next waits for nothing but the commit.
 * @returns what is known of it, once the transaction is committed
 */
export async function numberAtCommit(transaction: Database, one: Acceptable): Promise<() => Numbered> {
  const settled: Settled = { ...one }
  await atCommit(transaction, numbering, settled)
  return () => {
    if (!settled.known) throw new Error('It is not on record yet.')
    return settled.known
  }
}

const numbering: Saying<Settled> = {
  name: 'applications.number',
  statements: (all) => [insertNumbered(all)],
  committed: (all, [rows]) => {
    const known = new Map((rows as NumberedRow[]).map((row) => [row.id, row]))
    for (const one of all) {
      const row = known.get(one.submission)
      if (row) one.known = { number: row.number, acceptedAt: row.accepted_at, entry: row.entry }
    }
  }
}

type NumberedRow = { id: string; number: number; accepted_at: Temporal.Instant; entry: string }

/** The last entries of a call's chain are those of this transaction: it holds the chain until it ends. */
function insertNumbered(all: readonly Settled[]) {
  const after = new Map<string, number>()
  const given = all.toReversed().map(({ submission, application, call, hash, received, by, form }) => {
    const behind = after.get(call) ?? 0
    after.set(call, behind + 1)
    const { at, error } = received
    return {
      ...{ submission, application, call, hash, submitter: by, form, behind },
      received: at.toString(),
      error
    }
  })
  return preparedQuery<NumberedRow>(numberingStatement, [JSON.stringify(given)])
}

// In one order for all, so that two lanes wait for each other but not for ever.
const locking: Prepared = {
  name: 'applications.lock',
  text: `
    select id from applications.application where id = any($1::uuid[]) order by id for update`
}

const freezing: Prepared = {
  name: 'applications.freeze',
  text: `
    with asked as materialized (
      select * from json_to_recordset($1::json) as given (submission uuid, application uuid, outline integer,
        answers bigint, versions bigint, budget bigint, left_out text[], frame json, submitter uuid)
    ), now_answered as materialized (
      select a.application, count(*) as answers, sum(a.version) as versions
      from applications.answer a where a.application = any(array(select application from asked)) group by a.application
    ), same as materialized (
      select asked.* from asked left join now_answered n on n.application = asked.application
      where asked.answers = coalesce(n.answers, 0) and asked.versions = coalesce(n.versions, 0)
        and asked.budget = (select coalesce(sum(l.version), 0) from applications.budget_line l
          where l.application = asked.application)
    ), taken as (
      update applications.application a set state = 'submitted', outline = a.outline + 1
      from same where a.id = same.application and a.state = 'draft' and a.outline = same.outline
      returning a.id as application, same.submission, same.submitter
    ), replaced as (
      update applications.submission s set state = 'replaced', changed_at = clock_timestamp(), changed_by = taken.submitter
      from taken where s.application = taken.application and s.state in ('counts', 'taken-back')
    ), kept as (
      insert into applications.submitted_content (submission, left_out, frame)
      select taken.submission, same.left_out, same.frame from taken join same on same.application = taken.application
    )
    select application from taken`
}

// Counted from the end of the chain, which is one walk back over an index whatever PostgreSQL takes the table to be
// like: planned for an empty table, a join would read the whole chain for every submission.
const numberingStatement: Prepared = {
  name: 'applications.number',
  text: `
    insert into applications.submission (id, application, call, number, received_at, clock_error, accepted_at, hash,
        submitted_by, entry, form)
      select given.submission, given.application, given.call, entry.number, given.received, given.error, entry.at,
        decode(given.hash, 'hex'), given.submitter, entry.id, given.form
      from json_to_recordset($1::json) as given (submission uuid, application uuid, call text,
        hash text, submitter uuid, form uuid, behind integer, received timestamptz, error double precision)
      cross join lateral (
        select e.id, e.number, e.at from audit.entry e
        where e.subject_kind = 'submissions' and e.subject_id = given.call
        order by e.number desc offset given.behind limit 1
      ) as entry
    returning id, number, accepted_at, entry`
}
