import { record } from '#shared/audit/index.ts'
import { inOneTransaction } from '../in-one-transaction.ts'
import '../demonstration-tables.server.ts'
import { beginApplication } from './begin-application.server.ts'
import { enterCast } from './enter-cast.server.ts'
import { giveAdvice } from './give-advice.server.ts'
import { giveRoles } from './give-roles.server.ts'
import { joinOrganisations } from './join-organisations.server.ts'
import { openCalls } from './open-calls.server.ts'
import { importUniversities } from './import-universities.server.ts'
import { registerOrganisations } from './register-organisations.server.ts'
import type { World } from './world.server.ts'

/**
 * Sets the demonstration world up, unless it stands already: all of it or nothing, through the same actions that
 * people use. A start that is broken off in the middle leaves nothing, and the next one begins anew.
 */
export async function setUpDemonstration(world: World): Promise<void> {
  await inOneTransaction(world.database, async (database) => {
    // Another process that sets it up is waited for.
    const { set_up_at } = await database
      .selectFrom('kopa.demonstration')
      .select('set_up_at')
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (set_up_at) return
    await setUp({ ...world, database })
    await database.updateTable('kopa.demonstration').set({ set_up_at: world.clock().toString() }).execute()
    await record(database, {
      act: 'demo.set-up',
      by: { system: 'demo' },
      subject: { kind: 'installation', id: 'demonstration' },
      payload: {}
    })
  })
}

async function setUp(world: World): Promise<void> {
  const entered = await enterCast(world)
  await importUniversities(world)
  const organisations = await registerOrganisations(world, entered)
  await joinOrganisations(world, entered, organisations)
  await giveRoles(world, entered, organisations)
  const calls = await openCalls(world, entered)
  await giveAdvice(world, entered, organisations)
  await beginApplication(world, entered, { organisations, calls })
}
