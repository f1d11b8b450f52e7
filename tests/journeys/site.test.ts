import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { provideApp } from '../../src/app.ts'
import { announcerStyle } from '../../src/shared/design/announcer-style.ts'
import { launchBrowser } from '../browser.ts'
import { type RunningSite, startSite } from '../running-site.ts'

const languages = ['lv', 'en'] as const
const pages = ['', '/components', '/no-such-page']
const staticPages = ['', '/no-such-page']

suite('The shell of the site', () => {
  let site: RunningSite
  let browser: Browser

  before(async () => {
    site = await startSite()
    browser = await launchBrowser()
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  const read = (path: string, headers: Record<string, string> = {}) =>
    fetch(site.address + path, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' })

  test('a visitor to the bare address is led to the language the browser asks for, else to Latvian', async () => {
    for (const [asked, led] of [
      ['en-GB,en;q=0.9', '/en'],
      ['lv-LV', '/lv'],
      ['de', '/lv']
    ] as const) {
      const answer = await read('/', { 'accept-language': asked })
      assert.equal(answer.status, 302)
      assert.equal(answer.headers.get('location'), led)
      assert.match(answer.headers.get('vary') ?? '', /accept-language/i)
      assert.equal(answer.headers.get('set-cookie'), null)
    }
  })

  test('an address in a language that Kopā does not speak is not found, and the reader is told in a language', async () => {
    const answer = await read('/xx/actions', { 'accept-language': 'en' })
    const body = await answer.text()
    assert.equal(answer.status, 404)
    assert.match(body, /<html lang="en"/)
    assert.match(body, /There is no such page/)
  })

  test('each page says its language, title, description and where it is in both languages', async () => {
    for (const language of languages) {
      for (const path of ['', '/components']) {
        const body = await (await read(`/${language}${path}?a=1`)).text()
        assert.match(body, new RegExp(`<html lang="${language}"`))
        assert.match(body, /<title>[^<]{6,}<\/title>/)
        assert.match(body, /<meta name="description" content="[^"]{20,}"/)
        assert.match(body, new RegExp(`rel="canonical" href="${site.address}/${language}${path}\\?a=1"`))
        for (const other of languages) {
          assert.match(body, new RegExp(`hreflang="${other}" href="${site.address}/${other}${path}\\?a=1"`))
        }
      }
    }
  })

  test('a page without a live part ships no script, and no page carries inline style', async () => {
    for (const language of languages) {
      for (const path of pages) {
        const body = await (await read(`/${language}${path}`)).text()
        if (staticPages.includes(path)) assert.doesNotMatch(body, /<script|modulepreload/, path)
        else assert.match(body, /<script/, path)
        assert.doesNotMatch(body, /<[a-z][^>]*\sstyle=|<style/, path)
      }
    }
  })

  test('the policy allows nothing inline but what is known by its hash', async () => {
    const hash = createHash('sha256').update(announcerStyle).digest('base64')
    const policies = await Promise.all(
      ['/lv', '/lv/components', '/lv/no-such-page'].map(
        async (path) => (await read(path)).headers.get('content-security-policy') ?? ''
      )
    )
    for (const policy of policies) {
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*/)
      assert.match(policy, /default-src 'none'/)
      assert.match(policy, /frame-ancestors 'none'/)
      assert.ok(policy.includes(`style-src-attr 'unsafe-hashes' 'sha256-${hash}'`), policy)
    }
  })

  for (const language of languages) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [360, 1280]) {
        test(`pages in ${language}, ${colorScheme}, ${width} px wide fit, have no axe violations and break no policy`, async () => {
          await visit({ colorScheme, viewport: { width, height: 800 } }, async (page, complaints) => {
            for (const path of pages) {
              await page.goto(`${site.address}/${language}${path}`, { waitUntil: 'load' })
              const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
              assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`)
              const { violations } = await new AxeBuilder({ page }).analyze()
              assert.deepEqual(
                violations.map(
                  ({ id, nodes }) => `${path} ${id}: ${nodes.map((node) => node.target).join(', ')}`
                ),
                []
              )
            }
            assert.deepEqual(complaints, [])
          })
        })
      }
    }
  }

  test('somebody with a keyboard skips to the content, and then goes on from there', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.address}/en`)
      await page.keyboard.press('Tab')
      const skip = page.getByRole('link', { name: 'Skip to the content' })
      assert.ok(await skip.evaluate((link) => link === document.activeElement))
      assert.ok(((await skip.boundingBox())?.height ?? 0) > 20, 'the focused skip link is visible')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      assert.equal(await page.evaluate(() => document.activeElement?.closest('main')?.id), 'content')
    })
  })

  test('a reader changes the language and stays on the page, with what the address says', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.address}/lv/components?a=1`)
      await page.getByRole('link', { name: 'English' }).click()
      assert.equal(page.url(), `${site.address}/en/components?a=1`)
      await page.getByRole('link', { name: 'Latviski' }).click()
      assert.equal(page.url(), `${site.address}/lv/components?a=1`)
    })
  })

  test('the route announcer of SvelteKit keeps the style whose hash the policy allows', async () => {
    await visit({}, async (page, complaints) => {
      await page.goto(`${site.address}/en/components`)
      const announcer = page.locator('#svelte-announcer')
      await announcer.waitFor({ state: 'attached' })
      assert.equal(await announcer.getAttribute('style'), announcerStyle)
      assert.equal((await announcer.boundingBox())?.width, 1, 'the style took effect')
      assert.deepEqual(complaints, [])
    })
  })

  for (const javaScriptEnabled of [true, false]) {
    test(`${javaScriptEnabled ? 'with' : 'without'} script a form comes back with its errors and all that was typed`, async () => {
      await visit({ javaScriptEnabled }, async (page) => {
        await page.goto(`${site.address}/en/components`, { waitUntil: 'networkidle' })
        await page.getByLabel('E-mail address').fill('maria@example.org')
        await page.getByLabel('The project in short').fill('A <b>bold</b> plan, “together”')
        await page.getByLabel('Schools').check()
        await page.getByLabel('Day').fill('31')
        await page.getByLabel('Month').fill('2')
        await page.getByLabel('Year').fill('2027')
        await page.getByLabel('Grant asked for').fill('a lot')
        await page.getByRole('group', { name: 'Partner 1' }).getByLabel('Name').fill('Riverside School')
        await page.getByRole('button', { name: 'Add a partner' }).click()
        await page.getByRole('group', { name: 'Partner 3' }).getByLabel('Name').fill('Harbour Museum')
        await page.getByRole('button', { name: /^Remove\s+Partner 2$/ }).click()
        await page.getByRole('button', { name: 'Check the sample' }).click()

        const summary = page.locator('.ds-error-summary')
        await summary.getByRole('heading', { name: '5 things to correct' }).waitFor()
        assert.ok(
          await summary.evaluate((element) => element === document.activeElement),
          'the summary is focused'
        )
        assert.equal(await page.getByLabel('E-mail address').inputValue(), 'maria@example.org')
        assert.equal(
          await page.getByLabel('The project in short').inputValue(),
          'A <b>bold</b> plan, “together”'
        )
        assert.ok(await page.getByLabel('Schools').isChecked())
        assert.equal(await page.getByLabel('Day').inputValue(), '31')
        assert.equal(await page.getByLabel('Grant asked for').inputValue(), 'a lot')
        assert.deepEqual(
          await page
            .getByLabel('Name', { exact: true })
            .evaluateAll((boxes) => boxes.map((box) => 'value' in box && box.value)),
          ['Riverside School', 'Harbour Museum']
        )

        await summary.getByRole('link', { name: 'There is no such day' }).click()
        assert.equal(await page.evaluate(() => document.activeElement?.id), 'start')
        assert.match((await page.getByLabel('Day').getAttribute('aria-invalid')) ?? '', /true/)
        if (!javaScriptEnabled) return // axe itself is a script
        const { violations } = await new AxeBuilder({ page }).analyze()
        assert.deepEqual(
          violations.map(({ id }) => id),
          []
        )
      })
    })
  }

  test('a form sent to a page that takes none is answered in words, in the language of the address', async () => {
    const answer = await fetch(`${site.address}/en`, {
      method: 'POST',
      headers: { accept: 'text/html', origin: site.address },
      body: new URLSearchParams({ a: '1' })
    })
    assert.equal(answer.status, 405)
    assert.match(await answer.text(), /The request could not be understood/)
  })

  test('when the site itself cannot make a page, a plain one says so in both languages', async (t) => {
    t.mock.method(console, 'error', () => {})
    provideApp(undefined as never)
    try {
      const answer = await read('/en')
      const body = await answer.text()
      assert.equal(answer.status, 500)
      assert.match(body, /Mūsu pusē radās kļūda/)
      assert.match(body, /Something broke on our side/)
      assert.doesNotMatch(body, /<script|style=|<style/)
      assert.equal((await read('/error.css')).status, 200)
    } finally {
      provideApp(site.app)
    }
  })

  /** Opens a page of its own; complaints are what the browser's console and policy say against it. */
  async function visit(
    options: BrowserContextOptions,
    journey: (page: Page, complaints: string[]) => Promise<void>
  ) {
    const context = await browser.newContext({ locale: 'en', ...options })
    try {
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        // The page that does not exist is asked for on purpose.
        const expected = /status of 404/.test(message.text())
        if (['error', 'warning'].includes(message.type()) && !expected) complaints.push(message.text())
      })
      await journey(page, complaints)
    } finally {
      await context.close()
    }
  }
})
