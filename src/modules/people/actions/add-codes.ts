import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { line } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import type { Caller, Permission } from '#shared/identity/index.ts'
import type { App } from '../../../app.ts'
import { noteAndTell } from '../changes.server.ts'
import { secretOf, stepOf } from '../one-time-codes.server.ts'
import { ownerOf, refusalBeforeMail } from '../owner.server.ts'
import { lockPerson } from '../persons.server.ts'
import { makeRecoveryCodes } from '../recovery-codes.server.ts'
import { seal } from '../seal.server.ts'
import { renewSession } from '../sessions.server.ts'

export const permission: Permission = ['person']

const schema = z.object({ key: line(64), code: line(20) })

type Holding = {
  database: Database
  clock: App['clock']
  configuration: Pick<App['configuration'], 'peopleKey'>
}

/**
 * Adds one-time codes as a second factor, once a code shows that the app has the secret.
 * @returns the session's new secret, and recovery codes to be shown once
 */
export async function addCodes(
  app: Holding,
  caller: Caller,
  given: unknown
): Promise<{ secret: string; recoveryCodes: string[] } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  const mailFirst = await refusalBeforeMail(app.database, owner)
  if (mailFirst) return mailFirst
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const secret = secretOf(read.data.key)
  if (!secret) return notNow('people.codes.key-lost')
  const step = stepOf(secret, read.data.code, app.clock())
  if (step === undefined) return invalid('code', 'people.codes.wrong')

  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    const sealed = seal(app.configuration.peopleKey, person.id, secret)
    const added = await transaction
      .insertInto('people.one_time_code')
      .values({ person: person.id, sealed_secret: sealed, last_step: step })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 0n) return notNow('people.codes.there-already')
    const recoveryCodes = await makeRecoveryCodes(transaction, person.id)
    await noteAndTell(transaction, person, caller, 'codes-added')
    return { secret: await renewSession(transaction, owner.session, { secondFactor: true }), recoveryCodes }
  })
}
