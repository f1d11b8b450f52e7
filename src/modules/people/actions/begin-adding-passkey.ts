import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import { beginCeremony } from '../ceremonies.server.ts'
import { ownerOf, refusalBeforeMail } from '../owner.server.ts'
import { optionsToAdd } from '../passkeys.server.ts'
import { personOf } from '../persons.server.ts'

export const permission: Permission = ['person']

/**
 * Begins adding a passkey to one's account: tells the browser what to make.
 * @param held the browser's secret of what else it is in the middle of
 */
export async function beginAddingPasskey(
  app: { database: Database },
  caller: Caller,
  origin: string,
  held: string | undefined
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; ceremony: string } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  const mailFirst = await refusalBeforeMail(app.database, owner)
  if (mailFirst) return mailFirst
  const person = await personOf(app.database, owner.caller.person)
  if (!person) return refused('sign-in')
  const options = await optionsToAdd(app.database, origin, person)
  const facts = { challenge: options.challenge }
  return { options, ceremony: await beginCeremony(app.database, held, 'passkey-added', facts, person.id) }
}
