import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { queueMail } from '#shared/mail/index.ts'
import { launchBrowser } from '../browser.ts'
import { type Cast, castOf, signIn } from '../cast/cast.ts'
import { startMailServer } from '../mail-server.ts'
import { type RunningSite, startSite } from '../running-site.ts'

suite('Līga looks after the installation', () => {
  let site: RunningSite
  let browser: Browser
  let cast: Cast
  let mailServer: Awaited<ReturnType<typeof startMailServer>>
  let refusing = true

  before(async () => {
    mailServer = await startMailServer({
      recipient: ({ length }) =>
        refusing && length > 0 ? { code: 550, text: '5.1.1 No such user' } : undefined
    })
    site = await startSite({
      KOPA_SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`,
      KOPA_MAIL_FROM: 'Kopā <kopa@example.eu>'
    })
    cast = await castOf(site.app.database)
    browser = await launchBrowser()
  })

  after(async () => {
    await browser.close()
    await site.stop()
    await mailServer[Symbol.asyncDispose]()
  })

  const ask = async (path: string, cookie?: string, options: RequestInit = {}) =>
    fetch(site.address + path, {
      redirect: 'manual',
      ...options,
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...options.headers }
    })

  const stateOf = async (subject: string) => {
    const { state } = await site.app.database
      .selectFrom('mail.message')
      .select('state')
      .where('subject', '=', subject)
      .executeTakeFirstOrThrow()
    return state
  }

  const until = async (holds: () => Promise<boolean>) => {
    for (let tries = 0; !(await holds()); tries++) {
      assert.ok(tries < 1200, 'never')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  test('she sees a mail that was refused and why, corrects the server and has it sent, without script', async () => {
    const { database } = site.app
    await queueMail(database, {
      to: 'maria@skola.example',
      language: 'lv',
      kind: 'test.greeting',
      subject: 'Jūsu skola ir pieteikta',
      paragraphs: ['Labdien.'],
      link: { label: 'Atvērt', href: '/lv' }
    })
    await until(async () => (await stateOf('Jūsu skola ir pieteikta')) === 'failed')
    const context = await browser.newContext({ javaScriptEnabled: false })
    const [name, value] = (await signIn(site, cast.liga)).split('=') as [string, string]
    await context.addCookies([{ name, value, url: site.address }])
    const page = await context.newPage()
    await page.goto(`${site.address}/lv/operations`)
    await page.getByRole('link', { name: 'Izejošais pasts' }).click()
    assert.match(await page.getByRole('table').innerText(), /Pasta serveris to nepieņem\./)
    await page.getByRole('link', { name: 'Jūsu skola ir pieteikta' }).click()
    const text = await page.getByRole('main').innerText()
    assert.match(text, /No such user/)
    assert.match(text, /saturs šeit netiek rādīts/)
    refusing = false
    await page.getByRole('button', { name: 'Sūtīt vēlreiz' }).click()
    assert.match(await page.getByRole('main').innerText(), /Tiek sūtīta 1 vēstule/)
    await until(async () => (await stateOf('Jūsu skola ir pieteikta')) === 'sent')
    assert.equal(mailServer.mails.at(-1)!.subject, 'Jūsu skola ir pieteikta')
    await context.close()
  })

  test('nobody else gets in: who is not signed in is led to the sign-in page, the others are refused', async () => {
    for (const path of ['/lv/operations', '/lv/operations/jobs', '/lv/operations/mail']) {
      const led = await ask(path)
      assert.equal(led.status, 303, path)
      assert.match(led.headers.get('location')!, /^\/lv\/sign-in\?next=/)
      for (const one of [cast.maria, cast.petra, cast.ana, cast.ilze]) {
        const answer = await ask(path, await signIn(site, one))
        assert.equal(answer.status, 403, `${path} as ${one.name}`)
        assert.ok(!(await answer.text()).includes('maria@skola.example'))
      }
    }
    const machine = { accept: 'application/json' }
    assert.equal((await ask('/api/v1/operations/mail', undefined, { headers: machine })).status, 401)
    const maria = await signIn(site, cast.maria)
    assert.equal((await ask('/api/v1/operations/mail', maria, { headers: machine })).status, 403)
  })

  test('a machine of hers reads the same', async () => {
    const answer = await ask('/api/v1/operations/mail?state=sent', await signIn(site, cast.liga))
    const { delivery, mails } = (await answer.json()) as { delivery: object; mails: { subject: string }[] }
    assert.deepEqual(delivery, { way: 'sent', host: '127.0.0.1' })
    assert.ok(mails.some(({ subject }) => subject === 'Jūsu skola ir pieteikta'))
    const jobs = await ask('/api/v1/operations/jobs', await signIn(site, cast.liga))
    assert.deepEqual(await jobs.json(), { jobs: [] })
  })

  test('an address of a mail that is not there, or no address at all, is not found', async () => {
    const liga = await signIn(site, cast.liga)
    for (const mail of [crypto.randomUUID(), 'x', "1'--"]) {
      assert.equal((await ask(`/lv/operations/mail/${encodeURIComponent(mail)}`, liga)).status, 404, mail)
    }
    assert.equal((await ask('/lv/operations/mail?state=nonsense&older-than=nonsense', liga)).status, 200)
  })

  test('her pages have no barriers, on a wide screen and on a phone, in both languages', async () => {
    const { database } = site.app
    await sql`select graphile_worker.add_job('nobody.does-this', '{"event":"7"}', max_attempts => 3)`.execute(
      database
    )
    await sql`update graphile_worker._private_jobs set attempts = 3, last_error = ${'no such school\nat line 7'}
      where max_attempts = 3`.execute(database)
    const mail = await database.selectFrom('mail.message').select('id').executeTakeFirstOrThrow()
    for (const [width, colorScheme] of [
      [1200, 'light'],
      [360, 'dark']
    ] as const) {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme,
        extraHTTPHeaders: { cookie: await signIn(site, cast.liga) }
      })
      const page = await context.newPage()
      for (const language of ['lv', 'en']) {
        for (const path of ['', '/jobs', '/mail', `/mail/${mail.id}`]) {
          await page.goto(`${site.address}/${language}/operations${path}`)
          const { violations } = await new AxeBuilder({ page }).analyze()
          assert.deepEqual(
            violations.map(({ id }) => id),
            [],
            path
          )
          const sideways = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth
          )
          assert.equal(sideways, 0, `${path} at ${width}`)
        }
      }
      await context.close()
    }
  })
})
