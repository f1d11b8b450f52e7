import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { Database } from '#shared/database/index.ts'
import type { Refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import { countAttempt } from '../attempts.server.ts'
import { beginCeremony } from '../ceremonies.server.ts'
import { ceremoniesFrom } from '../limits.server.ts'
import { optionsToSignIn } from '../passkeys.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = 'public'

/**
 * Begins signing in by a passkey: gives the browser a challenge to sign.
 * @param held the browser's secret of what else it is in the middle of
 */
export async function beginSignInByPasskey(
  app: { database: Database },
  visit: Visit,
  origin: string,
  held: string | undefined
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; ceremony: string } | Refused> {
  const tooOften = await countAttempt(app.database, ceremoniesFrom(visit))
  if (tooOften) return tooOften
  const options = await optionsToSignIn(origin)
  const facts = { challenge: options.challenge }
  return { options, ceremony: await beginCeremony(app.database, held, 'passkey-sign-in', facts) }
}
