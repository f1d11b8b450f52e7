import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { emailAddress, oneOf, optional, optionalLine, ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { countFor } from '../limits.server.ts'
import { contactPurposes, mostContacts, sameContacts } from '../record/contact.ts'
import { contactsOf, writeContacts } from '../record/contact-store.server.ts'
import { changedMeanwhile, holdRecord, markChanged } from '../record/record-store.server.ts'

export const permission: Permission = ['member']

const phone = optional(
  z
    .string()
    .max(40, 'form.too-long')
    .regex(/^[+\d][\d\s().\/-]{4,}$/, 'organisations.problem.phone')
)

const schema = z.object({
  contacts: z
    .array(
      z
        .object({
          purpose: oneOf(contactPurposes),
          name: optionalLine(120),
          email: optional(emailAddress()),
          phone,
          shown: ticked()
        })
        .refine(({ name, email, phone }) => name ?? email ?? phone, {
          message: 'organisations.problem.contact-empty',
          path: ['email']
        })
    )
    .max(mostContacts, 'organisations.problem.too-many-rows')
    .default([])
})

/** Saves whom to ask at an organisation. People's data: the audit log holds only how many there are. */
export async function saveContacts(
  app: { database: Database },
  caller: Caller,
  organisation: string,
  { revision, given }: { revision: number; given: unknown }
): Promise<{ revision: number } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const tooOften = await countFor(app.database, 'change', caller.person)
  if (tooOften) return tooOften
  const { contacts } = read.data
  return app.database.transaction().execute(async (transaction) => {
    const head = await holdRecord(transaction, organisation)
    if (!head) return refused('not-found')
    const before = await contactsOf(transaction, organisation)
    if (sameContacts(before, contacts)) return { revision: head.revision }
    if (await changedMeanwhile(transaction, organisation, revision, 'changed-contacts'))
      return refused('changed', { current: { revision: head.revision, contacts: before } })
    await writeContacts(transaction, organisation, contacts)
    const next = await markChanged(transaction, head, {
      person: caller.person,
      source: 'organisation',
      act: 'changed-contacts'
    })
    await record(transaction, {
      act: 'organisations.contacts-saved',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: {
        revision: next,
        contacts: contacts.length,
        shown: contacts.filter(({ shown }) => shown).length
      }
    })
    return { revision: next }
  })
}
