import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { hashPassword } from '../../src/modules/people/password-hash.server.ts'
import { lettersTo } from '../../src/modules/people/people.fixture.ts'
import { launchBrowser } from '../browser.ts'
import { type Cast, castOf, signIn } from '../cast/cast.ts'
import { type RunningSite, startSite } from '../running-site.ts'

const password = 'zaļš ezers vakarā'

suite('One’s own account', () => {
  let site: RunningSite
  let browser: Browser
  let cast: Cast

  before(async () => {
    site = await startSite()
    browser = await launchBrowser()
    cast = await castOf(site.app.database)
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  /** Opens a browser in which somebody is signed in. */
  async function as(
    who: Exclude<keyof Cast, 'nobody' | 'places'>,
    work: (page: Page) => Promise<void>,
    width = 1280
  ): Promise<void> {
    const [name, value] = (await signIn(site, cast[who])).split('=')
    const context = await browser.newContext({ baseURL: site.address, viewport: { width, height: 800 } })
    context.setDefaultTimeout(10_000)
    await context.addCookies([{ name: name!, value: value!, url: site.address }])
    try {
      await work(await context.newPage())
    } finally {
      await context.close()
    }
  }

  const title = (page: Page) => page.locator('h1').innerText()
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  const post = (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(site.address + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', origin: site.address, ...headers },
      body: new URLSearchParams(body)
    })

  test('Jonas makes a token, uses it, revokes it, and it is shown to him only once', () =>
    as('jonas', async (page) => {
      await page.goto('/en/people/account/tokens')
      await press(page, 'Make the token')
      assert.equal(await page.locator('code').count(), 0)
      await page.getByLabel('Name').fill('Report of the week')
      await press(page, 'Make the token')
      assert.match(await page.locator('main').innerText(), /Tick at least one/)
      assert.equal(await page.getByLabel('Name').inputValue(), 'Report of the week', 'what he typed stays')
      await page.locator('input[value="people:read"]').check()
      await press(page, 'Make the token')
      const token = await page.locator('code.token').innerText()
      const me = () =>
        fetch(`${site.address}/api/v1/people/me`, { headers: { authorization: `Bearer ${token}` } })
      assert.equal(((await (await me()).json()) as { name: string }).name, 'Jonas Petrauskas')
      await page.goto('/en/people/account/tokens')
      assert.ok(!(await page.content()).includes(token))
      await page.getByRole('button', { name: /Revoke/ }).click()
      await page.waitForLoadState()
      assert.equal((await me()).status, 401)
      const answer = await page.goto('/en/people/account')
      assert.equal(answer?.status(), 200)
    }))

  test('Ana downloads everything about herself, and is then erased; who she was is gone from the pages', () =>
    as('ana', async (page) => {
      await page.goto('/en/people/account/data')
      const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')])
      assert.match(download.suggestedFilename(), /^kopa-\d{4}-\d\d-\d\d\.zip$/)
      const files = unzipSync(readFileSync(await download.path()))
      const data = JSON.parse(strFromU8(files['everything.json']!)) as { people: { email: string } }
      assert.equal(data.people.email, 'ana.kovac@example.org')
      assert.match(strFromU8(files['everything.html']!), /ana\.kovac@example\.org/)

      await page.getByRole('link', { name: 'Erase the account' }).click()
      assert.match(await page.locator('main').innerText(), /1 role: when and where, without your name/)
      await page.getByLabel('To confirm, type the address of your account').fill('somebody@else.example')
      await press(page, 'Erase for good')
      assert.match(await page.locator('main').innerText(), /Nothing was erased/)
      await page.getByLabel('To confirm, type the address of your account').fill('ana.kovac@example.org')
      await press(page, 'Erase for good')
      await page.waitForURL('**/en/people/erased')
      assert.equal(await title(page), 'The account is erased')
      await page.goto('/en/people/account')
      assert.equal(await title(page), 'Sign in')
      const letters = await lettersTo(site.app.database, 'ana.kovac@example.org')
      assert.deepEqual(
        letters.map(({ kind }) => kind),
        ['people.erased']
      )
    }))

  test('what is kept is there for everybody to read, and the footer leads to it', async () => {
    const page = await browser.newPage({ baseURL: site.address })
    await page.goto('/lv')
    await page.locator('footer').getByRole('link', { name: 'Jūsu dati' }).click()
    const text = await page.locator('main').innerText()
    for (const said of ['Konts un pierakstīšanās', 'Vēstules', 'Darbību žurnāls', 'Sīkdatnes'])
      assert.ok(text.includes(said), said)
    await page.close()
  })

  test('Līga gives a role and may not end her own; others are not even shown the page', () =>
    as('liga', async (page) => {
      await page.goto('/en/people/roles')
      await page.getByLabel('E-mail address').fill('nobody@here.example')
      await press(page, 'Give a role')
      assert.match(await page.locator('main').innerText(), /no account with this address/)
      await page.getByLabel('E-mail address').fill('ilze.berzina@example.org')
      await press(page, 'Give a role')
      await page.getByRole('row', { name: /Ilze/ }).waitFor()
      await page.getByRole('row', { name: /Līga/ }).getByRole('button').click()
      assert.match(await page.locator('main').innerText(), /the only administrator/)
      await as('maria', async (hers) => {
        const answer = await hers.goto('/en/people/roles')
        assert.equal(answer?.status(), 403)
      })
    }))

  test('pages that lists stand on fit a phone and have no axe violations', () =>
    as(
      'liga',
      async (page) => {
        for (const path of ['account/data', 'account/erase', 'roles', 'privacy']) {
          await page.goto(`/lv/people/${path}`)
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`)
          const { violations } = await new AxeBuilder({ page }).analyze()
          assert.deepEqual(
            violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map((node) => node.target).join()}`),
            []
          )
        }
      },
      360
    ))

  test('who guesses is told how long to wait, in words and in the header', async () => {
    const guess = () =>
      post('/lv/sign-in?/password', { email: 'guessed@skola.example', password: 'not this' })
    for (let time = 0; time < 5; time++) assert.equal((await guess()).status, 422)
    const answer = await guess()
    assert.equal(answer.status, 429)
    assert.equal(answer.headers.get('retry-after'), '5')
    const body = await answer.text()
    assert.match(body, /mēģiniet pēc 5 sekundēm/)
    assert.match(body, /value="guessed@skola\.example"/)
    assert.doesNotMatch(body, /not this/)
  })

  test('nobody is led to another site after signing in', async () => {
    const { id } = await site.app.database
      .insertInto('people.person')
      .values({ name: 'Led astray', email: 'led@skola.example' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const encoded = (await hashPassword(password)) as string
    await site.app.database.insertInto('people.password').values({ person: id, encoded }).execute()
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/%09/evil.example']) {
      const path = `/lv/sign-in?/password&next=${encodeURIComponent(next)}`
      const answer = await post(path, { email: 'led@skola.example', password })
      assert.equal(answer.status, 303)
      const led = new URL(answer.headers.get('location')!, site.address)
      assert.equal(led.origin, site.address, next)
    }
  })

  test('whatever writes is refused from elsewhere, also as JSON', async () => {
    const cookie = await signIn(site, cast.ilze)
    for (const path of [
      'sign-in/passkey',
      'people/account/passkeys/options',
      'people/account/data/download'
    ]) {
      for (const method of ['POST', 'PUT', 'DELETE']) {
        for (const origin of ['https://evil.example', undefined]) {
          const answer = await fetch(`${site.address}/lv/${path}`, {
            method,
            headers: { cookie, 'content-type': 'application/json', ...(origin && { origin }) },
            body: '{}'
          })
          assert.equal(answer.status, 403, `${method} ${path} ${origin}`)
        }
      }
    }
  })
})

suite('Over https', () => {
  test('cookies carry the prefix that keeps them to this host, and one without it opens nothing', async () => {
    const site = await startSite({ KOPA_ORIGIN: 'https://kopa.example.eu' })
    try {
      const { maria } = await castOf(site.app.database)
      const plain = await signIn(site, maria)
      const encoded = (await hashPassword(password)) as string
      await site.app.database
        .insertInto('people.password')
        .values({ person: maria.person, encoded })
        .execute()
      const answer = await fetch(`${site.address}/lv/sign-in?/password`, {
        method: 'POST',
        redirect: 'manual',
        headers: { accept: 'text/html', origin: 'https://kopa.example.eu' },
        body: new URLSearchParams({ email: 'maria.ozola@example.org', password })
      })
      assert.equal(answer.status, 303)
      const cookies = answer.headers.getSetCookie()
      assert.equal(cookies.length, 2)
      for (const cookie of cookies) {
        assert.match(cookie, /^__Host-kopa-(session|device)=/)
        for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax'])
          assert.ok(cookie.includes(part), `${cookie} lacks ${part}`)
        assert.doesNotMatch(cookie, /Domain=/)
      }
      const account = (cookie: string) =>
        fetch(`${site.address}/lv/people/account`, {
          redirect: 'manual',
          headers: { cookie, accept: 'text/html' }
        })
      const session = cookies.find((cookie) => cookie.includes('session'))!.split(';')[0]!
      assert.equal((await account(session)).status, 200)
      // Planted by a neighbouring host, or left from http.
      assert.equal((await account(plain)).status, 303)
      assert.equal((await account(session.replace('__Host-', ''))).status, 303)
    } finally {
      await site.stop()
    }
  })
})
