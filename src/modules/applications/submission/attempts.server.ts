import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#shared/database/index.ts'
import type { Received } from './submission.ts'
import './submission-tables.server.ts'

/** Something that somebody tried to do with an application, and that was not done. */
export type Attempt = {
  /** Its code or its id. */
  application: string
  by: string
  what: 'save' | 'submit'
  /** `refused`: rightly. `failed`: it was ours to mend. */
  outcome: 'refused' | 'failed'
  /** A word for the reason, as refusals have it. */
  why: string
  at: Received
}

type Holding = { database: Database; log?: Logger }

// The site's bundle holds a second copy of this module: what both must share is kept with the database.
const place = Symbol.for('kopa.attempts')
type Memory = { attempts: Attempt[]; underWay: Promise<void> }
type Keeping = Database & { [place]?: Memory }

// What is tried while the database is away is remembered that far.
const mostRemembered = 20_000 // not of a guide: attempts in memory
// Of one person in one application: enough to see what happened, too few to fill a disk.
const mostKept = 200

/**
 * Notes an attempt. Nobody waits for it, and it is stored outside of any transaction: the one that failed takes
 * nothing with it. While the database is away it is remembered, and stored once it is back.
 */
export function noteAttempt(app: Holding, attempt: Attempt): void {
  const { attempts } = memoryOf(app.database)
  if (attempts.length < mostRemembered) attempts.push(attempt)
  void storeAttempts(app).catch((error: unknown) =>
    app.log?.warn({ err: error }, 'an attempt could not be noted yet')
  )
}

/** Stores what is remembered; waits for what is under way. */
export async function storeAttempts({ database }: Pick<Holding, 'database'>): Promise<void> {
  const memory = memoryOf(database)
  memory.underWay = memory.underWay.catch(() => undefined).then(() => storeAll(database, memory))
  return memory.underWay
}

async function storeAll(database: Database, memory: Memory): Promise<void> {
  const attempts = memory.attempts.splice(0)
  if (attempts.length === 0) return
  try {
    await insertAttempts(database, attempts)
  } catch (error) {
    memory.attempts.unshift(...attempts)
    throw error
  }
}

function memoryOf(database: Database): Memory {
  return ((database as Keeping)[place] ??= { attempts: [], underWay: Promise.resolve() })
}

async function insertAttempts(database: Database, attempts: readonly Attempt[]): Promise<void> {
  const given = attempts.map(({ at, ...attempt }) => ({ ...attempt, at: at.at.toString(), error: at.error }))
  await sql`
    insert into applications.attempt (application, call, made_by, what, known_by, outcome, why, at, clock_error)
      select a.id, a.call, given.by, given.what, 'system', given.outcome, given.why, given.at, given.error
      from json_to_recordset(${JSON.stringify(given)}::json) as given (application text, by uuid, what text,
        outcome text, why text, at timestamptz, error double precision)
      join applications.application a on a.code = given.application or a.id::text = given.application
      where (select count(*) from applications.attempt other
        where other.application = a.id and other.made_by = given.by) < ${mostKept}`.execute(database)
}
