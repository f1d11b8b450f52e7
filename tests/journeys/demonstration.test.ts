import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { cast, castKeys } from '../../src/demo/cast.ts'
import { launchBrowser } from '../browser.ts'
import { type RunningSite, startSite } from '../running-site.ts'

suite('A visitor tries the demonstration', () => {
  let site: RunningSite
  let browser: Browser

  before(async () => {
    site = await startSite({ KOPA_DEMO: 'yes' })
    browser = await launchBrowser()
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  for (const [language, colorScheme] of [
    ['lv', 'light'],
    ['en', 'dark']
  ] as const) {
    test(`in ${language}, ${colorScheme}, as each person: one click, and they are where that person begins`, async () => {
      await visit({ colorScheme }, async (page) => {
        for (const key of castKeys) {
          await page.goto(`${site.address}/${language}/demo`)
          await page.locator(`button[name="person"][value="${key}"]`).click()
          const [before] = cast[key].startsAt.split('{own}')
          await page.waitForURL((url) => url.pathname.startsWith(`/${language}${before}`))
          assert.equal(await page.locator('meta[name="robots"]').count(), 0, `${key} is shown an error`)
          assert.match(await page.locator('.kopa-account summary').innerText(), new RegExp(cast[key].name))
          await assertSound(page, `${language} ${key}`)
        }
        await page.goto(`${site.address}/${language}/demo`)
        await assertSound(page, `${language} /demo`)
      })
    })
  }

  test('the way in is offered at the home page and where one would sign in', async () => {
    await visit({}, async (page) => {
      for (const path of ['', '/sign-in']) {
        await page.goto(`${site.address}/en${path}`)
        await page.getByRole('main').getByRole('link', { name: 'Try as somebody else' }).click()
        await page.waitForURL(`${site.address}/en/demo`)
      }
    })
  })

  test('on a narrow screen what it is stays in sight while one scrolls, and covers nothing that is focused', async () => {
    await visit({ viewport: { width: 360, height: 640 } }, async (page) => {
      await page.goto(`${site.address}/lv/demo`)
      const band = page.getByRole('complementary', { name: 'Demonstrācija' })
      for (const button of await page.locator('button[name="person"]').all()) {
        await button.focus()
        const [above, box] = [await band.boundingBox(), await button.boundingBox()]
        assert.equal(above!.y, 0)
        assert.ok(box!.y >= above!.y + above!.height, 'the focused button is below it')
      }
    })
  })

  async function assertSound(page: Page, where: string): Promise<void> {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `${where} is ${overflow} px too wide`)
    assert.ok(await page.getByRole('complementary').first().isVisible(), where)
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${where} ${id}: ${nodes.map((node) => node.target).join(', ')}`),
      []
    )
  }

  async function visit(options: BrowserContextOptions, journey: (page: Page) => Promise<void>) {
    const context = await browser.newContext({ locale: 'en', ...options })
    try {
      await journey(await context.newPage())
    } finally {
      await context.close()
    }
  }
})
