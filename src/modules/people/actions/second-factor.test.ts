import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { TOTP } from 'otpauth'
import { Temporal } from 'temporal-polyfill'
import { withDatabase } from '../../../../tests/database.ts'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { type SignedIn, may, nobody } from '#shared/identity/index.ts'
import { newCodes } from '../one-time-codes.server.ts'
import {
  atHome,
  comeIn,
  farAway,
  goodPassword,
  lettersTo,
  linkMailedTo,
  signedUp
} from '../people.fixture.ts'
import { grantRole } from '../roles.server.ts'
import { callerOfSession } from '../sessions.server.ts'
import { type Visit, visitFrom } from '../visit.server.ts'
import { addCodes } from './add-codes.ts'
import { askForAddress } from './ask-for-address.ts'
import { askForLink } from './ask-for-link.ts'
import { beginAddingPasskey } from './begin-adding-passkey.ts'
import { changePassword } from './change-password.ts'
import { forgetCodes } from './forget-codes.ts'
import { linkProvider } from './link-provider.ts'
import { makeToken } from './make-token.ts'
import { proveSecondFactor } from './prove-second-factor.ts'
import { removeCodes } from './remove-codes.ts'
import { removePasskey } from './remove-passkey.ts'
import { renewRecoveryCodes } from './renew-recovery-codes.ts'
import { setPassword } from './set-password.ts'
import { signIn } from './sign-in.ts'
import { unlinkProvider } from './unlink-provider.ts'

const email = 'petra@agentura.example'
const why = (outcome: unknown) =>
  isRefused(outcome) ? (outcome.problems[0]?.key ?? outcome.refused) : 'done'

/** An installation with a clock that the test moves. */
function holding(database: Database) {
  let now = Temporal.Instant.from('2026-11-25T10:00:15Z')
  const errors: string[] = []
  return {
    app: {
      database,
      clock: () => now,
      log: { error: (_: object, said: string) => void errors.push(said) },
      configuration: { peopleKey: join(mkdtempSync(join(tmpdir(), 'kopa-people-')), 'people', 'key') }
    },
    errors,
    pass: (seconds: number) => (now = now.add({ seconds })),
    code: (key: string, later = 0) =>
      new TOTP({ secret: key }).generate({ timestamp: now.epochMilliseconds + later * 1000 })
  }
}

type Held = ReturnType<typeof holding>

/** Petra has set up one-time codes. */
async function withCodes(database: Database, held: Held) {
  const { caller, knownDevice } = await signedUp(database, { name: 'Petra Liepa', email })
  const { key } = newCodes(email)
  const added = await addCodes(held.app, caller, { key, code: held.code(key) })
  assert.ok(!isRefused(added), JSON.stringify(added))
  const again = (await callerOfSession(database, added.secret)) as SignedIn
  held.pass(30)
  return { key, knownDevice, caller: again, recoveryCodes: added.recoveryCodes }
}

/** Petra has a passkey, and no codes. */
async function withPasskey(database: Database) {
  const { caller } = await signedUp(database, { name: 'Petra Liepa', email })
  const added = { id: 'of-petra', public_key: Buffer.from([1]), counter: 0, name: 'Tālrunis' }
  await database
    .insertInto('people.passkey')
    .values({ ...added, person: caller.person })
    .execute()
  return { caller }
}

/** Petra's password was right; the browser holds what comes next. */
async function onTheWay(held: Held, visit: Visit = atHome): Promise<string> {
  const entered = await signIn(held.app, visit, { email, password: goodPassword }, { next: '/lv/calls' })
  assert.ok(!isRefused(entered) && entered.step === 'second-factor')
  return entered.ceremony
}

test('Petra adds one-time codes: from then on her password alone lets nobody in', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { key, caller } = await withCodes(database, held)
    assert.ok(caller.secondFactor)
    const ceremony = await onTheWay(held)
    const entered = await proveSecondFactor(held.app, nobody, atHome, ceremony, { code: held.code(key) })
    const { caller: petra } = await comeIn(database, entered)
    assert.ok(petra.secondFactor)
    assert.equal((entered as { next: string }).next, '/lv/calls')
    assert.ok((await lettersTo(database, email)).some(({ kind }) => kind === 'people.codes-added'))
  }))

