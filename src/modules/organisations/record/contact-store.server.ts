import type { Database } from '#shared/database/index.ts'
import '../organisations-tables.server.ts'
import type { Contact } from './contact.ts'

/** The contacts of an organisation, in the order in which it gave them. */
export async function contactsOf(database: Database, organisation: string): Promise<Contact[]> {
  const rows = await database
    .selectFrom('organisations.contact')
    .select(['purpose', 'name', 'email', 'phone', 'shown'])
    .where('organisation', '=', organisation)
    .orderBy('position')
    .execute()
  return rows.map(({ name, email, phone, ...row }) => ({
    ...row,
    name: name ?? undefined,
    email: email ?? undefined,
    phone: phone ?? undefined
  }))
}

/** Puts these contacts in the place of those before. */
export async function writeContacts(
  transaction: Database,
  organisation: string,
  contacts: readonly Contact[]
): Promise<void> {
  await transaction.deleteFrom('organisations.contact').where('organisation', '=', organisation).execute()
  if (contacts.length === 0) return
  await transaction
    .insertInto('organisations.contact')
    .values(contacts.map((contact, position) => ({ ...contact, organisation, position })))
    .execute()
}
