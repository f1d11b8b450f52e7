import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#shared/database/index.ts'
import { type Rounds, startRounds } from '#shared/jobs/rounds.ts'
import { queueMails } from '#shared/mail/index.ts'
import { organisationsIn, peopleOfAll } from '../consortium/people-of.server.ts'
import { findOutlines } from '../outline.server.ts'
import { receiptLetter } from './letters.server.ts'
import { submissionOf } from './submissions-store.server.ts'
import { everybodyOf } from './tell.server.ts'

const every = 5000 // not of a guide: milliseconds
// In the last minute many hand in: their letters are written together.
const soon = 500
const atOnce = 100 // not of a guide: submissions
const later = '10 minutes'

/** Writes receipts to those who take part, soon after something was handed in: many at a time, in their order. */
export function startReceipts({ database, log }: { database: Database; log: Logger }): Rounds {
  const rounds = startRounds({
    name: 'applications.receipts',
    ...{ log, every, soon },
    work: async (stopping) => {
      while (!stopping.aborted && (await sendReceipts({ database, log })) === atOnce);
    }
  })
  const nudge = (name: unknown) => {
    if (name === 'applications.submitted') rounds.nudge()
  }
  subscribe('kopa:announced', nudge)
  return {
    nudge: rounds.nudge,
    stop: () => {
      unsubscribe('kopa:announced', nudge)
      return rounds.stop()
    }
  }
}

/**
 * Writes the receipts that are to be written, each once. One that cannot be written keeps no other from it, and is tried
 * again later.
 * @returns how many it looked at that nobody else had taken
 */
export async function sendReceipts({ database, log }: { database: Database; log: Logger }): Promise<number> {
  try {
    return await tell(database, atOnce)
  } catch (error) {
    log.warn({ err: error }, 'receipts are written one by one')
  }
  const due = await dueIn(database).select('id').limit(atOnce).execute()
  for (const { id } of due) {
    await tell(database, 1, id).catch(async (error: unknown) => {
      log.error({ err: error, submission: id }, 'a receipt could not be written')
      await database
        .updateTable('applications.submission')
        .set({ tell_at: sql<string>`clock_timestamp() + ${later}::interval` })
        .where('id', '=', id)
        .where('tell_at', 'is not', null)
        .execute()
    })
  }
  return due.length
}

function dueIn(database: Database) {
  return database
    .selectFrom('applications.submission')
    .where('tell_at', '<=', sql<never>`clock_timestamp()`)
    .orderBy('accepted_at')
}

/** In one transaction; what somebody else is telling of at this moment is left to them. */
async function tell(database: Database, most: number, only?: string): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    const rows = await dueIn(transaction)
      .selectAll()
      .$if(only !== undefined, (due) => due.where('id', '=', only!))
      .limit(most)
      .forUpdate()
      .skipLocked()
      .execute()
    if (rows.length === 0) return 0
    const outlines = await findOutlines(
      transaction,
      rows.map(({ application }) => application)
    )
    const there = outlines.filter((one) => one !== undefined)
    const people = await peopleOfAll(transaction, [...new Set(there.flatMap(organisationsIn))])
    const letters = rows.flatMap((row, at) => {
      const outline = outlines[at]
      if (!outline) return []
      const about = { outline, submission: submissionOf(row) }
      return everybodyOf(outline, people).map((to) => receiptLetter(to, about))
    })
    await queueMails(transaction, letters)
    await transaction
      .updateTable('applications.submission')
      .set({ tell_at: null })
      .where(
        'id',
        'in',
        rows.map(({ id }) => id)
      )
      .execute()
    return rows.length
  })
}
