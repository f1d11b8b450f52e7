import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { TOTP } from 'otpauth'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { lettersTo, linkMailedTo } from '../../src/modules/people/people.fixture.ts'
import { type TestProvider, client, startProvider } from '../oidc-provider.ts'
import { launchBrowser } from '../browser.ts'
import { castOf, signIn } from '../cast/cast.ts'
import { type RunningSite, startSite } from '../running-site.ts'

const password = 'zaļš ezers vakarā'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function providersFile(issuer: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'kopa-oidc-')), 'oidc.yaml')
  const provider = (id: string, name: string, where: string) => ({
    id,
    name: { lv: name, en: name },
    issuer: where,
    'client-id': client.id,
    'client-secret': client.secret
  })
  const providers = [provider('eu-login', 'EU Login', issuer), provider('gone', 'Gone', 'http://127.0.0.1:9')]
  writeFileSync(file, JSON.stringify({ providers }))
  return file
}

suite('Signing up and signing in', () => {
  let site: RunningSite
  let browser: Browser

  let provider: TestProvider

  before(async () => {
    const port = await freePort()
    provider = await startProvider([`http://127.0.0.1:${port}/sign-in/back/eu-login`])
    site = await startSite({ PORT: String(port), KOPA_OIDC_FILE: providersFile(provider.issuer) })
    browser = await launchBrowser()
  })

  after(async () => {
    await browser.close()
    await site.stop()
    await provider.stop()
  })

  async function visit(
    options: BrowserContextOptions,
    work: (page: Page, context: BrowserContext) => Promise<void>
  ): Promise<void> {
    const context = await browser.newContext({ baseURL: site.address, ...options })
    context.setDefaultTimeout(10_000)
    try {
      await work(await context.newPage(), context)
    } finally {
      await context.close()
    }
  }

  const title = (page: Page) => page.locator('h1').innerText()
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

  async function signUp(page: Page, email: string, name: string): Promise<void> {
    await page.goto('/en/sign-up?next=/en/people/account')
    await page.getByLabel('E-mail address').fill(email)
    await press(page, 'Mail me a link')
    assert.equal(await title(page), 'Look into your mailbox')
    const link = await linkMailedTo(site.app.database, email, 'people.sign-up')
    await page.goto(`/en/sign-up/finish?link=${link}`)
    await page.getByLabel('Name').fill(name)
    await page.getByLabel('Password').fill(password)
    await press(page, 'Create the account')
    await page.waitForURL('**/people/account')
  }

  test('Maria signs up, signs out, forgets her password and comes back, all without script', () =>
    visit({ javaScriptEnabled: false }, async (page) => {
      const email = 'maria@skola.example'
      await signUp(page, email, 'Maria Ozola')
      await page.locator('.kopa-account summary').click()
      await press(page, 'Sign out')
      await page.goto('/en/people/account')
      assert.equal(await title(page), 'Sign in')
      await page.getByLabel('E-mail address').fill(email)
      await page.getByLabel('Password').fill('not this one')
      await press(page, 'Sign in')
      assert.match(await page.locator('main').innerText(), /The address or the password is not right/)
      assert.equal(await page.getByLabel('E-mail address').inputValue(), email, 'what she typed stays')
      await page.getByRole('link', { name: 'I forgot my password' }).click()
      await page.getByLabel('E-mail address').fill(email)
      await press(page, 'Mail me a link')
      const link = await linkMailedTo(site.app.database, email, 'people.password')
      await page.goto(`/en/sign-in/password?link=${link}`)
      await page.getByLabel('Password').fill('sarkana ābele dārzā')
      await press(page, 'Save the password')
      // Where she was going when she was asked to sign in.
      await page.waitForURL('**/en/people/account')
      await page.goto(`/en/sign-in/password?link=${link}`)
      assert.equal(await title(page), 'The link has been used')
    }))

  test('opening a mailed link, as a mail scanner does, changes nothing', () =>
    visit({}, async (page) => {
      const email = 'scanned@skola.example'
      await page.goto('/lv/sign-up')
      await page.getByLabel('E-pasta adrese').fill(email)
      await press(page, 'Nosūtīt saiti')
      const [letter] = await lettersTo(site.app.database, email)
      for (const method of ['GET', 'HEAD', 'GET']) {
        const answer = await fetch(site.address + letter!.link!, { method, headers: { accept: 'text/html' } })
        assert.equal(answer.status, 200)
        assert.equal(answer.headers.get('referrer-policy'), 'same-origin')
      }
      await page.goto(letter!.link!)
      assert.equal(await title(page), 'Gandrīz gatavs')
    }))

  test('Petra sets up one-time codes and recovery codes, and signs in with them, without script', () =>
    visit({ javaScriptEnabled: false }, async (page) => {
      const email = 'petra@agentura.example'
      await signUp(page, email, 'Petra Liepa')
      await page.goto('/en/people/account/codes')
      const key = await page.locator('input[name=key]').inputValue()
      const picture = await page.locator('main img').getAttribute('src')
      assert.match(picture ?? '', /^data:image\/svg\+xml;base64,/)
      await page.getByLabel('Code', { exact: true }).fill('000000')
      await press(page, 'Add')
      assert.equal(await page.locator('input[name=key]').inputValue(), key, 'the same picture again')
      await page.getByLabel('Code', { exact: true }).fill(new TOTP({ secret: key }).generate())
      await press(page, 'Add')
      const codes = await page.locator('main li code').allInnerTexts()
      assert.equal(codes.length, 10)
      await page.goto('/en/people/account')
      assert.match(await page.locator('main').innerText(), /10 recovery codes left/)
      await page.locator('.kopa-account summary').click()
      await press(page, 'Sign out')

      await page.goto('/en/sign-in?next=/en/people/account/devices')
      await page.getByLabel('E-mail address').fill(email)
      await page.getByLabel('Password').fill(password)
      await press(page, 'Sign in')
      assert.equal(await title(page), 'The second step')
      await page.goto('/en/people/account')
      assert.equal(await title(page), 'Sign in', 'half way in is not in')
      await page.goto('/en/sign-in/second-factor')
      await page.getByLabel('Code', { exact: true }).fill(codes[3]!)
      await press(page, 'Go on')
      await page.waitForURL('**/people/account/devices')
    }))

  test('Ana adds a passkey and signs in by it, without typing anything', () =>
    visit({}, async (page, context) => {
      const email = 'ana@eksperti.example'
      const devtools = await context.newCDPSession(page)
      await devtools.send('WebAuthn.enable')
      await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true
        }
      })
      // Passkeys belong to a name, not to an address of the network.
      const named = site.address.replace('127.0.0.1', 'localhost')
      await page.goto(`${named}/en/sign-up`)
      await page.getByLabel('E-mail address').fill(email)
      await press(page, 'Mail me a link')
      const link = await linkMailedTo(site.app.database, email, 'people.sign-up')
      await page.goto(`${named}/en/sign-up/finish?link=${link}`)
      await page.getByLabel('Name').fill('Ana Kovač')
      await page.getByLabel('Password').fill(password)
      await press(page, 'Create the account')
      await page.goto(`${named}/en/people/account/passkeys`)
      await page.getByLabel('Name').fill('Ana’s laptop')
      await press(page, 'Add a passkey')
      await page.getByRole('heading', { name: 'Recovery codes' }).waitFor()
      await page.goto(`${named}/en/people/account/passkeys`)
      assert.match(await page.locator('table').innerText(), /Ana’s laptop/)
      await page.locator('.kopa-account summary').click()
      await press(page, 'Sign out')

      await page.goto(`${named}/en/sign-in?next=/en/people/account`)
      const button = page.getByRole('button', { name: 'Sign in by a passkey' })
      // The virtual device answers the quiet offer at once; else she presses the button.
      await Promise.race([page.waitForURL('**/people/account'), button.click().catch(() => {})])
      await page.waitForURL('**/people/account')
      assert.match(await page.locator('.kopa-account-name').innerText(), /Ana Kovač/)
      const row = await site.app.database
        .selectFrom('people.session')
        .innerJoin('people.person', 'people.person.id', 'people.session.person')
        .select('second_factor_at')
        .where('email', '=', email)
        .execute()
      assert.ok(row.every(({ second_factor_at }) => second_factor_at !== null))

      await page.goto(`${named}/en/people/account/passkeys`)
      await page.getByRole('button', { name: /Remove/ }).click()
      await page.waitForLoadState()
      assert.equal(await page.locator('table').count(), 0)
    }))

  test('Jonas comes by EU Login, without script: one form the first time, none later', () =>
    visit({ javaScriptEnabled: false }, async (page, context) => {
      provider.somebody = {
        sub: 'n00jonas',
        name: 'Jonas Petrauskas',
        email: 'jonas@mokykla.example',
        email_verified: true
      }
      await page.goto('/en/sign-in?next=/en/people/account')
      await page.getByRole('link', { name: 'Sign in by EU Login' }).click()
      assert.equal(await title(page), 'Nearly there')
      assert.equal(await page.getByLabel('Name').inputValue(), 'Jonas Petrauskas')
      await press(page, 'Create the account')
      await page.waitForURL('**/en/people/account')
      await page.locator('.kopa-account summary').click()
      await press(page, 'Sign out')
      await page.goto('/lv/sign-in?next=/lv/people/account')
      await page.getByRole('link', { name: 'Pierakstīties ar EU Login' }).click()
      await page.waitForURL('**/lv/people/account')
      assert.match(await page.locator('main').innerText(), /jonas@mokykla\.example/)

      provider.somebody = undefined
      await page.locator('.kopa-account summary').click()
      await press(page, 'Izrakstīties')
      await context.clearCookies()
      await page.goto('/en/sign-in')
      await page.getByRole('link', { name: 'Sign in by EU Login' }).click()
      assert.match(await page.locator('main').innerText(), /Signing in elsewhere was stopped/)
    }))

  test('a provider that is out of reach is said by health, and the sign-in page works on', () =>
    visit({}, async (page) => {
      const health = (await (await fetch(`${site.address}/healthz`)).json()) as Record<string, unknown>
      assert.deepEqual(health.providers, { 'eu-login': 'ok', gone: 'unreachable' })
      await page.goto('/en/sign-in')
      await page.getByRole('link', { name: 'Sign in by Gone' }).click()
      assert.match(await page.locator('main').innerText(), /does not work just now/)
      assert.equal(await page.getByLabel('Password').count(), 1)
    }))

  test('a form of another site is refused for every page that takes one, and nothing changes', async () => {
    const cast = await castOf(site.app.database)
    const cookie = await signIn(site, cast.ilze)
    const pages = [
      'sign-in?/password',
      'sign-in?/passkey',
      'sign-in/passkey',
      'sign-in/forgotten',
      'sign-in/second-factor?/code',
      'sign-in/again?/password',
      'sign-up',
      'sign-out',
      'people/role',
      'people/account/name',
      'people/account/password',
      'people/account/address',
      'people/account/devices?/others',
      'people/account/codes?/add',
      'people/account/passkeys?/remove',
      'people/account/passkeys/options',
      'people/account/providers?/link',
      'people/account/tokens?/make',
      'people/roles?/give',
      'sign-up/from-provider?/finish'
    ]
    const count = () =>
      site.app.database
        .selectFrom('people.session')
        .select('id')
        .where('person', '=', cast.ilze.person)
        .execute()
    const before = (await count()).length
    for (const page of pages) {
      for (const type of [
        'application/x-www-form-urlencoded',
        'text/plain',
        'multipart/form-data; boundary=x'
      ]) {
        for (const origin of ['https://evil.example', 'null', undefined]) {
          const answer = await fetch(`${site.address}/lv/${page}`, {
            method: 'POST',
            redirect: 'manual',
            headers: { cookie, 'content-type': type, accept: 'text/html', ...(origin && { origin }) },
            body: 'email=a@b.example'
          })
          assert.equal(answer.status, 403, `${page}, ${type}, ${origin}`)
        }
      }
    }
    assert.equal((await count()).length, before)
  })

  test('cookies are for this site alone and out of reach of scripts; nothing of a person is cached', async () => {
    const email = 'cookies@skola.example'
    await visit({}, async (page, context) => {
      await signUp(page, email, 'Cookie Monster')
      const cookies = await context.cookies()
      assert.deepEqual(cookies.map(({ name }) => name).sort(), ['kopa-device', 'kopa-session'])
      for (const { httpOnly, sameSite, path } of cookies)
        assert.deepEqual([httpOnly, sameSite, path], [true, 'Lax', '/'])
      const answer = await page.goto('/lv/people/account')
      assert.match(answer!.headers()['cache-control'] ?? '', /no-store/)
    })
  })

  test('the pages have no axe violations and fit a phone, in Latvian by day and English by night', async () => {
    for (const [colorScheme, language] of [
      ['light', 'lv'],
      ['dark', 'en']
    ] as const) {
      await visit({ colorScheme, viewport: { width: 360, height: 800 } }, async (page) => {
        await signUp(page, `axe-${colorScheme}@skola.example`, 'Līga Kalniņa')
        const pages = [
          'people/account',
          'people/account/name',
          'people/account/password',
          'people/account/address',
          'people/account/devices',
          'people/account/codes',
          'people/account/passkeys',
          'people/account/providers',
          'people/account/tokens',
          'sign-in/again',
          'sign-in/forgotten',
          'sign-in/password?link=none'
        ]
        for (const path of pages) {
          await page.goto(`/${language}/${path}`)
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`)
          const { violations } = await new AxeBuilder({ page }).analyze()
          assert.deepEqual(
            violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map((node) => node.target).join()}`),
            []
          )
        }
      })
    }
  })
})
