import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { line } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import { endCeremony } from '../ceremonies.server.ts'
import { noteAndTell } from '../changes.server.ts'
import { ownerOf, refusalBeforeMail } from '../owner.server.ts'
import { checkMade } from '../passkeys.server.ts'
import { lockPerson } from '../persons.server.ts'
import { makeRecoveryCodes } from '../recovery-codes.server.ts'
import { renewSession } from '../sessions.server.ts'
import { fromBrowser } from '../from-browser.ts'

export const permission: Permission = ['person']

const schema = z.object({ name: line(60) })
/** More than anybody has; a list that can be read. */
const mostPasskeys = 20

/**
 * Adds a passkey that the browser just made. It was made with a finger, a face or a PIN: this session has its second
 * factor with that.
 * @returns the session's new secret; recovery codes, to be shown once, for whoever had none
 */
export async function addPasskey(
  app: { database: Database },
  caller: Caller,
  { origin, ceremony }: { origin: string; ceremony: string | undefined },
  given: { name: unknown; credential: unknown }
): Promise<{ secret: string; recoveryCodes: string[] } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  const mailFirst = await refusalBeforeMail(app.database, owner)
  if (mailFirst) return mailFirst
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const begun = await endCeremony(app.database, ceremony, 'passkey-added')
  if (!begun || begun.person !== owner.caller.person) return notNow('people.passkeys.too-late')
  const made = await checkMade(origin, begun.facts.challenge, fromBrowser(given.credential))
  if (!made) return notNow('people.passkeys.not-made')
  const { name } = read.data

  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    const { count } = await transaction
      .selectFrom('people.passkey')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('person', '=', person.id)
      .executeTakeFirstOrThrow()
    if (Number(count) >= mostPasskeys) return notNow('people.passkeys.too-many', { most: mostPasskeys })
    const { id, publicKey, counter, transports } = made
    const added = await transaction
      .insertInto('people.passkey')
      .values({ id, person: person.id, public_key: publicKey, counter, transports, name })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 0n) return notNow('people.passkeys.not-made')
    await noteAndTell(transaction, person, caller, 'passkey-added', name)
    const codes = await transaction
      .selectFrom('people.recovery_code')
      .select('digest')
      .where('person', '=', person.id)
      .where('used_at', 'is', null)
      .execute()
    return {
      secret: await renewSession(transaction, owner.session, { secondFactor: true }),
      recoveryCodes: codes.length > 0 ? [] : await makeRecoveryCodes(transaction, person.id)
    }
  })
}
