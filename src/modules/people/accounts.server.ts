import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { nobody } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { noteChange } from './changes.server.ts'
import { newsConsent, noteConsent } from './consents.server.ts'
import { linkIdentity } from './outside-identities.server.ts'
import { keepPassword } from './passwords.server.ts'
import type { Person } from './persons.server.ts'
import type { OutsidePerson } from './providers.server.ts'

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'people.signed-up': { person: string }
  }
}

/** An account to be made. It has a password, or an identity elsewhere, or both. */
export type NewAccount = {
  name: string
  /** Confirmed: by a mailed link, or by the provider. */
  email: string
  language: Language
  news: boolean
  /** Hashed. */
  password?: string | undefined
  outside?: { provider: string; person: OutsidePerson } | undefined
}

/** Makes an account, on record. @returns undefined when somebody with the same address or identity was quicker */
export async function makeAccount(transaction: Database, account: NewAccount): Promise<Person | undefined> {
  const { name, email, language, news, password, outside } = account
  const made = await transaction
    .insertInto('people.person')
    .values({ name, email, language, email_confirmed_at: sql`clock_timestamp()` })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return undefined
  const { id } = made
  if (password) await keepPassword(transaction, id, password)
  if (outside && !(await linkIdentity(transaction, id, outside.provider, outside.person)))
    throw new Error('An identity was linked by somebody else meanwhile')
  if (news) await noteConsent(transaction, id, newsConsent, language)
  const by = outside ? { provider: outside.provider } : {}
  await noteChange(transaction, id, nobody, 'signed-up', { name, email, ...by })
  await announce(transaction, 'people.signed-up', { person: id })
  return { id, name, email, language }
}
