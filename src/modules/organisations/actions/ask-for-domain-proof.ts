import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { oneOf, optionalOneOf, ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { mailDays, mailboxes, proofDays, proofMethods } from '../domains/domain-proof.ts'
import { standingOf } from '../domains/domain-standing.server.ts'
import { type DomainProof, insertProof } from '../domains/proof-store.server.ts'
import { domainsIn } from '../domains/settle-domain-level.server.ts'
import { countFor } from '../limits.server.ts'
import { newLink } from '../members/link.server.ts'
import { languageFor } from '../members/languages.ts'
import { writeDomainMail } from '../members/letters.server.ts'
import { factsInForce, holdRecord } from '../record/record-store.server.ts'

export const permission: Permission = ['member']

const schema = z.object({
  domain: z.string().max(253),
  method: oneOf(proofMethods),
  mailbox: optionalOneOf(mailboxes),
  /** Nobody else has pages or addresses there. */
  alone: ticked()
})

/**
 * Asks for the proof that an organisation runs one of its domains: gives what has to stand in a TXT record or in a
 * file, or mails a link to a mailbox that those read who run it. A domain that others share proves nothing, so none
 * is asked for.
 */
export async function askForDomainProof(
  app: { database: Database },
  caller: Caller,
  organisation: string,
  given: unknown
): Promise<DomainProof | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { domain, method, mailbox, alone } = read.data
  if (method === 'mail' && mailbox === undefined) return invalid('mailbox', 'form.missing')
  if (!alone) return invalid('alone', 'organisations.domain.shared')
  const tooOften =
    (await countFor(app.database, 'prove-domain', caller.person)) ??
    // However many ask: nobody's letter-box is flooded from here.
    (method === 'mail' ? await countFor(app.database, 'domain-mail', domain) : undefined)
  if (tooOften) return tooOften
  return app.database.transaction().execute(async (transaction) => {
    const head = await holdRecord(transaction, organisation)
    if (!head) return refused('not-found')
    const facts = await factsInForce(transaction, organisation)
    if (!domainsIn(facts).includes(domain)) return invalid('domain', 'form.not-offered')
    const standing = await standingOf(transaction, domain, organisation)
    if (standing !== 'own') return invalid('domain', `organisations.domain.${standing}`)
    const link = method === 'mail' ? newLink() : undefined
    const mailedTo = mailbox === undefined || !link ? null : `${mailbox}@${domain}`
    const proof = await insertProof(transaction, {
      ...{ organisation, domain, method, mailedTo },
      token: link ? null : `${head.code}.${randomBytes(16).toString('base64url')}`,
      digest: link?.digest ?? null,
      askedBy: caller.person,
      days: link ? mailDays : proofDays
    })
    if (link && mailedTo) {
      await writeDomainMail(
        transaction,
        { email: mailedTo, language: languageFor(caller) },
        { organisation, domain, secret: link.secret, expires: proof.expiresAt }
      )
    }
    await record(transaction, {
      act: 'organisations.domain-proof-asked',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { proof: proof.id, domain, method, mailedTo }
    })
    return proof
  })
}
