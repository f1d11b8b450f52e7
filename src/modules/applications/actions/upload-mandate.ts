import { record } from '#shared/audit/index.ts'
import {
  type FileContent,
  type FileKind,
  type FileRefusal,
  type HoldingFiles,
  storeFile
} from '#shared/files/index.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, may } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { databaseNow } from '#shared/time/index.ts'
import type { Participant } from '../application.ts'
import { type Held, heldBy, partnerIn } from '../consortium/held.server.ts'
import { closeInvitations } from '../consortium/invitations-store.server.ts'
import { writePartnerNews } from '../consortium/letters.server.ts'
import { countFor } from '../consortium/limits.server.ts'
import { type MandateState, mandateHolds, mandateStateOf, mandateTextFor } from '../consortium/mandate.ts'
import { keepMandate, mandatesIn } from '../consortium/mandates-store.server.ts'
import { acceptParticipant } from '../consortium/participants-store.server.ts'
import { whoAsked } from '../consortium/people-of.server.ts'
import { readOutside } from '../consortium/read-outside.server.ts'
import { allIntact, isUnsigned } from '../consortium/signatures/signature.ts'
import { outlineChanged } from '../outline.server.ts'

/** The partner's own people, or the coordinator's, who got the document from it. */
export const permission: Permission = ['member']

/** What a mandate signed outside may be, and how large. */
export const mandateKinds: readonly FileKind[] = ['pdf', 'asice']
export const mostMandateBytes = 10_000_000 // not of a guide: bytes

/**
 * Takes a mandate that was signed somewhere else: a PDF with its signature inside, or a signed container. It is kept
 * as it came; what can be computed about it is noted for the officer of the call's body who looks at it. Who sends it
 * agrees by that only as a representative of the partner itself: anybody else only brings a paper.
 */
export async function uploadMandate(
  app: HoldingFiles,
  caller: Caller,
  application: string,
  {
    participant,
    content,
    name,
    language
  }: { participant: string; content: FileContent; name: string; language: Language }
): Promise<{ mandate: string; state: MandateState } | Refused | FileRefusal> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const before = await app.database
    .transaction()
    .execute(async (transaction) => partnerOf(await heldBy(transaction, caller, application), participant))
  if (isRefused(before)) return before
  const tooOften = await countFor(app.database, [['mandate', caller.person]])
  if (tooOften) return tooOften
  const given = await storeFile(app, {
    ...{ content, name, accepts: mandateKinds, mostBytes: mostMandateBytes },
    purpose: 'applications.mandate',
    uploadedBy: caller.person
  })
  if ('refused' in given) return given
  const { file } = given
  const day = (await databaseNow(app.database)).toString().slice(0, 10)
  const text = mandateTextFor(before.partner.role, day)
  const findings = await readOutside(app, file, { outline: before.outline, partner: before.partner, text })
  // A sheet signed by hand is a PDF without electronic signatures; a container is for nothing but signatures.
  if (file.kind === 'asice' && isUnsigned(findings.signatures))
    return invalid('mandate', 'applications-consortium.problem.nothing-signed')
  return app.database.transaction().execute(async (transaction) => {
    const held = partnerOf(await heldBy(transaction, caller, application), participant)
    if (isRefused(held)) return held
    const { outline, partner } = held
    if (partner.role !== before.partner.role || partner.name !== before.partner.name)
      return refused('changed')
    const inForce = (await mandatesIn(transaction, outline.id)).get(partner.id)
    // What the partner gave here, or an officer confirmed, is not put aside by a paper that somebody brings.
    if (inForce && mandateHolds(mandateStateOf(partner.role, inForce)))
      return notNow('applications-consortium.problem.mandate-there')
    const mandate = await keepMandate(transaction, {
      participant: partner.id,
      organisation: partner.organisation,
      text: text.id,
      ...{ language, findings, file },
      way: 'signed-outside',
      sentBy: caller.person
    })
    const agrees = signsFor(caller, held)
    if (agrees && partner.state === 'invited') {
      await acceptParticipant(transaction, partner.id, undefined)
      await closeInvitations(transaction, partner.id)
    }
    const state = mandateStateOf(partner.role, { way: 'signed-outside', verdict: null })
    await outlineChanged(transaction, outline.id)
    const asked = (await whoAsked(transaction, outline, partner.id)).filter(
      (person) => person !== caller.person
    )
    await writePartnerNews(transaction, asked, { outline, partner: partner.name, news: 'signed-outside' })
    await record(transaction, {
      act: 'applications.mandate-uploaded',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: {
        ...{ participant: partner.id, mandate, text: text.id, state, agrees },
        document: file.sha256,
        madeHere: findings.document === 'made-here',
        intact: allIntact(findings.signatures)
      }
    })
    return { mandate, state }
  })
}

/** Whether the caller may sign for the very organisation whose mandate it is. */
function signsFor(caller: Caller, { own, partner }: { own: Participant; partner: Participant }): boolean {
  return (
    own.id === partner.id &&
    may(caller, ['representative'], { organisation: partner.organisation ?? undefined })
  )
}

/** The partner that it is about: one's own, or any for the coordinator. */
function partnerOf(
  held: Held | Refused,
  participant: string
): { outline: Held['outline']; own: Participant; partner: Participant } | Refused {
  if (isRefused(held)) return held
  const { outline, own } = held
  if (own.role !== 'coordinator' && own.id !== participant) return refused('not-found')
  const partner = partnerIn(outline, participant)
  if (isRefused(partner)) return partner
  return partner.role === 'coordinator'
    ? notNow('applications-consortium.problem.coordinator-needs-none')
    : { outline, own, partner }
}
