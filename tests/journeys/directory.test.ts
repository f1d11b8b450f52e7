import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { registerOrganisation } from '#server/organisations'
import { isRefused } from '#shared/forms/refused.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { launchBrowser } from '../browser.ts'
import { type Cast, castOf, personActing, signIn } from '../cast/cast.ts'
import { pageOf as pageIn } from '../page-of.ts'
import { type RunningSite, startSite } from '../running-site.ts'

suite('Who answers Maria', () => {
  let site: RunningSite
  let browser: Browser
  let cast: Cast
  let maria: SignedIn
  let code: string

  before(async () => {
    site = await startSite()
    cast = await castOf(site.app.database, { body: 'lv-viaa' })
    const school = { name: 'Cēsu Bērzaines pamatskola', country: 'LV', type: 'school' }
    const made = await registerOrganisation(site.app, cast.ilze, school)
    if (isRefused(made)) throw new Error(JSON.stringify(made))
    code = made.code
    const role = { role: 'representative', organisation: made.organisation } as const
    maria = await personActing(site.app.database, { name: 'Marta Ozola', role })
    browser = await launchBrowser()
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  /** A browser without script, signed in as somebody. */
  const pageOf = (somebody?: SignedIn, width = 1280) =>
    pageIn({ site, browser }, somebody, { javaScriptEnabled: false, viewport: { width, height: 800 } })

  const main = (page: Page) => page.getByRole('main').innerText()

  test('without signing in she learns that VIAA handles her action, from the page of the action and in detail', async () => {
    const page = await pageOf()
    await page.goto(`${site.address}/lv/actions/small-scale-partnerships/2026#handled`)
    const handled = page.locator('section', { has: page.locator('#handled') })
    assert.match(await handled.innerText(), /Valsts izglītības attīstības aģentūra \(VIAA\)/)
    await handled.getByLabel('Kur reģistrēts koordinators').selectOption('FI')
    await handled.getByRole('button', { name: 'Parādīt' }).click()
    assert.match(await main(page), /Šīs valsts aģentūra šeit nav ievadīta/)
    await page.goto(`${site.address}/en/directory/who-handles`)
    await page.getByLabel('Action', { exact: true }).selectOption('small-scale-partnerships')
    await page.getByLabel('Where the coordinator is established').selectOption('LV')
    await page.getByLabel('Field').selectOption('youth')
    await page.getByRole('button', { name: 'Show who' }).click()
    assert.match(await main(page), /Agency of International Programmes for Youth/)
    await page.context().close()
  })

  test('she asks, Petra answers from her desk, and the answer stands on Maria’s page', async () => {
    const asking = await pageOf(maria)
    await asking.goto(`${site.address}/lv/directory/advice`)
    await asking.getByLabel('Jūsu jautājums').fill('Vai mums der maza mēroga partnerība?')
    await asking.getByRole('button', { name: 'Nosūtīt jautājumu' }).click()
    // The field decides who answers; what was typed is still there.
    assert.match(await main(asking), /Izvēlieties jomu/)
    assert.equal(
      await asking.getByLabel('Jūsu jautājums').inputValue(),
      'Vai mums der maza mēroga partnerība?'
    )
    await asking.getByLabel('Joma').selectOption('school')
    await asking.getByRole('button', { name: 'Nosūtīt jautājumu' }).click()
    assert.match(await main(asking), /gaida iestādē VIAA/)

    const desk = await pageOf(cast.petra)
    await desk.goto(`${site.address}/lv/directory/desk`)
    assert.match(await main(desk), /Jaunpienācējs/)
    await desk.getByRole('button', { name: 'Uzņemos' }).click()
    assert.match(await main(desk), /Jūs to esat uzņēmies/)
    await desk.getByRole('link', { name: 'Atbildēt' }).click()
    await desk.getByLabel('Vēstule vai e-pasts').check()
    await desk.getByLabel('Par ko').fill('Maza mēroga partnerības')
    await desk.getByLabel('Jūsu atbilde').fill('Der. Meklējiet partneri Igaunijā.')
    await desk.getByLabel('Piezīmes').fill('Vajadzēs atbalstu.')
    await desk.getByRole('button', { name: 'Ierakstīt' }).click()
    assert.match(await main(desk), /Ierakstīts\. Organizācija redz/)

    await asking.goto(`${site.address}/lv/directory/advice`)
    const seen = await main(asking)
    assert.match(seen, /atbildēts/)
    assert.match(seen, /Meklējiet partneri Igaunijā/)
    assert.doesNotMatch(seen, /Vajadzēs atbalstu/)
    await asking.context().close()
    await desk.context().close()
  })

  test('of two administrators who edit one body, the second is shown what the first changed', async () => {
    const one = await pageOf(cast.liga)
    const other = await pageOf(cast.liga)
    for (const page of [one, other]) await page.goto(`${site.address}/lv/directory/lv-jspa/edit`)
    await one.getByLabel('Saīsinājums').fill('JSPA 1')
    await one.getByRole('button', { name: 'Saglabāt' }).click()
    await other.getByLabel('Tālrunis').fill('+371 60000000')
    await other.getByRole('button', { name: 'Saglabāt' }).click()
    const told = await main(other)
    assert.match(told, /Tikmēr to mainījis kāds cits/)
    assert.match(told, /JSPA 1/)
    assert.equal(await other.getByLabel('Tālrunis').inputValue(), '+371 60000000')
    await other.getByLabel('Saīsinājums').fill('JSPA')
    await other.getByRole('button', { name: 'Saglabāt' }).click()
    assert.match(await main(other), /\+371 60000000/)
    await one.context().close()
    await other.context().close()
  })

  test('every page is for everybody: no barriers, no sideways scrolling on a phone, in both languages', async () => {
    const pages: [string, SignedIn?][] = [
      ['/directory'],
      ['/directory/lv-viaa'],
      ['/directory/who-handles?action=cooperation-partnerships&edition=2026&country=LV'],
      ['/directory/desk', cast.petra],
      ['/directory/desk/advice', cast.petra],
      [`/directory/desk/advice/new?organisation=${code}`, cast.petra],
      ['/directory/lv-viaa/officers', cast.liga],
      ['/directory/advice', maria],
      ['/directory/advice-given', cast.ana],
      ['/directory/lv-viaa/edit', cast.liga],
      ['/directory/lv-viaa/units/new', cast.liga],
      ['/directory/lv-viaa/mandates/new', cast.liga],
      ['/directory/new', cast.liga],
      ['/directory/invitation?link=none', cast.ilze]
    ]
    for (const [path, somebody] of pages) {
      for (const language of ['lv', 'en']) {
        const page = await pageOf(somebody, 360)
        const answer = await page.goto(`${site.address}/${language}${path}`)
        assert.equal(answer!.status(), 200, path)
        const { scrollWidth } = await page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth
        }))
        assert.ok(scrollWidth <= 360, `${language}${path} is ${scrollWidth} wide`)
        await page.context().close()
      }
      const context = await browser.newContext()
      if (somebody) {
        const [name, value] = (await signIn(site, somebody)).split('=') as [string, string]
        await context.addCookies([{ name, value, url: site.address }])
      }
      const page = await context.newPage()
      await page.goto(`${site.address}/lv${path}`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html.slice(0, 120)}`),
        []
      )
      await context.close()
    }
  })
})
