import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { countAttempt } from '../attempts.server.ts'
import { beginCeremony } from '../ceremonies.server.ts'
import { ceremoniesFrom } from '../limits.server.ts'
import type { Providers } from '../providers.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = 'public'

type Wish = {
  /** Where the provider sends the browser back to. */
  back: string
  language: Language
  next: string
  /** Whether a proof is asked for anew, of somebody who is in. */
  fresh: boolean
  /** The browser's secret of what else it is in the middle of. */
  ceremony: string | undefined
}

/** Sends somebody to a provider to prove there who they are. */
export async function goToProvider(
  app: { database: Database; providers: Providers },
  visit: Visit,
  provider: string,
  { back, language, next, fresh, ceremony }: Wish
): Promise<{ url: string; ceremony: string } | Refused> {
  if (!app.providers.list.some(({ id }) => id === provider)) return refused('not-found')
  const tooOften = await countAttempt(app.database, ceremoniesFrom(visit))
  if (tooOften) return tooOften
  const begun = await app.providers.begin(provider, { back, language, fresh })
  if (!begun) return notNow('people.providers.failed')
  const facts = { provider, journey: begun.journey, next, language }
  return { url: begun.url, ceremony: await beginCeremony(app.database, ceremony, 'provider', facts) }
}
