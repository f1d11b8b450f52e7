import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, notNow } from '#shared/forms/refused.ts'
import { nobody } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import type { App } from '../../app.ts'
import { countAttempt, settleAttempts } from './attempts.server.ts'
import { noteAndTell } from './changes.server.ts'
import { isKnownDevice } from './entering.server.ts'
import { guessingLetter } from './letters.server.ts'
import { codeLimits, codesFailed, warnedOfGuessing } from './limits.server.ts'
import { stepOf } from './one-time-codes.server.ts'
import { personOf } from './persons.server.ts'
import { useRecoveryCode } from './recovery-codes.server.ts'
import { unseal } from './seal.server.ts'
import type { Visit } from './visit.server.ts'

/** What checking a code needs of the app. */
export type CodeHolding = {
  database: Database
  clock: App['clock']
  configuration: Pick<App['configuration'], 'peopleKey'>
  log: { error: (facts: object, said: string) => void }
}

/**
 * Checks a code that somebody gives as their second factor: of their app, or a recovery code. A right one is used
 * up with that. Wrong ones are counted, and the person is warned: whoever tries codes has the password.
 */
export async function checkCode(
  app: CodeHolding,
  person: string,
  visit: Visit,
  code: string
): Promise<Refused | undefined> {
  const { database } = app
  const limits = codeLimits(person, visit, await isKnownDevice(database, person, visit.knownDevice))
  const tooOften = await countAttempt(database, limits.counted)
  if (tooOften) return tooOften
  const ofApp = await usedOfApp(app, person, code)
  if (ofApp === 'right' || (await usedForRecovery(database, person, code))) {
    await settleAttempts(database, { forgiven: limits.forgiven, returned: [] })
    return undefined
  }
  if (ofApp === 'unreadable') {
    // Nobody guessed: the installation cannot tell. The owner is not alarmed, the operator is.
    app.log.error(
      { person },
      'the secret of somebody’s one-time codes cannot be opened: is people/key the right one?'
    )
    return notNow('people.codes.not-now')
  }
  await warn(database, person)
  return invalid('code', 'people.codes.wrong')
}

async function usedOfApp(
  app: CodeHolding,
  person: string,
  code: string
): Promise<'right' | 'wrong' | 'unreadable'> {
  const kept = await app.database
    .selectFrom('people.one_time_code')
    .select('sealed_secret')
    .where('person', '=', person)
    .executeTakeFirst()
  if (!kept) return 'wrong'
  const secret = unseal(app.configuration.peopleKey, person, kept.sealed_secret)
  if (!secret) return 'unreadable'
  const step = stepOf(secret, code, app.clock())
  if (step === undefined) return 'wrong'
  // Whoever looked over a shoulder comes too late: of two with the same code one is let in.
  const { numUpdatedRows } = await app.database
    .updateTable('people.one_time_code')
    .set({ last_step: step })
    .where('person', '=', person)
    .where('last_step', '<', String(step))
    .executeTakeFirst()
  return numUpdatedRows > 0n ? 'right' : 'wrong'
}

async function usedForRecovery(database: Database, person: string, code: string): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    if (!(await useRecoveryCode(transaction, person, code))) return false
    const owner = await personOf(transaction, person)
    if (owner) await noteAndTell(transaction, owner, nobody, 'recovery-code-used')
    return true
  })
}

async function warn(database: Database, person: string): Promise<void> {
  if (!(await countAttempt(database, [codesFailed(person)]))) return
  if (await countAttempt(database, [warnedOfGuessing(person)])) return
  const owner = await personOf(database, person)
  if (owner) await queueMail(database, guessingLetter(owner))
}
