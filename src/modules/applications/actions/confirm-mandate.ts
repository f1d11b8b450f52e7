import { z } from 'zod'
import { sql } from 'kysely'
import { callTaking } from '#server/calls'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { oneOf, optionalParagraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { closeInvitations } from '../consortium/invitations-store.server.ts'
import { mandateOf } from '../consortium/mandates-store.server.ts'
import { acceptParticipant } from '../consortium/participants-store.server.ts'
import { lockOutline, outlineChanged } from '../outline.server.ts'

/** Officers of the body of the call. */
export const permission: Permission = ['officer']

const mostRemarks = 2000 // not of a guide: characters

const schema = z.object({
  verdict: oneOf(['holds', 'does-not-hold']),
  remarks: optionalParagraphs(mostRemarks)
})

/** Notes what an officer found who looked at a mandate that was signed outside. They see nothing else of a draft. */
export async function confirmMandate(
  app: { database: Database },
  caller: Caller,
  id: string,
  given: unknown
): Promise<{ mandate: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const found = await mandateOf(transaction, id)
    const outline = found && (await lockOutline(transaction, found.application))
    const call = outline && (await callTaking({ database: transaction }, outline.call))
    const no = refusalFor(caller, permission, { body: call?.body })
    if (no) return no
    if (!found || !outline) return refused('not-found')
    const { mandate } = found
    if (mandate.way !== 'signed-outside') return notNow('applications-consortium.problem.nothing-to-confirm')
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const { verdict, remarks } = read.data
    if (verdict === 'does-not-hold' && remarks === undefined)
      return invalid('remarks', 'applications-consortium.problem.say-why')
    await transaction
      .updateTable('applications.mandate')
      .set({
        ...{ verdict, remarks: remarks ?? null, confirmed_at: sql`clock_timestamp()` },
        confirmed_by: caller.person
      })
      .where('id', '=', mandate.id)
      .execute()
    const partner = outline.participants.find((one) => one.id === mandate.participant)
    if (verdict === 'holds' && partner?.state === 'invited' && outline.state === 'draft') {
      await acceptParticipant(transaction, partner.id, undefined)
      await closeInvitations(transaction, partner.id)
    }
    await outlineChanged(transaction, outline.id)
    await record(transaction, {
      act: 'applications.mandate-looked-at',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: {
        ...{ mandate: mandate.id, participant: mandate.participant, verdict, remarks: remarks ?? null },
        document: mandate.digest
      }
    })
    return { mandate: mandate.id }
  })
}
