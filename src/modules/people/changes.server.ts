import { type JsonObject, record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Caller, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { type Change, changeLetter } from './letters.server.ts'
import type { Person } from './persons.server.ts'

/** Writes down that how somebody signs in has changed. Without a caller they proved themselves by a mailed link. */
export async function noteChange(
  transaction: Database,
  person: string,
  caller: Caller,
  change: Change | 'signed-up' | 'address-changed' | 'sessions-ended' | 'token-revoked' | 'renamed',
  payload: JsonObject = {}
): Promise<void> {
  await record(transaction, {
    act: 'people.' + change,
    by: isSignedIn(caller) ? actorOf(caller) : { person },
    subject: { kind: 'person', id: person },
    payload,
    about: [person]
  })
}

/** The same, and tells the person by mail, in case it was not they. @param named what was added or removed is called */
export async function noteAndTell(
  transaction: Database,
  person: Person,
  caller: Caller,
  change: Change,
  named?: string
): Promise<void> {
  await noteChange(transaction, person.id, caller, change, named === undefined ? {} : { named })
  await queueMail(transaction, changeLetter(person, change, named))
}
