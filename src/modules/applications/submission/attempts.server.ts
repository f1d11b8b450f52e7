import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#shared/database/index.ts'
import { canNameApplication } from '../application.ts'
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

type Holding = { database: Database; log?: Logger | undefined }

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
  if (!canNameApplication(attempt.application)) return
  const { attempts } = memoryOf(app.database)
  if (attempts.length < mostRemembered) attempts.push(attempt)
  void storeAttempts(app).catch((error: unknown) =>
    app.log?.warn({ err: error }, 'an attempt could not be noted yet')
  )
}

/** Stores what is remembered; waits for what is under way. */
export async function storeAttempts({ database, log }: Holding): Promise<void> {
  const memory = memoryOf(database)
  memory.underWay = memory.underWay.catch(() => undefined).then(() => storeAll({ database, log }, memory))
  return memory.underWay
}

async function storeAll({ database, log }: Holding, memory: Memory): Promise<void> {
  const attempts = memory.attempts.splice(0)
  if (attempts.length === 0) return
  try {
    await insertAttempts(database, attempts)
  } catch (error) {
    if (isOfTheData(error) && attempts.length > 1) return storeEach({ database, log }, memory, attempts)
    if (isOfTheData(error)) return log?.error({ err: error, attempts }, 'an attempt cannot be stored')
    memory.attempts.unshift(...attempts)
    throw error
  }
}

/** One that cannot be stored silences no other. */
async function storeEach(app: Holding, memory: Memory, attempts: readonly Attempt[]): Promise<void> {
  const left = [...attempts]
  while (left.length > 0) {
    try {
      await insertAttempts(app.database, [left[0]!])
    } catch (error) {
      if (!isOfTheData(error)) {
        memory.attempts.unshift(...left)
        throw error
      }
      app.log?.error({ err: error, attempt: left[0] }, 'an attempt cannot be stored')
    }
    left.shift()
  }
}

/** What the database will never take: values that it cannot hold (22), rows that break a rule of the table (23). */
function isOfTheData(error: unknown): boolean {
  return /^2[23]/.test(String((error as { code?: unknown }).code))
}

function memoryOf(database: Database): Memory {
  return ((database as Keeping)[place] ??= { attempts: [], underWay: Promise.resolve() })
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function insertAttempts(database: Database, attempts: readonly Attempt[]): Promise<void> {
  const given = attempts.map(({ application, at, ...attempt }) => ({
    ...attempt,
    ...(uuid.test(application) ? { id: application } : { code: application }),
    at: at.at.toString(),
    error: at.error
  }))
  // Code and id are looked up apart, each by its index.
  await sql`
    insert into applications.attempt (application, call, made_by, what, known_by, outcome, why, at, clock_error)
      select a.id, a.call, given.by, given.what, 'system', given.outcome, given.why, given.at, given.error
      from json_to_recordset(${JSON.stringify(given)}::json) as given (code text, id uuid, by uuid, what text,
        outcome text, why text, at timestamptz, error double precision)
      cross join lateral (
        select one.id, one.call from applications.application one where one.code = given.code
        union all
        select one.id, one.call from applications.application one where one.id = given.id
      ) as a
      where (select count(*) from applications.attempt other
        where other.application = a.id and other.made_by = given.by) < ${mostKept}`.execute(database)
}
