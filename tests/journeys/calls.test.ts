import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { SignedIn } from '#shared/identity/index.ts'
import { launchBrowser } from '../browser.ts'
import { ahead } from '../cast/calls-at-desk.ts'
import { castOf, personActing } from '../cast/cast.ts'
import { pageOf as pageIn } from '../page-of.ts'
import { type RunningSite, startSite } from '../running-site.ts'

/** Petra writes a call, Zane publishes it, Maria finds it: all without script. */
suite('A call, from the first line to a corrigendum', () => {
  let site: RunningSite
  let browser: Browser
  let petra: SignedIn
  let zane: SignedIn
  let maria: SignedIn
  const code = '2026-lv-viaa-1'

  before(async () => {
    site = await startSite()
    browser = await launchBrowser()
    const cast = await castOf(site.app.database, { body: 'lv-viaa' })
    petra = cast.petra
    maria = cast.maria
    zane = await personActing(site.app.database, {
      name: 'Zane Kalna',
      role: { role: 'officer', body: 'lv-viaa' }
    })
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  /** A page of somebody's own browser, without script. */
  const pageOf = (somebody?: SignedIn, more: BrowserContextOptions = {}) =>
    pageIn({ site, browser }, somebody, { javaScriptEnabled: false, ...more })

  const at = (page: Page, path: string) => page.goto(`${site.address}/lv${path}`)
  const press = (page: Page, name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).first().click()
  const fill = (page: Page, field: string, value: string) => page.locator(`[name="${field}"]`).fill(value)

  async function fillMoment(page: Page, name: string, { day, hour }: { day: string; hour: string }) {
    const [year = '', month = '', date = ''] = day.split('-')
    await fill(page, `${name}-day`, date)
    await fill(page, `${name}-month`, month)
    await fill(page, `${name}-year`, year)
    await fill(page, `${name}-hour`, hour)
  }

  test('Petra begins a call and goes from step to step', async () => {
    const page = await pageOf(petra)
    await at(page, '/calls/desk/new')
    await press(page, 'Sākt')
    assert.match(page.url(), new RegExp(`/lv/calls/${code}/edit/scope$`))
    await page.locator('[name="field.cooperation-partnerships"][value="school"]').check()
    await press(page, 'Saglabāt un tālāk')

    // An hour that never comes is told, and what was typed is still there.
    await fillMoment(page, 'opens', ahead(-1, '9.00'))
    await page.locator('[name="choice"][value="other"]').check()
    await fillMoment(page, 'deadline', { day: '2027-03-28', hour: '02:30' })
    await press(page, 'Saglabāt un tālāk')
    await page.getByText('pulksteņus pagriež').first().waitFor()
    assert.equal(await page.locator('[name="deadline-hour"]').inputValue(), '02:30')
    await fillMoment(page, 'deadline', ahead(40))
    await fill(page, 'departure', 'Agrāk to izsludināt nevarēja.')
    await press(page, 'Saglabāt un tālāk')

    await fill(page, 'title.lv', 'Sadarbības partnerības skolām')
    await fill(page, 'text.lv', 'Pirmā rindkopa.\n\nOtrā rindkopa.')
    await fill(page, 'title.en', 'Cooperation partnerships for schools')
    await fill(page, 'text.en', '<script>alert(1)</script> & more')
    await press(page, 'Saglabāt un tālāk')

    await fill(page, 'total', '100 000')
    await fill(page, 'field.school', '90 000')
    await press(page, 'Saglabāt un tālāk')
    await page.getByText('trūkst').first().waitFor()
    await fill(page, 'field.school', '100 000')
    await press(page, 'Saglabāt un tālāk')
    await press(page, 'Saglabāt un tālāk')
    await fill(page, 'contact.name', 'Skolu nodaļa')
    await press(page, 'Saglabāt')
    assert.match(page.url(), /saved=papers/)
  })

  test('Zane edits it at the same time: she is shown Petra’s change, and nothing is overwritten', async () => {
    const first = await pageOf(petra)
    const second = await pageOf(zane)
    await at(first, `/calls/${code}/edit/papers`)
    await at(second, `/calls/${code}/edit/papers`)
    await fill(first, 'contact.phone', '+371 1')
    await press(first, 'Saglabāt')
    await fill(second, 'contact.name', 'Zanes nodaļa')
    await press(second, 'Saglabāt')
    await second.getByText('Kāds to mainīja, kamēr rakstījāt').waitFor()
    await second.getByText('Petra Liepa', { exact: false }).first().waitFor()
    await second.getByText('Abi mainījāt', { exact: false }).waitFor()
    assert.equal(await second.locator('[name="contact.name"]').inputValue(), 'Zanes nodaļa')
    await press(second, 'Saglabāt')
    assert.match(second.url(), /saved=papers/)
  })

  test('somebody who wrote nothing publishes it, and it is there for all', async () => {
    const third = await personActing(site.app.database, {
      name: 'Inga Trešā',
      role: { role: 'officer', body: 'lv-viaa' }
    })
    const page = await pageOf(petra)
    await at(page, `/calls/${code}/edit`)
    await press(page, 'Nodot pārskatīšanai')
    await page.getByText('Inga Trešā', { exact: false }).waitFor()
    const own = await pageOf(petra)
    await at(own, `/calls/${code}/review`)
    assert.equal(await own.getByRole('button', { name: 'Publicēt uzaicinājumu' }).count(), 0)
    const review = await pageOf(third)
    await at(review, `/calls/${code}/review`)
    await press(review, 'Nosūtīt atpakaļ')
    await review.getByText('Uzrakstiet, kas jāmaina').first().waitFor()
    await press(review, 'Publicēt uzaicinājumu')
    const anybody = await pageOf()
    await at(anybody, '/calls?q=skolam')
    await anybody.getByRole('link', { name: 'Sadarbības partnerības skolām' }).click()
    await anybody.getByText('Otrā rindkopa.').waitFor()
    assert.equal(await anybody.locator('main script').count(), 0)
  })

  test('Maria checks her consortium for it, and follows it; somebody without an account asks to be told', async () => {
    const page = await pageOf(maria)
    await at(page, `/calls/${code}`)
    await page.getByRole('link', { name: 'Vai drīkstam pieteikties?' }).last().click()
    await page.getByText('Pārbaude uzaicinājumam', { exact: false }).waitFor()
    await press(page, 'Izmēģināt ar piemēru')
    assert.match(page.url(), new RegExp(`call=${code}`))
    await page.locator('#results').waitFor()
    await at(page, `/calls/${code}`)
    await press(page, 'Sekot uzaicinājumam')
    await page.getByText('Jūs šim uzaicinājumam sekojat.').waitFor()
    await at(page, '/calls/watches')
    await page.getByRole('link', { name: 'Sadarbības partnerības skolām' }).waitFor()

    const anybody = await pageOf()
    await at(anybody, `/calls/${code}`)
    await fill(anybody, 'email', 'nekas')
    await press(anybody, 'Saņemt ziņas')
    await anybody.getByText('Šī e-pasta adrese nav pilnīga', { exact: false }).first().waitFor()
    await fill(anybody, 'email', 'karlis@example.org')
    await press(anybody, 'Saņemt ziņas')
    await anybody.getByText('Nosūtījām vēstuli', { exact: false }).waitFor()
    const { key } = await site.app.database
      .selectFrom('calls.watch')
      .select('key')
      .where('email', '=', 'karlis@example.org')
      .executeTakeFirstOrThrow()
    await at(anybody, `/calls/watches/${key}`)
    await press(anybody, 'Jā, vēlos saņemt ziņas')
    await anybody.getByText('Adrese ir apstiprināta', { exact: false }).waitFor()
    await press(anybody, 'Vairs nesekot')
    await anybody.getByText('Vairs nesūtīsim', { exact: false }).waitFor()
  })

  test('a corrigendum extends the deadline: the calendar entry is the same one, changed', async () => {
    const calendar = async () => (await fetch(`${site.address}/lv/calls/${code}/deadline.ics`)).text()
    const before = await calendar()
    const page = await pageOf(petra)
    await at(page, `/calls/${code}/edit`)
    await page.getByRole('link', { name: 'Labot uzaicinājumu' }).click()
    await fill(page, 'reason.lv', 'Sistēma nebija pieejama.')
    await fill(page, 'reason.en', 'The system was not available.')
    await press(page, 'Tālāk uz soļiem')
    await page.getByRole('link', { name: 'Kad', exact: true }).click()
    await fillMoment(page, 'deadline', ahead(50))
    await press(page, 'Saglabāt')
    await press(page, 'Nodot pārskatīšanai')
    const review = await pageOf(zane)
    await at(review, `/calls/${code}/review`)
    await press(review, 'Publicēt labojumu')
    const anybody = await pageOf()
    await at(anybody, `/calls/${code}`)
    await anybody.getByRole('heading', { name: 'Labojums Nr. 1' }).first().waitFor()
    const uid = /UID:(.*)\r/.exec(before)![1]!
    const changed = await calendar()
    assert.ok(changed.includes(`UID:${uid}`) && changed.includes('SEQUENCE:1'))
    assert.notEqual(/DTSTART:(.*)\r/.exec(changed)![1], /DTSTART:(.*)\r/.exec(before)![1])
  })

  test('every list is a feed, and who has it already is not sent it again', async () => {
    for (const [path, type] of [
      ['deadlines.ics', 'text/calendar'],
      ['feed.atom', 'application/atom+xml'],
      ['feed.rss', 'application/rss+xml'],
      ['feed.json', 'application/feed+json'],
      ['calls.csv', 'text/csv']
    ] as const) {
      const address = `${site.address}/lv/calls/${path}?field=school`
      const answer = await fetch(address)
      assert.equal(answer.status, 200, path)
      assert.ok(answer.headers.get('content-type')?.startsWith(type), path)
      const text = await answer.text()
      assert.ok(text.includes('Sadarb'), path)
      assert.ok(!text.includes('<script>'), path)
      const again = await fetch(address, { headers: { 'if-none-match': answer.headers.get('etag')! } })
      assert.equal(again.status, 304, path)
      const none = await (await fetch(`${site.address}/lv/calls/${path}?field=sport`)).text()
      assert.ok(!none.includes('Sadarbības partnerības skolām'), path)
    }
  })

  for (const [look, options] of [
    ['a phone, dark', { viewport: { width: 360, height: 800 }, colorScheme: 'dark' }],
    ['a desk', { viewport: { width: 1280, height: 900 } }]
  ] as const) {
    test(`the pages are accessible and fit on ${look}`, async () => {
      const page = await pageOf(petra, { ...options, javaScriptEnabled: true })
      const language = look === 'a desk' ? 'en' : 'lv'
      for (const path of [
        '/calls',
        `/calls/${code}`,
        '/calls/budget',
        '/calls/watches',
        '/calls/desk',
        '/calls/desk/new',
        `/calls/${code}/edit`,
        `/calls/${code}/preview`,
        `/calls/${code}/review`,
        `/calls/${code}/corrigendum`,
        `/calls/${code}/clone`,
        ...['scope', 'time', 'texts', 'money', 'priorities', 'papers', 'assessment', 'rules'].map(
          (part) => `/calls/${code}/edit/${part}`
        )
      ]) {
        await page.goto(`${site.address}/${language}${path}`)
        const { violations } = await new AxeBuilder({ page }).analyze()
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
          []
        )
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.ok(wide <= 0, `${path} is ${wide} px too wide`)
      }
    })
  }
})