test('a code works once, also for somebody who looked over her shoulder', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { key } = await withCodes(database, held)
    const [hers, theirs] = [await onTheWay(held), await onTheWay(held, farAway)]
    const code = held.code(key)
    const prove = (ceremony: string) => proveSecondFactor(held.app, nobody, atHome, ceremony, { code })
    const outcomes = await Promise.all([prove(hers), prove(theirs)])
    assert.deepEqual(outcomes.map(why).sort(), ['done', 'people.codes.wrong'])
  }))

test('a clock half a minute off is forgiven, a minute and more is not, and nobody goes back', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { key } = await withCodes(database, held)
    held.pass(300)
    const prove = async (later: number) => {
      const ceremony = await onTheWay(held, visitFrom(`203.0.113.${Math.abs(later)}`, null, undefined))
      return why(await proveSecondFactor(held.app, nobody, atHome, ceremony, { code: held.code(key, later) }))
    }
    assert.equal(await prove(-60), 'people.codes.wrong')
    assert.equal(await prove(60), 'people.codes.wrong')
    assert.equal(await prove(-30), 'done')
    assert.equal(await prove(30), 'done')
    assert.equal(await prove(0), 'people.codes.wrong', 'a step before one that was used')
  }))

test('who lost the phone comes in with a recovery code, each once', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { recoveryCodes } = await withCodes(database, held)
    assert.equal(new Set(recoveryCodes).size, 10)
    assert.match(recoveryCodes[0]!, /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/)
    const typed = ` ${recoveryCodes[0]!.toUpperCase().replaceAll('-', ' ')} `
    const prove = async () =>
      why(await proveSecondFactor(held.app, nobody, atHome, await onTheWay(held), { code: typed }))
    assert.equal(await prove(), 'done')
    assert.equal(await prove(), 'people.codes.wrong')
    const told = (await lettersTo(database, email)).filter(({ kind }) => kind === 'people.recovery-code-used')
    assert.equal(told.length, 1, 'in case it was not she')
  }))

test('who guesses codes has the password: they wait, and Petra is warned once; her own browser is not held up', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { key, knownDevice } = await withCodes(database, held)
    const ceremony = await onTheWay(held, farAway)
    const answers = []
    for (let time = 0; time < 8; time++)
      answers.push(why(await proveSecondFactor(held.app, nobody, farAway, ceremony, { code: '000000' })))
    assert.equal(answers.filter((answer) => answer === 'people.codes.wrong').length, 5)
    assert.equal(answers.at(-1), 'too-often')
    const warnings = (await lettersTo(database, email)).filter(({ kind }) => kind === 'people.guessing')
    assert.equal(warnings.length, 1)
    const hers = { ...atHome, knownDevice }
    const code = held.code(key)
    assert.equal(
      why(await proveSecondFactor(held.app, nobody, hers, await onTheWay(held, hers), { code })),
      'done'
    )
  }))

test('what somebody is in the middle of belongs to their browser and ends after a quarter of an hour', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { key } = await withCodes(database, held)
    const ceremony = await onTheWay(held)
    const code = held.code(key)
    const prove = (secret: string | undefined) =>
      proveSecondFactor(held.app, nobody, atHome, secret, { code })
    assert.equal(why(await prove(undefined)), 'people.second-factor.too-late')
    assert.equal(why(await prove('somebody else’s')), 'people.second-factor.too-late')
    await database.updateTable('people.ceremony').set({ expires_at: '2026-01-01T00:00:00Z' }).execute()
    assert.equal(why(await prove(ceremony)), 'people.second-factor.too-late')
  }))

