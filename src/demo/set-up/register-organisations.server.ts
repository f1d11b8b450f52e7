import { type Registered, registerOrganisation } from '#server/organisations'
import type { InventedKey } from '../cast.ts'
import { inventedOrganisations } from '../invented-organisations.ts'
import { callerFor } from './callers.server.ts'
import { done } from './done.ts'
import type { Entered } from './enter-cast.server.ts'
import type { World } from './world.server.ts'

/** The invented organisations, by their key. */
export type RegisteredOrganisations = Record<InventedKey, Registered>

/** Registers the invented organisations, each by whom it names. */
export async function registerOrganisations(
  world: World,
  entered: Entered
): Promise<RegisteredOrganisations> {
  const registered: Partial<RegisteredOrganisations> = {}
  for (const [key, { registrant, ...given }] of Object.entries(inventedOrganisations)) {
    const caller = await callerFor(world.database, entered, registrant)
    // Kārlis is shown the record that Oskars made, and says that his association is another.
    const before = key === 'associationAgain' ? [registered.association!.code] : []
    const outcome = await registerOrganisation(world, caller, { ...given, seen: before })
    registered[key as InventedKey] = done(outcome, given.name)
  }
  return registered as RegisteredOrganisations
}
