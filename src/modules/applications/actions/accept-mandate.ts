import { z } from 'zod'
import { personOf } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { HoldingFiles } from '#shared/files/index.ts'
import { optionalLine, ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import { type Held, heldBy } from '../consortium/held.server.ts'
import { closeInvitations } from '../consortium/invitations-store.server.ts'
import { writePartnerNews } from '../consortium/letters.server.ts'
import { countFor } from '../consortium/limits.server.ts'
import { keepMandateDocument } from '../consortium/mandate-document.server.ts'
import { mandateTextFor } from '../consortium/mandate.ts'
import { keepMandate } from '../consortium/mandates-store.server.ts'
import { acceptParticipant } from '../consortium/participants-store.server.ts'
import { whoAsked } from '../consortium/people-of.server.ts'
import { outlineChanged } from '../outline.server.ts'

/** Who may sign for the partner. */
export const permission: Permission = ['representative']

export const agreement = z.object({
  text: z
    .string('form.missing')
    .meta({ description: 'The id of the text that was read: another one since is not agreed to.' }),
  position: optionalLine(120),
  agree: ticked().pipe(z.literal(true, 'applications-consortium.problem.agree'))
})

/**
 * Agrees to take part, for one's own organisation: the mandate is kept as a document, with who gave it and when.
 * The document is made before anything is held, so that nobody waits for the typesetter.
 */
export async function acceptMandate(
  app: HoldingFiles,
  caller: Caller,
  application: string,
  given: unknown,
  language: Language
): Promise<{ mandate: string; file: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const held = await app.database
    .transaction()
    .execute((transaction) => heldBy(transaction, caller, application, permission))
  if (isRefused(held)) return held
  if (held.own.role === 'coordinator') return notNow('applications-consortium.problem.coordinator-needs-none')
  const at = await databaseNow(app.database)
  const read = readInput(agreement, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const text = mandateTextFor(held.own.role, at.toString().slice(0, 10))
  if (text.id !== read.data.text) return notNow('applications-consortium.problem.other-text')
  const tooOften = await countFor(app.database, [['mandate', caller.person]])
  if (tooOften) return tooOften
  const signatory = (await personOf(app.database, caller.person))!.name
  const file = await keepMandateDocument(app, held.outline, held.own, {
    ...{ text, language, signatory, at, position: read.data.position },
    proof: texts(language)('applications-consortium.document.by-account')
  })
  if (isRefused(file)) return file
  return app.database.transaction().execute(async (transaction) => {
    const now = await heldBy(transaction, caller, application, permission)
    if (isRefused(now)) return now
    if (saysOtherwise(now, held)) return refused('changed')
    const { outline, own } = now
    const mandate = await keepMandate(transaction, {
      participant: own.id,
      organisation: own.organisation,
      text: text.id,
      ...{ language, signatory, file, position: read.data.position },
      way: 'account',
      givenBy: caller.person
    })
    if (own.state === 'invited') await acceptParticipant(transaction, own.id, undefined)
    await closeInvitations(transaction, own.id)
    await outlineChanged(transaction, outline.id)
    const asked = await whoAsked(transaction, outline, own.id)
    await writePartnerNews(transaction, asked, { outline, partner: own.name, news: 'accepted' })
    await record(transaction, {
      act: 'applications.mandate-given',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: {
        participant: own.id,
        mandate,
        text: text.id,
        language,
        way: 'account',
        document: file.sha256,
        signatory,
        position: read.data.position ?? null
      },
      about: [caller.person]
    })
    return { mandate, file: file.id }
  })
}

/** Whether what the document says is no longer so. */
function saysOtherwise(now: Held, before: Held): boolean {
  const said = ({ outline, own }: Held) =>
    JSON.stringify([outline.title, own.name, own.role, own.id, outline.participants[0]?.name])
  return said(now) !== said(before)
}