test('an officer without a second factor may not act as one, sets it up, and may', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { caller } = await signedUp(database, { name: 'Petra Liepa', email })
    await grantRole(database, caller.person, { role: 'officer', body: 'lv-viaa' })
    const entered = await signIn(held.app, atHome, { email, password: goodPassword }, { next: '/lv' })
    const { caller: petra } = await comeIn(database, entered)
    const decides = (who: SignedIn) => may(who, ['officer'], { body: 'lv-viaa' })
    assert.equal(petra.acting?.role, 'officer')
    assert.ok(!decides(petra))
    const { key } = newCodes(email)
    // Whoever only knows her password makes themselves no officer: first a mail is read.
    const code = held.code(key)
    assert.equal(why(await addCodes(held.app, petra, { key, code })), 'people.mail-first.text')
    const origin = 'https://kopa.example'
    const passkey = await beginAddingPasskey(held.app, petra, origin, undefined)
    assert.equal(why(passkey), 'people.mail-first.text')
    const elsewhere = await askForAddress(held.app, petra, atHome, { email: 'thief@elsewhere.example' })
    assert.equal(why(elsewhere), 'people.mail-first.text')
    await askForLink(held.app, atHome, { email }, { asked: 'password', language: 'lv', next: undefined })
    const link = await linkMailedTo(database, email, 'people.password')
    const anew = await setPassword(held.app, atHome, link, { password: 'sarkana ābele dārzā' })
    const { caller: byMail } = await comeIn(database, anew)
    const added = await addCodes(held.app, byMail, { key, code })
    assert.ok(!isRefused(added))
    assert.ok(decides((await callerOfSession(database, added.secret)) as SignedIn))
    // Twelve hours later it is asked for again.
    await database.updateTable('people.session').set({ second_factor_at: '2026-01-01T00:00:00Z' }).execute()
    const later = (await callerOfSession(database, added.secret)) as SignedIn
    assert.ok(!decides(later))
    held.pass(60)
    const proved = await proveSecondFactor(held.app, later, atHome, undefined, { code: held.code(key) })
    assert.ok(!isRefused(proved) && proved.step === 'strengthened')
    assert.ok(decides((await callerOfSession(database, proved.secret)) as SignedIn))
  }))

test('a wrong code adds nothing, and a secret of somebody’s own making is not taken', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { caller } = await signedUp(database, { name: 'Petra Liepa', email })
    const { key } = newCodes(email)
    assert.equal(why(await addCodes(held.app, caller, { key, code: '000000' })), 'people.codes.wrong')
    assert.equal(
      why(await addCodes(held.app, caller, { key: 'AAAA', code: '000000' })),
      'people.codes.key-lost'
    )
    assert.equal(why(await addCodes(held.app, caller, { key, code: '' })), 'form.missing')
  }))

test('codes are taken away, and recovery codes renewed, only with the second factor itself', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { caller, recoveryCodes } = await withCodes(database, held)
    const weak = { ...caller, secondFactor: false }
    assert.equal(why(await removeCodes(held.app, weak)), 'second-factor')
    assert.equal(why(await renewRecoveryCodes(held.app, weak)), 'second-factor')
    const renewed = await renewRecoveryCodes(held.app, caller)
    assert.ok(!isRefused(renewed))
    const prove = (code: string) =>
      onTheWay(held).then((ceremony) => proveSecondFactor(held.app, nobody, atHome, ceremony, { code }))
    assert.equal(why(await prove(recoveryCodes[1]!)), 'people.codes.wrong')
    assert.equal(why(await prove(renewed.recoveryCodes[1]!)), 'done')
    assert.deepEqual(await removeCodes(held.app, caller), { removed: true })
    await comeIn(database, await signIn(held.app, atHome, { email, password: goodPassword }, { next: '/lv' }))
  }))

