import type { Temporal } from 'temporal-polyfill'
import { callsThatClose } from '#server/calls'
import { type ApplicationLimit, type Programmes, applicationLimits } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import '../applications-tables.server.ts'
import './consortium-tables.server.ts'
import { countedApplications } from './count-applications.server.ts'
import { writeOverLimit } from './letters.server.ts'
import { type OverLimit, organisationsOver } from './limits-across.ts'
import { peopleOf } from './people-of.server.ts'

type Holding = { database: Database; programmes: Programmes }

/** Organisations are told of a limit so many days before the deadline, while they can still choose. */
const daysBefore = 21

/**
 * Tells organisations that take part in more applications of a deadline than count, once for each limit: while the
 * deadline is still ahead, and only them.
 */
export async function warnOfLimits(app: Holding): Promise<void> {
  const now = await databaseNow(app.database)
  const until = now.add({ hours: 24 * daysBefore })
  const calls = await callsThatClose(app, { from: now, until })
  const moments = new Map(calls.map(({ closesAt }) => [closesAt.toString(), closesAt]))
  for (const closesAt of moments.values()) {
    const codes = calls.filter((one) => one.closesAt.equals(closesAt)).map(({ code }) => code)
    for (const { action, limits } of await limitsUnder(app, codes)) {
      const counted = await countedApplications(app.database, { action, closesAt })
      for (const over of organisationsOver(counted, limits)) await tell(app, over, { action, closesAt })
    }
  }
}

/** The actions that are applied for under calls, with every limit that holds in one of their fields. */
async function limitsUnder(
  app: Holding,
  codes: readonly string[]
): Promise<{ action: string; limits: ApplicationLimit[] }[]> {
  const rows = await app.database
    .selectFrom('applications.application')
    .select(['action', 'edition', 'field'])
    .distinct()
    .where('call', 'in', [...codes])
    .where('state', '<>', 'withdrawn')
    .execute()
  const actions = [...new Set(rows.map(({ action }) => action))]
  return actions.map((action) => {
    const all = rows.filter((row) => row.action === action).flatMap((row) => applicationLimits(app, row))
    const limits = new Map(all.map((limit) => [`${limit.of} ${limit.fields.join(' ')}`, limit]))
    return { action, limits: [...limits.values()] }
  })
}

async function tell(
  { database }: Holding,
  { organisation, limit, counted }: OverLimit,
  { action, closesAt }: { action: string; closesAt: Temporal.Instant }
): Promise<void> {
  if (limit.of === 'consortium') return
  const { of } = limit
  await database.transaction().execute(async (transaction) => {
    // Where nobody works yet, whoever comes before the deadline is still told.
    const people = await peopleOf(transaction, organisation)
    if (people.length === 0) return
    const noted = await transaction
      .insertInto('applications.limit_notice')
      .values({ organisation, closes_at: closesAt.toString(), action, limit_of: of })
      .onConflict((conflict) => conflict.doNothing())
      .returning('organisation')
      .executeTakeFirst()
    if (!noted) return
    await writeOverLimit(transaction, people, { limit, counted, closesAt })
  })
}
