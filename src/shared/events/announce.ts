import { channel } from 'node:diagnostics_channel'
import type { Database } from '../database/index.ts'
import type { EventName, EventTypes } from './event-types.ts'
import './event-tables.ts'

// By name, because the site's bundle holds a second copy of this module.
const announced = channel('kopa:announced')

/**
 * Says that something happened, in the transaction in which it happened: either both stay or neither. It only
 * writes a row. Who listens is told after the commit (dispatch.ts); the announcer does not know them.
 */
export async function announce<Name extends EventName>(
  transaction: Database,
  name: Name,
  facts: EventTypes[Name]
): Promise<void> {
  await transaction
    .insertInto('events.event')
    .values({ name, facts: JSON.stringify(facts) })
    .execute()
  announced.publish(name)
}
