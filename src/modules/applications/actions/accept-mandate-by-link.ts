import { z } from 'zod'
import { organisationNames } from '#server/organisations'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { HoldingFiles } from '#shared/files/index.ts'
import { line, ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import { databaseNow } from '#shared/time/index.ts'
import { spendInvitation } from '../consortium/invitations-store.server.ts'
import { type Invited, invitationToAnswer } from '../consortium/invited.server.ts'
import { writeAgreed, writePartnerNews } from '../consortium/letters.server.ts'
import { countFor } from '../consortium/limits.server.ts'
import { digestOfAddress, digestOfLink, newLink } from '../consortium/link.server.ts'
import { keepMandateDocument } from '../consortium/mandate-document.server.ts'
import { mandateTextFor } from '../consortium/mandate.ts'
import { keepMandate } from '../consortium/mandates-store.server.ts'
import { acceptParticipant } from '../consortium/participants-store.server.ts'
import { answersInAccount, whoAsked } from '../consortium/people-of.server.ts'
import { lockOutline, outlineChanged } from '../outline.server.ts'

/** Whoever has the link: it was mailed to one address only. */
export const permission: Permission = 'public'

const schema = z.object({
  text: z.string('form.missing'),
  name: line(120),
  position: line(120),
  agree: ticked().pipe(z.literal(true, 'applications-consortium.problem.agree')),
  /** Whether the partner is the organisation that the reader acts for just now. */
  own: ticked()
})

/**
 * Agrees to take part by the link of a mail, without an account. The link is spent by this only, and once. Whoever is
 * signed in and may sign for an organisation can say that it is the partner: it then writes its part itself. Anybody
 * else gets a receipt, by which they can say so later (connect-partner.ts).
 */
export async function acceptMandateByLink(
  app: HoldingFiles,
  caller: Caller,
  secret: string,
  given: unknown,
  language: Language
): Promise<{ mandate: string; application: string; receipt: string | undefined } | Refused> {
  const opened = await invitationToAnswer(app.database, secret)
  if (isRefused(opened)) return opened
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { name: signatory, position } = read.data
  const at = await databaseNow(app.database)
  const text = mandateTextFor(opened.partner.role, at.toString().slice(0, 10))
  if (text.id !== read.data.text) return notNow('applications-consortium.problem.other-text')
  const tooOften = await countFor(app.database, [['mandate', digestOfLink(secret).toString('hex')]])
  if (tooOften) return tooOften
  const own = read.data.own ? await ownOrganisation(app.database, caller, opened, language) : undefined
  if (isRefused(own)) return own
  const partner = own ? { ...opened.partner, name: own.name, country: own.country } : opened.partner
  const file = await keepMandateDocument(app, opened.outline, partner, {
    ...{ text, language, signatory, position, at },
    proof: texts(language)('applications-consortium.document.by-link', { email: opened.invitation.email })
  })
  if (isRefused(file)) return file
  return app.database.transaction().execute(async (transaction) => {
    const outline = await lockOutline(transaction, opened.outline.id)
    const there = outline?.participants.find(({ id }) => id === opened.partner.id)
    if (!outline || outline.state !== 'draft' || !there)
      return notNow('applications-consortium.problem.link-over')
    if (outline.title !== opened.outline.title || there.role !== opened.partner.role)
      return refused('changed')
    if (
      own &&
      outline.participants.some(({ id, organisation }) => id !== there.id && organisation === own.id)
    )
      return invalid('own', 'applications-consortium.problem.already-in', { name: own.name })
    if (!own && (await answersInAccount(transaction, caller, there)))
      return notNow('applications-consortium.problem.people-there')
    // Two who press at once: the second finds the link spent, and nothing of theirs is kept.
    const receipt = (own?.id ?? there.organisation) === null ? newLink() : undefined
    const address = digestOfAddress(secret, opened.invitation.email)
    const proofs = receipt && { receipt: receipt.digest, address }
    if (!(await spendInvitation(transaction, opened.invitation.id, 'accepted', proofs)))
      return notNow('applications-consortium.problem.link-over')
    const organisation = own?.id ?? there.organisation
    const mandate = await keepMandate(transaction, {
      participant: there.id,
      organisation,
      text: text.id,
      ...{ language, signatory, position, file },
      way: 'link',
      ...(isSignedIn(caller) && { givenBy: caller.person })
    })
    if (there.state === 'invited') await acceptParticipant(transaction, there.id, own)
    await outlineChanged(transaction, outline.id)
    const asked = await whoAsked(transaction, outline, there.id)
    await writePartnerNews(transaction, asked, { outline, partner: partner.name, news: 'accepted' })
    await writeAgreed(
      transaction,
      { email: opened.invitation.email, language },
      { outline, partner: partner.name, name: signatory }
    )
    await record(transaction, {
      act: 'applications.mandate-given',
      by: isSignedIn(caller) ? actorOf(caller) : { system: 'link mailed to the partner' },
      subject: { kind: 'application', id: outline.id },
      payload: {
        participant: there.id,
        mandate,
        invitation: opened.invitation.id,
        text: text.id,
        ...{ language, way: 'link' },
        // Who signed stands in the document: who has no account cannot have a name erased here.
        document: file.sha256,
        organisation
      },
      ...(isSignedIn(caller) && { about: [caller.person] })
    })
    return { mandate, application: outline.code, receipt: receipt?.secret }
  })
}

/** The organisation of the register that the reader may sign for. */
async function ownOrganisation(
  database: Database,
  caller: Caller,
  { outline, partner }: Invited,
  language: Language
): Promise<{ id: string; name: string; country: string } | Refused> {
  const acting = isSignedIn(caller) ? caller.acting : undefined
  if (acting?.role !== 'representative') return invalid('own', 'applications-consortium.problem.not-signing')
  const same = outline.participants.find(({ organisation }) => organisation === acting.organisation)
  if (same && same.id !== partner.id)
    return invalid('own', 'applications-consortium.problem.already-in', { name: same.name })
  if (partner.organisation !== null && partner.organisation !== acting.organisation)
    return invalid('own', 'applications-consortium.problem.another-partner')
  const known = (await organisationNames(database, [acting.organisation], language)).get(acting.organisation)
  if (!known) return refused('not-found')
  return { id: acting.organisation, name: known.name, country: known.country }
}