test('once Petra has a second factor, her password alone changes nothing about how she signs in', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { caller } = await withPasskey(database)
    // Somebody who only has her password is in, as herself, and not more.
    const entered = await signIn(held.app, farAway, { email, password: goodPassword }, { next: '/lv' })
    const { caller: thief } = await comeIn(database, entered)
    assert.equal(thief.secondFactor, false)
    const app = { ...held.app, scopes: ['people:read'], providers: { list: [] } }
    const { key } = newCodes(email)
    const elsewhere = { email: 'thief@elsewhere.example' }
    const token = { name: 'x', scopes: ['people:read'], days: '7' }
    const identity = { provider: 'eu-login', subject: 'thief' }
    for (const [tried, outcome] of Object.entries({
      addCodes: await addCodes(app, thief, { key, code: held.code(key) }),
      beginAddingPasskey: await beginAddingPasskey(app, thief, 'https://kopa.example', undefined),
      removePasskey: await removePasskey(app, thief, 'of-petra'),
      renewRecoveryCodes: await renewRecoveryCodes(app, thief),
      changePassword: await changePassword(app, thief, farAway, { password: 'sarkana ābele dārzā' }),
      askForAddress: await askForAddress(app, thief, farAway, elsewhere),
      makeToken: await makeToken(app, thief, token),
      linkProvider: await linkProvider(app, thief, undefined),
      unlinkProvider: await unlinkProvider(app, thief, identity)
    }))
      assert.equal(why(outcome), 'second-factor', tried)
    assert.equal((await database.selectFrom('people.passkey').select('id').execute()).length, 1)
    const strong = { ...caller, secondFactor: true }
    assert.equal(why(await removePasskey(app, strong, 'of-petra')), 'done')
  }))

test('an operator helps Petra, who lost her phone and her codes; everybody is signed out, and it is on record', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { recoveryCodes, caller } = await withCodes(database, held)
    assert.equal(why(await forgetCodes(held.app, { email: 'no@one.example' })), 'people.roles.no-account')
    const key = { id: 'lost', person: caller.person, name: 'Tālrunis', public_key: Buffer.from([1]) }
    await database
      .insertInto('people.passkey')
      .values({ ...key, counter: 0 })
      .execute()
    const forgot = await forgetCodes(held.app, { email: 'PETRA@agentura.example' })
    assert.deepEqual(forgot, { person: caller.person, name: 'Petra Liepa' })
    assert.deepEqual(await database.selectFrom('people.session').selectAll().execute(), [])
    assert.deepEqual(await database.selectFrom('people.passkey').selectAll().execute(), [])
    const entered = await signIn(held.app, atHome, { email, password: goodPassword }, { next: '/lv' })
    const { caller: petra } = await comeIn(database, entered)
    const code = recoveryCodes[0]!
    assert.equal(
      why(await proveSecondFactor(held.app, petra, farAway, undefined, { code })),
      'people.codes.wrong'
    )
    const act = await database
      .selectFrom('audit.entry')
      .select('actor')
      .where('act', '=', 'people.codes-removed')
      .executeTakeFirstOrThrow()
    assert.deepEqual(act.actor, { system: 'kopa admin forget-codes' })
  }))

test('a copy of the database alone gives no secret away', () =>
  withDatabase(async (database) => {
    const held = holding(database)
    const { key, recoveryCodes } = await withCodes(database, held)
    const row = await database.selectFrom('people.one_time_code').selectAll().executeTakeFirstOrThrow()
    assert.ok(!JSON.stringify(row).includes(key) && !row.sealed_secret.includes(key))
    const file = held.app.configuration.peopleKey
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(Buffer.from(readFileSync(file, 'utf8'), 'base64').length, 32)
    // On another machine, without the key, her recovery codes still work; her app does not.
    const elsewhere = {
      ...held,
      app: { ...held.app, configuration: { peopleKey: `${held.app.configuration.peopleKey}-of-another` } }
    }
    const code = held.code(key)
    const ceremony = await onTheWay(held)
    for (let time = 0; time < 5; time++)
      assert.equal(
        why(await proveSecondFactor(elsewhere.app, nobody, atHome, ceremony, { code })),
        'people.codes.not-now'
      )
    assert.equal(held.errors.length, 5, 'whoever runs it is told')
    assert.ok(!(await lettersTo(database, email)).some(({ kind }) => kind === 'people.guessing'))
    assert.ok(!existsSync(elsewhere.app.configuration.peopleKey), 'no key is made that opens nothing')
    const [recovery] = recoveryCodes
    await sql`delete from people.attempts`.execute(database)
    const entered = await proveSecondFactor(elsewhere.app, nobody, atHome, ceremony, { code: recovery })
    await comeIn(database, entered)
  }))
