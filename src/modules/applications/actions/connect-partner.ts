import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { connectParticipant } from '../consortium/connection-store.server.ts'
import { connectionOf } from '../consortium/connection.ts'
import { acceptanceWithPartner, recordOf } from '../consortium/given-by-link.server.ts'
import { writeConnected } from '../consortium/letters.server.ts'
import { countFor } from '../consortium/limits.server.ts'
import { whoAsked } from '../consortium/people-of.server.ts'
import { lockOutline, outlineChanged } from '../outline.server.ts'

/** Whoever is signed in and shows that they agreed by the mailed link; then also for whom they may sign. */
export const permission: Permission = ['person']

/**
 * Connects a partner that agreed by a mailed link, without an account, to the organisation of the register that its
 * representative acts for by now: its people then read the application and write its part. The coordinator is told,
 * and can take the partner out again.
 * @param secret of the receipt, or of the link
 */
export async function connectPartner(
  app: { database: Database },
  caller: Caller,
  secret: string,
  language: Language
): Promise<{ application: string } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const tooOften = await countFor(app.database, [['connect', caller.person]])
  if (tooOften) return tooOften
  const found = await acceptanceWithPartner(app.database, caller, secret)
  if (!found) return notNow('applications-consortium.problem.link-over')
  return app.database.transaction().execute(async (transaction) => {
    const outline = await lockOutline(transaction, found.outline.id)
    // Asked again while nobody else changes who takes part: of two who press at once, the second finds it connected.
    const now = await acceptanceWithPartner(transaction, caller, secret)
    if (!outline || !now) return notNow('applications-consortium.problem.link-over')
    const { acceptance, partner } = now
    const { shown } = acceptance
    const own = await recordOf(transaction, caller, language)
    const connection = connectionOf({ outline, partner, caller, shown, record: own })
    if (connection.answer === 'there') return { application: outline.code }
    if (connection.answer === 'cannot') return notNow(`applications-consortium.connect.why.${connection.why}`)
    const { id: organisation, name, code } = connection.record
    await connectParticipant(transaction, partner.id, organisation)
    await outlineChanged(transaction, outline.id)
    const told = await whoAsked(transaction, outline, partner.id)
    await writeConnected(transaction, told, {
      outline,
      partner: partner.name,
      person: caller.name,
      name,
      code
    })
    await record(transaction, {
      act: 'applications.participant-connected',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: {
        ...{ participant: partner.id, organisation, invitation: acceptance.invitation },
        shownBy: shown ?? null
      },
      about: [caller.person]
    })
    return { application: outline.code }
  })
}
