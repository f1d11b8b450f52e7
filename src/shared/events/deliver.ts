import { sql } from 'kysely'
import { z } from 'zod'
import { type Database, joining } from '../database/index.ts'
import type { Listener } from './listener.ts'
import './event-tables.ts'

const payloadSchema = z.object({ event: z.string() })

/**
 * Lets a listener hear of the event that a job names, unless it has already: that it has is noted in the
 * transaction in which it worked. Two who try at the same time wait for each other.
 */
export async function deliver<Holding extends { database: Database }>(
  app: Holding,
  listener: Listener<Holding>,
  payload: unknown
): Promise<void> {
  const { event: id } = payloadSchema.parse(payload)
  await app.database.transaction().execute(async (transaction) => {
    const open = await transaction
      .selectFrom('events.delivery as delivery')
      .innerJoin('events.event as event', 'event.id', 'delivery.event')
      .select(['event.facts', 'event.announced_at'])
      .where('delivery.event', '=', id)
      .where('delivery.listener', '=', listener.name)
      .where('delivery.handled_at', 'is', null)
      .forUpdate('delivery')
      .executeTakeFirst()
    if (!open) return
    const announced = { id, at: open.announced_at }
    // A listener is tied to its event by listen(), so these are the facts that it expects.
    await listener.hear({ ...app, database: joining(transaction) }, open.facts as never, announced)
    await transaction
      .updateTable('events.delivery')
      .set({ handled_at: sql<string>`clock_timestamp()` })
      .where('event', '=', id)
      .where('listener', '=', listener.name)
      .execute()
  })
}
