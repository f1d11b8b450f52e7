import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../browser.ts'
import { type World, worldAt } from '../roles/world.ts'
import { pageOf as pageIn } from '../page-of.ts'
import { type RunningSite, startSite } from '../running-site.ts'

/** Maria plans what her project costs: without script, in a spreadsheet, and with script. */
suite('The budget of an application', () => {
  let site: RunningSite
  let browser: Browser
  let world: World
  let budget: string

  before(async () => {
    site = await startSite()
    browser = await launchBrowser()
    world = await worldAt(site)
    budget = `${site.address}/en/applications/${world.application.code}/budget`
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  const pageOfMaria = (javaScriptEnabled: boolean) =>
    pageIn({ site, browser }, world.cast.maria, { javaScriptEnabled, acceptDownloads: true })

  async function accessible(page: Page) {
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      []
    )
  }

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

  test('without script she chooses a lump sum, and a line that cannot be read comes back as she typed it', async () => {
    const page = await pageOfMaria(false)
    await page.goto(budget)
    await page.locator('input[name="sum"]').first().check()
    await press(page, 'Choose')
    assert.equal(await page.locator('input[name="sum"]').first().isChecked(), true)

    await page.goto(`${budget}?add=work-packages`)
    const row = page.locator('[data-row]').first()
    await row.locator('[name="title"]').fill('Reading rooms')
    await row.locator('[name="cents"]').fill('a lot')
    await press(page, 'Save')
    assert.equal(await page.locator('[data-row] [name="cents"]').inputValue(), 'a lot')
    assert.match(await page.locator('[data-row]').innerText(), /Write an amount/)
    await page.locator('[data-row] [name="cents"]').fill('100 000')
    await press(page, 'Save')
    assert.match(await page.locator('#money').innerText(), /EUR\s100,000/)
    assert.match(
      await page.locator('main').innerText(),
      /EUR\s20,000 of the lump sum of EUR\s120,000 is still to be shared out/
    )
  })

  test('she takes it along as a spreadsheet, adds a line there, sees the difference and agrees', async () => {
    const page = await pageOfMaria(false)
    await page.goto(budget)
    const response = await page.context().request.get(`${budget}/sheet.xlsx`)
    assert.equal(response.status(), 200)
    await page.goto(`${budget}/import`)
    const upload = page.locator('input[type="file"]')
    await upload.setInputFiles({
      name: 'budget.xlsx',
      mimeType: 'application/zip',
      buffer: await response.body()
    })
    await press(page, 'Show the difference')
    assert.match(await page.locator('main').innerText(), /says what stands here already/)

    const rows = [
      ['Category', 'Who', 'What for', 'Cost, EUR'],
      ['Project management work package', world.school.name, 'Running it', '20000']
    ]
    const csv = rows.map((cells) => cells.join(';')).join('\n')
    await upload.setInputFiles({ name: 'budget.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await press(page, 'Show the difference')
    const shown = await page.locator('main').innerText()
    assert.match(shown, /1 new line/)
    assert.match(shown, /1 line goes/)
    await press(page, 'Make it so')
    assert.match(await page.locator('#money').innerText(), /EUR\s20,000/)
  })

  test('with script what she types is saved by itself; cells are pasted; without a connection nothing is lost', async () => {
    const page = await pageOfMaria(true)
    await page.goto(budget)
    const table = page.locator('[data-cells="management-work-package"]')
    const states = page.locator('[data-state]')
    await states.first().waitFor()
    await table.locator('[data-field="cents"]').first().fill('24000')
    await page.locator('#money').getByText('EUR 24,000').first().waitFor()
    await page.locator('[data-state="saved"]').first().waitFor()

    const title = table.locator('[data-field="title"]').first()
    await title.focus()
    await title.evaluate((field, text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, 'Running it\nAudit\nTravel\n')
    await page.waitForFunction(() => document.querySelectorAll('[data-state="saved"]').length === 3)
    await title.focus()
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).value), 'Audit')

    await page.context().setOffline(true)
    await table.locator('[data-field="title"]').nth(1).fill('Audit of the accounts')
    await page.locator('[data-state="offline"]').waitFor()
    await page.context().setOffline(false)
    await page.waitForFunction(() => document.querySelectorAll('[data-state="saved"]').length === 3)
    const stored = await site.app.database
      .selectFrom('applications.budget_line')
      .select('content')
      .where('removed_at', 'is', null)
      .execute()
    assert.ok(stored.some(({ content }) => content.title === 'Audit of the accounts'))
    await accessible(page)
    await page.goto(`${budget}/import`)
    await accessible(page)
  })

  test('a line that is refused in one window of hers is there again when that is closed, whatever another saved since', async () => {
    const one = await pageOfMaria(true)
    const other = await one.context().newPage()
    const cost = (page: Page, place: number) =>
      page.locator('[data-cells="management-work-package"] [data-field="cents"]').nth(place)
    await one.goto(budget)
    await other.goto(budget)
    await cost(one, 1).fill('a lot')
    await one.locator('[data-state="failed"]').waitFor()
    await cost(other, 0).fill('25000')
    await other.locator('#money').getByText('EUR 25,000').first().waitFor()
    await other.waitForFunction(() => document.querySelectorAll('[data-state="saved"]').length === 3)
    await other.reload()
    await other.locator('[data-state="saved"]').first().waitFor()
    assert.notEqual(await cost(other, 1).inputValue(), 'a lot', 'its window still lives')
    await one.close()
    await other.reload()
    await other.locator('[data-state="failed"]').waitFor()
    assert.equal(await cost(other, 1).inputValue(), 'a lot')
    assert.equal(await cost(other, 0).inputValue(), '25000')
  })
})
