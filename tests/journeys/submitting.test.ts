import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import type { SignedIn } from '#shared/identity/index.ts'
import { launchBrowser } from '../browser.ts'
import { closes } from '../cast/at-the-deadline.ts'
import { complete } from '../cast/complete-application.ts'
import { databaseNow } from '#shared/time/index.ts'
import { mariasDraft } from '../cast/maria-and-a-call.ts'
import { pageOf as pageIn } from '../page-of.ts'
import { type RunningSite, startSite } from '../running-site.ts'

/** Maria hands in, takes back, hands in again and proves it: all without script. */
suite('An application, from the last look to a receipt that anybody can check', () => {
  let site: RunningSite
  let browser: Browser
  let maria: SignedIn
  let petra: SignedIn
  let call: string
  let code: string

  before(async () => {
    site = await startSite()
    browser = await launchBrowser()
    const { app } = site
    ;({ petra, call, maria, code } = await mariasDraft(app))
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  const pageOf = (somebody?: SignedIn, javaScriptEnabled = false) =>
    pageIn({ site, browser }, somebody, { javaScriptEnabled, acceptDownloads: true })

  const at = (page: Page, path: string) => page.goto(`${site.address}/lv${path}`)
  const press = (page: Page, name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).first().click()

  /** Scans a page as somebody sees it with script, which the scanner needs. */
  async function scanned(somebody: SignedIn | undefined, path: string): Promise<void> {
    const page = await pageOf(somebody, true)
    await at(page, path)
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      [],
      path
    )
    await page.context().close()
  }

  async function saved(page: Page, link: string): Promise<string> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: link, exact: true }).last().click()
    ])
    return download.path()
  }

  test('what is in the way is named, and each line leads to where it is mended', async () => {
    const page = await pageOf(maria)
    await at(page, `/applications/${code}/submission`)
    await scanned(maria, `/applications/${code}/submission`)
    // At a glance how far it is; page by page what is missing, and long lists are folded.
    await page.getByRole('progressbar').waitFor()
    await page.locator('summary', { hasText: 'Projekts' }).click()
    await page.getByRole('link', { name: 'Par ko ir projekts', exact: true }).click()
    assert.match(page.url(), /\/sections\/project#project\.summary$/)
  })

  test('Maria hands in, and holds a receipt', async () => {
    await complete(site.app, maria, code)
    const page = await pageOf(maria)
    await at(page, `/applications/${code}/submission`)
    await page.getByText('Nekas netraucē.').waitFor()
    await scanned(maria, `/applications/${code}/submission`)
    // Without the declaration nothing is handed in.
    await press(page, 'Iesniegt pieteikumu')
    await page.getByText('Atzīmējiet, ka to apliecināt.').first().waitFor()
    await page.locator('[name="agreed"]').check()
    await press(page, 'Iesniegt pieteikumu')
    await page.getByRole('heading', { name: 'Kvīts', exact: true }).waitFor()
    await scanned(maria, `/applications/${code}/receipt`)
  })

  test('before the deadline she takes it back and hands in again: both are kept', async () => {
    const page = await pageOf(maria)
    await at(page, `/applications/${code}/submission`)
    await press(page, 'Ņemt atpakaļ un rakstīt tālāk')
    await page.getByText('tas joprojām ir spēkā').waitFor()
    await scanned(maria, `/applications/${code}/submission`)
    await page.locator('[name="agreed"]').check()
    await press(page, 'Iesniegt pieteikumu')
    await at(page, `/applications/${code}/submission`)
    await page.getByText('aizstāts ar vēlāku').waitFor()
    await scanned(maria, `/applications/${code}/submission`)
  })

  test('anybody checks her receipt with the content', async () => {
    const page = await pageOf(maria)
    await at(page, `/applications/${code}/receipt`)
    const receipt = await saved(page, 'Kvīts kā fails')
    const content = await saved(page, 'Saturs kā fails')
    const pdf = await saved(page, 'Pieteikums kā PDF')
    assert.equal(readFileSync(pdf).subarray(0, 5).toString(), '%PDF-')
    const stranger = await pageOf()
    await at(stranger, '/applications/verify')
    await scanned(undefined, '/applications/verify')
    const file = (path: string) => ({
      name: 'a.json',
      mimeType: 'application/json',
      buffer: readFileSync(path)
    })
    await stranger.locator('[name="receipt"]').setInputFiles(file(receipt))
    await stranger.locator('[name="content"]').setInputFiles(file(content))
    await press(stranger, 'Pārbaudīt')
    await stranger.getByRole('heading', { name: 'Kvīts ir īsta' }).waitFor()
    await stranger.getByRole('heading', { name: 'Saturs ir tas pats, kas iesniegts' }).waitFor()
  })

  test('Petra counts while it is open, and reads once it has closed', async () => {
    const page = await pageOf(petra)
    await at(page, `/applications/desk/${call}`)
    await page.getByText('Iesniegto varēs lasīt pēc termiņa').waitFor()
    const { database } = site.app
    await closes(database, call, (await databaseNow(database)).subtract({ seconds: 1 }))
    await at(page, `/applications/desk/${call}`)
    await page.getByText('neviens netika kavēts').waitFor()
    await scanned(petra, `/applications/desk/${call}`)
    for (const link of ['Lasīšanas tilti', 'Anonimizēts PDF: Lasīšanas tilti']) {
      const pdf = await saved(page, link)
      assert.equal(readFileSync(pdf).subarray(0, 5).toString(), '%PDF-')
    }
  })
})
