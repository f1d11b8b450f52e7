import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../../tests/database.ts'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { type Caller, type SignedIn, nobody } from '#shared/identity/index.ts'
import { type Elsewhere, type TestProvider, client, startProvider } from '../../../../tests/oidc-provider.ts'
import { atHome, comeIn, farAway, lettersTo, linkMailedTo, signedUp } from '../people.fixture.ts'
import { type Providers, openProviders } from '../providers.server.ts'
import type { ProviderEntry } from '../providers-file.server.ts'
import { callerOfSession } from '../sessions.server.ts'
import { askForLink } from './ask-for-link.ts'
import { type CameBack, comeFromProvider } from './come-from-provider.ts'
import { goToProvider } from './go-to-provider.ts'
import { linkProvider } from './link-provider.ts'
import { signOut } from './sign-out.ts'
import { signUp } from './sign-up.ts'
import { signUpFromProvider } from './sign-up-from-provider.ts'
import { unlinkProvider } from './unlink-provider.ts'

const back = 'http://localhost:3000/sign-in/back/eu-login'
const maria: Elsewhere = {
  sub: 'n00maria',
  name: 'Maria Ozola',
  email: 'maria@skola.example',
  email_verified: true
}
const why = (outcome: unknown) =>
  isRefused(outcome) ? (outcome.problems[0]?.key ?? outcome.refused) : 'done'

