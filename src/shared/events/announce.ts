import { channel } from 'node:diagnostics_channel'
import { type Database, type Prepared, runPrepared } from '../database/index.ts'
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
  await announceAll(transaction, name, [facts])
}

/** The same of something that happened many times in one transaction. */
export async function announceAll<Name extends EventName>(
  transaction: Database,
  name: Name,
  all: readonly EventTypes[Name][]
): Promise<void> {
  if (all.length === 0) return
  await runPrepared(transaction, announcing, [name, JSON.stringify(all)])
  announced.publish(name)
}

const announcing: Prepared = {
  name: 'events.announce',
  text: `
    insert into events.event (name, facts)
      select $1, given.facts from json_array_elements($2::json) with ordinality as given (facts, place) order by place`
}
