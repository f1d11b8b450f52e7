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
 * Writes the receipts that nobody was told of yet, each once. One that cannot be written keeps no other from it.
 * @returns of how many submissions
 */
export async function sendReceipts({ database, log }: { database: Database; log: Logger }): Promise<number> {
  const untold = await untoldIn(database).select('id').execute()
  const ids = untold.map(({ id }) => id)
  try {
    await tellOf(database, ids)
    return ids.length
  } catch (error) {
    if (ids.length === 1) throw error
    log.warn({ err: error }, 'receipts are written one by one')
  }
  let told = 0
  for (const id of ids) {
    await tellOf(database, [id]).then(
      () => told++,
      (error: unknown) => log.error({ err: error, submission: id }, 'a receipt could not be written')
    )
  }
  return told
}

function untoldIn(database: Database) {
  return database
    .selectFrom('applications.submission')
    .where('told_at', 'is', null)
    .orderBy('accepted_at')
    .limit(atOnce)
}

/** In one transaction; who tells of the same meanwhile leaves them out. */
async function tellOf(database: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await database.transaction().execute(async (transaction) => {
    const rows = await untoldIn(transaction)
      .selectAll()
      .where('id', 'in', ids)
      .forUpdate()
      .skipLocked()
      .execute()
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
      .set({ told_at: sql<string>`clock_timestamp()` })
      .where('id', '=', sql<string>`any(${rows.map(({ id }) => id)}::uuid[])`)
      .execute()
  })
}