suite('Signing in at a provider', () => {
  let provider: TestProvider

  before(async () => {
    provider = await startProvider([back])
  })

  after(() => provider.stop())

  function entry(more: Partial<ProviderEntry> = {}): ProviderEntry {
    return {
      id: 'eu-login',
      name: { lv: 'EU Login', en: 'EU Login' },
      issuer: provider.issuer,
      'client-id': client.id,
      'client-secret': client.secret,
      scopes: ['openid', 'email', 'profile'],
      claims: { name: 'name', email: 'email', 'email-confirmed': 'email_verified' },
      'emails-are-confirmed': false,
      'second-factor': { acr: ['two-factors'], amr: ['mfa'] },
      ...more
    }
  }

  function appWith(
    database: Database,
    providers: Providers = openProviders([entry()], () => performance.now())
  ) {
    const warned: object[] = []
    return { database, providers, log: { warn: (facts: object) => void warned.push(facts) }, warned }
  }
  type App = ReturnType<typeof appWith>

  /** Somebody goes to the provider and comes back. */
  async function journey(app: App, somebody: Elsewhere | undefined, caller: Caller = nobody, fresh = false) {
    provider.somebody = somebody
    const wish = { back, language: 'lv', next: '/lv/calls/7', fresh, ceremony: undefined } as const
    const away = await goToProvider(app, atHome, 'eu-login', wish)
    assert.ok(!isRefused(away), JSON.stringify(away))
    const url = await provider.follow(away.url, back)
    return {
      ceremony: away.ceremony,
      url,
      come: () => comeFromProvider(app, caller, atHome, away.ceremony, url)
    }
  }

  async function cameBack(
    app: App,
    somebody: Elsewhere,
    caller: Caller = nobody,
    fresh = false
  ): Promise<CameBack> {
    const outcome = await (await journey(app, somebody, caller, fresh)).come()
    assert.ok(!isRefused(outcome), JSON.stringify(outcome))
    return outcome
  }

  async function mariaSignedUp(app: App): Promise<SignedIn> {
    const outcome = await cameBack(app, maria)
    assert.ok(outcome.step === 'sign-up')
    const entered = await signUpFromProvider(app, atHome, outcome.ceremony, { name: 'Maria Ozola' }, 'lv')
    return (await comeIn(app.database, entered)).caller
  }

  test('Maria, whose address the provider vouches for, has an account after one form, and comes in at once later', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      const caller = await mariaSignedUp(app)
      assert.equal(caller.name, 'Maria Ozola')
      assert.equal(caller.secondFactor, false)
      const outcome = await cameBack(app, maria)
      assert.ok(outcome.step === 'entered')
      assert.equal(outcome.next, '/lv/calls/7')
      const again = await comeIn(database, outcome.entered)
      assert.equal(again.caller.person, caller.person)
    }))

  test('what the provider says of two factors counts, by class or by method', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      await mariaSignedUp(app)
      for (const [more, counts] of [
        [{ acr: 'two-factors' }, true],
        [{ amr: ['pwd', 'mfa'] }, true],
        [{ acr: 'password', amr: ['pwd'] }, false]
      ] as const) {
        const outcome = await cameBack(app, {
          ...maria,
          ...more,
          amr: [...(('amr' in more && more.amr) || [])]
        })
        assert.ok(outcome.step === 'entered')
        assert.equal((await comeIn(database, outcome.entered)).caller.secondFactor, counts)
      }
    }))

  test('an account with the same address is not entered and not linked: its owner signs in to it and agrees', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      const { caller } = await signedUp(database, { name: 'Maria', email: 'Maria@skola.example' })
      const outcome = await cameBack(app, maria)
      assert.ok(outcome.step === 'link')
      assert.deepEqual(await database.selectFrom('people.outside_identity').selectAll().execute(), [])
      assert.equal(
        why(await signUpFromProvider(app, atHome, outcome.ceremony, { name: 'x' }, 'lv')),
        'people.link.account-exists'
      )
      const second = await cameBack(app, maria)
      assert.ok(second.step === 'link')
      assert.deepEqual(await linkProvider(app, caller, second.ceremony), { provider: 'eu-login' })
      assert.equal((await cameBack(app, maria)).step, 'entered')
      const letters = await lettersTo(database, 'Maria@skola.example')
      assert.ok(letters.some(({ kind, text }) => kind === 'people.provider-linked' && /EU Login/.test(text)))
    }))

  test('an address that the provider does not vouch for is confirmed by mail, and whose it is is not told', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      await signedUp(database, { name: 'Jonas', email: 'jonas@skola.example' })
      // Somebody who claims the address of Jonas is treated like somebody new.
      const claims = { ...maria, email: 'jonas@skola.example', email_verified: false }
      const thief = await cameBack(app, claims)
      assert.ok(thief.step === 'sign-up')
      assert.equal(
        why(await signUpFromProvider(app, atHome, thief.ceremony, { name: 'x' }, 'lv')),
        'not-allowed'
      )

      const outcome = await cameBack(app, { ...maria, email_verified: false })
      assert.ok(outcome.step === 'sign-up')
      const wish = { asked: 'account', language: 'lv', next: undefined } as const
      await askForLink(app, atHome, { email: maria.email }, wish)
      const link = await linkMailedTo(database, maria.email!, 'people.sign-up')
      // In another browser the link asks for a password; in this one the identity is linked without.
      const elsewhere = await signUp(app, farAway, link, { name: 'Maria' }, { language: 'lv' })
      assert.equal(why(elsewhere), 'form.missing')
      const { ceremony } = outcome
      const here = { language: 'lv', ceremony } as const
      // What lies in the browser is not linked unless the form showed it, and not what has come to lie there since.
      assert.equal(why(await signUp(app, atHome, link, { name: 'Maria' }, here)), 'form.missing')
      for (const other of ['eu-login thief', 'another n00maria'])
        assert.equal(
          why(await signUp(app, atHome, link, { name: 'Maria', identity: other }, here)),
          'people.providers.too-late'
        )
      const identity = 'eu-login n00maria'
      await comeIn(database, await signUp(app, atHome, link, { name: 'Maria', identity }, here))
      assert.equal((await cameBack(app, maria)).step, 'entered')
    }))

  test('a journey belongs to the browser that began it, is made once, and ends after half an hour', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      await mariaSignedUp(app)
      const { url, come } = await journey(app, maria)
      assert.equal(
        why(await comeFromProvider(app, nobody, atHome, undefined, url)),
        'people.providers.too-late'
      )
      assert.equal(
        why(await comeFromProvider(app, nobody, atHome, 'another', url)),
        'people.providers.too-late'
      )
      assert.equal(why(await come()), 'done')
      assert.equal(why(await come()), 'people.providers.too-late')
      const late = await journey(app, maria)
      await sql`update people.ceremony set expires_at = clock_timestamp()`.execute(database)
      assert.equal(why(await late.come()), 'people.providers.too-late')
    }))

  test('an answer that was meddled with lets nobody in, and the log says why without any secret', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      await mariaSignedUp(app)
      for (const meddle of [
        (url: URL) => url.searchParams.set('state', 'another'),
        (url: URL) => url.searchParams.set('code', 'another'),
        (url: URL) => url.searchParams.set('iss', 'https://evil.example'),
        (url: URL) => url.searchParams.delete('code')
      ]) {
        const { url, come } = await journey(app, maria)
        meddle(url)
        assert.equal(why(await come()), 'people.providers.failed')
      }
      assert.equal(app.warned.length, 4)
      assert.doesNotMatch(JSON.stringify(app.warned), new RegExp(client.secret))
    }))

  test('a code of somebody else’s journey does not fit this one', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      await mariaSignedUp(app)
      const theirs = await journey(app, { ...maria, sub: 'thief' })
      const hers = await journey(app, maria)
      hers.url.searchParams.set('code', theirs.url.searchParams.get('code')!)
      assert.equal(why(await hers.come()), 'people.providers.failed')
    }))

  test('who changes their mind at the provider is back, and nothing has changed', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      const { come } = await journey(app, undefined)
      assert.equal(why(await come()), 'people.providers.stopped')
    }))

  test('somebody who is in links another account elsewhere by a button, never by following a link', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      const caller = await mariaSignedUp(app)
      const outcome = await cameBack(app, { ...maria, sub: 'another' }, caller)
      assert.ok(outcome.step === 'link')
      assert.equal((await database.selectFrom('people.outside_identity').selectAll().execute()).length, 1)
      assert.equal(why(await linkProvider(app, caller, outcome.ceremony)), 'done')
      assert.equal(why(await linkProvider(app, caller, outcome.ceremony)), 'people.providers.too-late')

      const { caller: jonas } = await signedUp(database, { name: 'Jonas', email: 'jonas@skola.example' })
      const taken = await (await journey(app, maria, jonas)).come()
      assert.equal(why(taken), 'people.providers.linked-elsewhere')
      const identity = { provider: 'eu-login', subject: maria.sub }
      assert.equal(why(await unlinkProvider(app, jonas, identity)), 'not-found')
      assert.equal(why(await unlinkProvider(app, caller, identity)), 'done')
      assert.notEqual((await cameBack(app, maria)).step, 'entered')
    }))

  test('a proof asked for anew counts as one; being remembered by the provider does not', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      const caller = await mariaSignedUp(app)
      await sql`update people.session set proved_at = clock_timestamp() - interval '2 hours'`.execute(
        database
      )
      const remembered = await cameBack(app, maria, caller)
      assert.equal(remembered.step, 'unchanged')
      assert.equal(why(await linkProvider(app, caller, 'none')), 'proof')
      const before = provider.prompts
      const asked = await cameBack(app, { ...maria, acr: 'two-factors' }, caller, true)
      assert.ok(provider.prompts > before)
      assert.ok(asked.step === 'entered' && asked.entered.step === 'strengthened')
      const now = (await callerOfSession(database, asked.entered.secret)) as SignedIn
      assert.ok(now.secondFactor)
      assert.equal(why(await linkProvider(app, now, 'none')), 'people.providers.too-late')
    }))

  test('signing out ends what the browser was in the middle of: the next person there has nothing to do with it', () =>
    withDatabase(async (database) => {
      const app = appWith(database)
      const { caller } = await signedUp(database, { name: 'Jonas', email: 'jonas@skola.example' })
      const outcome = await cameBack(app, maria, caller)
      assert.ok(outcome.step === 'link')
      await signOut(app, caller, outcome.ceremony)
      assert.deepEqual(await database.selectFrom('people.ceremony').selectAll().execute(), [])
    }))

  test('a provider that cannot be reached is said by health, keeps nobody from signing in otherwise, and is tried again', () =>
    withDatabase(async (database) => {
      let now = 0
      const gone = openProviders([entry({ id: 'gone', issuer: 'http://127.0.0.1:9' }), entry()], () => now)
      assert.deepEqual(gone.health(), { gone: 'not-tried', 'eu-login': 'not-tried' })
      await gone.tryAll()
      assert.deepEqual(gone.health(), { gone: 'unreachable', 'eu-login': 'ok' })
      const app = appWith(database, gone)
      const wish = { back, language: 'lv', next: '/lv', fresh: false, ceremony: undefined } as const
      assert.equal(why(await goToProvider(app, atHome, 'gone', wish)), 'people.providers.failed')
      assert.equal(why(await goToProvider(app, atHome, 'eu-login', wish)), 'done')
      assert.equal(why(await goToProvider(app, atHome, 'none', wish)), 'not-found')
      now += 31_000
      await gone.tryAll()
      assert.equal(gone.health().gone, 'unreachable')
    }))
})
