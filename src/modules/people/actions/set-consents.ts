import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type PersonalData,
  actorOf,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { noteConsent, noteWithdrawal } from '../consents.server.ts'

export const permission: Permission = ['person']

/**
 * Takes what somebody agrees to from now on: those they ticked are given, the others taken back. Each is noted with
 * its moment, its version and its very words.
 */
export async function setConsents(
  app: { database: Database; personalData: readonly PersonalData[] },
  caller: Caller,
  agreed: readonly string[],
  language: Language
): Promise<{ agreed: readonly string[] } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const offered = app.personalData.flatMap(({ consents = [] }) => consents)
  await app.database.transaction().execute(async (transaction) => {
    for (const consent of offered) {
      if (agreed.includes(consent.id)) await noteConsent(transaction, caller.person, consent, language)
      else if (await noteWithdrawal(transaction, caller.person, consent.id)) {
        await record(transaction, {
          act: 'people.consent-withdrawn',
          by: actorOf(caller),
          subject: { kind: 'person', id: caller.person },
          payload: { consent: consent.id },
          about: [caller.person]
        })
      }
    }
  })
  return { agreed: offered.map(({ id }) => id).filter((id) => agreed.includes(id)) }
}
