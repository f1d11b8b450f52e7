import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from '../browser.ts'
import { type RunningSite, startSite } from '../running-site.ts'

const path = 'eligibility-checks'
const words = {
  en: {
    title: 'May we apply?',
    add: 'Add a partner',
    check: 'Check',
    example: 'Try with an example',
    small: 'Small-scale Partnerships',
    notEligible: 'Not eligible',
    eligible: 'Eligible',
    tryIt: /^Try this change/,
    remove: (number: number) => new RegExp(`^Remove\\s+Partner ${number}$`)
  },
  lv: {
    title: 'Vai drīkstam pieteikties?',
    add: 'Pievienot partneri',
    check: 'Pārbaudīt',
    example: 'Izmēģināt ar piemēru',
    small: 'Maza mēroga partnerības',
    notEligible: 'Nedrīkst pieteikties',
    eligible: 'Drīkst pieteikties',
    tryIt: /^Izmēģināt šo izmaiņu/,
    remove: (number: number) => new RegExp(`^Noņemt\\s+${number}\\. partneris$`)
  }
} as const

suite('The check page', () => {
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

  for (const language of ['lv', 'en'] as const) {
    const say = words[language]
    for (const javaScriptEnabled of [true, false]) {
      test(`in ${language} ${javaScriptEnabled ? 'with' : 'without'} script, Maria learns what is missing, tries a change and may apply`, async () => {
        await visit({ javaScriptEnabled }, async (page, complaints) => {
          await page.goto(address(language))
          await fillRow(page, 0, 'Upmalas vidusskola', 'LV', 'school')
          await page.getByRole('button', { name: say.remove(3) }).click()
          await page.locator('[id="partners.2.name"]').waitFor({ state: 'detached' })
          await fillRow(page, 1, 'Tartu kool', language === 'lv' ? 'Igaunija' : 'Estonia', 'school')
          await page.getByRole('button', { name: say.add }).click()
          await fillRow(page, 2, 'Ostas muzejs', 'LT', 'public-body')
          await page.locator('#durationMonths').fill('12')
          await page.locator('#grantEur').fill('70 000') // not a sum that the action grants
          await page.getByRole('button', { name: say.check, exact: true }).click()
          await page.waitForURL(/\?c=.*#results$/)

          await page.getByRole('link', { name: say.small }).click()
          await page.waitForURL(/action=small-scale-partnerships/)
          const opened = page.locator('[data-opened]')
          assert.match((await opened.locator('header').textContent()) ?? '', new RegExp(say.notEligible))
          const citation = opened.locator('[data-section="not-met"] .kopa-citation a').first()
          assert.match(
            (await citation.getAttribute('href')) ?? '',
            new RegExp(`^/${language}/actions/small-scale-partnerships/2026#rule-`)
          )
          await page.getByRole('button', { name: say.tryIt }).first().click()
          await page.waitForFunction(
            () => !document.querySelector('[data-opened] header [data-answer=not-eligible]')
          )
          assert.match((await opened.locator('header').textContent()) ?? '', new RegExp(say.eligible))
          assert.notEqual(await page.locator('#grantEur').inputValue(), '70 000')
          assert.equal(await page.locator('[id="partners.2.name"]').inputValue(), 'Ostas muzejs')
          assert.deepEqual(complaints, [])
        })
      })
    }
  }

  test('with a keyboard alone, somebody opens the example and an action', async () => {
    await visit({}, async (page) => {
      await page.goto(address('en'))
      await tabTo(page, words.en.example)
      await page.keyboard.press('Enter')
      await page.waitForURL(/c=/)
      await tabTo(page, words.en.small)
      await page.keyboard.press('Enter')
      await page.waitForURL(/action=small-scale-partnerships/)
      await tabTo(page, 'Met (')
      await page.keyboard.press('Enter')
      assert.ok(
        await page.locator('[data-section=met]').evaluate((part) => (part as HTMLDetailsElement).open)
      )
    })
  })

  test('verdicts move as one types, are announced, survive a reload, and go on without the server', async () => {
    await visit({}, async (page) => {
      await page.goto(address('en'))
      await fillRow(page, 0, 'Riverside School', 'Latvia', 'school')
      await page.locator('[data-live-results]').waitFor({ state: 'visible' })
      const line = page.locator('[data-action=cooperation-partnerships]')
      assert.match((await line.textContent()) ?? '', /Not eligible/)
      await page.context().setOffline(true)
      await fillRow(page, 1, 'Tartu', 'EE', 'school')
      await fillRow(page, 2, 'Vilnius', 'Lithuania', 'school')
      await page.waitForFunction(() => {
        const found = document.querySelector(
          '[data-action=cooperation-partnerships] [data-answer=undetermined]'
        )
        return found?.closest('.kopa-verdict')
      })
      const said = page.locator('[aria-live=polite][data-part=summary]')
      assert.match((await said.textContent()) ?? '', /open/)
      assert.equal(await page.locator('.tile').count(), 3)
      await page.context().setOffline(false)
      await page.reload()
      assert.equal(await page.locator('[id="partners.1.country"]').inputValue(), 'Estonia')
      assert.equal(await page.locator('[id="partners.2.name"]').inputValue(), 'Vilnius')
    })
  })

  test('what is typed goes along when the language is changed', async () => {
    await visit({}, async (page) => {
      await page.goto(address('en'))
      await fillRow(page, 0, 'Riverside School', 'Latvia', 'school')
      await page.waitForURL(/c=/)
      await page.getByRole('link', { name: 'Latviski' }).click()
      await page.waitForURL(/\/lv\//)
      assert.equal(await page.locator('[id="partners.0.country"]').inputValue(), 'Latvija')
    })
  })

  test('the answers of the script and of the server are the same, word for word', async () => {
    await visit({}, async (page) => {
      await page.goto(address('lv'))
      await page.getByRole('button', { name: words.lv.example }).click()
      await page.waitForURL(/c=/)
      for (const action of [
        '',
        'small-scale-partnerships',
        'alliances-for-innovation',
        'cooperation-partnerships'
      ]) {
        const to = new URL(page.url())
        to.searchParams.set('action', action)
        await page.goto(to.href)
        const before = await resultText(page)
        const name = page.locator('[id="partners.3.name"]')
        await name.fill('X')
        await page.waitForFunction(
          (was) => new URL(location.href).searchParams.get('c') !== was,
          to.searchParams.get('c')
        )
        await name.fill('Ostas muzejs')
        await page.waitForTimeout(600)
        assert.equal(await resultText(page), before, action)
      }
    })
  })

  test('names with HTML, formulas and mark-up are shown as text, on the page, live and in files', async () => {
    const hostile = '<img src=x onerror=alert(1)> =SUM(A1) #panic() *b* "q" {{x}}'
    await visit({}, async (page, complaints) => {
      await page.goto(address('en'))
      await fillRow(page, 0, hostile, 'LV', 'school')
      await fillRow(page, 1, 'B', 'EE', 'enterprise')
      await page.getByRole('button', { name: 'Check', exact: true }).click()
      await page.waitForURL(/#results$/)
      await page.locator('[data-action=capacity-building-youth] a').click()
      await page.waitForURL(/action=/)
      assert.equal(await page.locator('[id="partners.0.name"]').inputValue(), hostile)
      assert.ok((await page.locator('[data-opened]').textContent())!.includes(hostile))
      assert.equal(await page.locator('main img').count(), 0)
      const pdf = await get(new URL(page.url()), 'report.pdf')
      assert.equal(pdf.status, 200)
      const yaml = await (await get(new URL(page.url()), 'consortium.yaml')).text()
      assert.ok(yaml.includes('onerror'))
      assert.deepEqual(complaints, [])
    })
  })

  test('a shared link opens as it was; a damaged one says so and keeps its address', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(address('en'))
      await page.getByRole('button', { name: words.en.example }).click()
      const link = await page.getByLabel('Link', { exact: true }).inputValue()
      await page.goto(link)
      assert.equal(await page.locator('[id="partners.0.name"]').inputValue(), 'Riverside School')
      const damaged = link.replace(/c=.{9}/, 'c=')
      await page.goto(damaged)
      assert.ok(await page.getByRole('heading', { name: 'This link is damaged' }).isVisible())
      assert.equal(page.url(), damaged)
      assert.equal(await page.locator('[id="partners.0.name"]').inputValue(), '')
    })
  })

  test('downloads: the consortium reads back, the report is what the API says, the PDF is a PDF', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(address('lv'))
      await page.getByRole('button', { name: words.lv.example }).click()
      const here = new URL(page.url())
      const yaml = await get(here, 'consortium.yaml')
      assert.match(yaml.headers.get('content-disposition') ?? '', /attachment; filename="consortium\.yaml"/)
      const text = await yaml.text()
      assert.match(text, /Viļņas mācību centrs/)
      const json = (await (await get(here, 'report.json')).json()) as { action: string; answer: string }[]
      const told = await fetch(`${site.address}/api/v1/eligibility-checks`, { method: 'POST', body: text })
      assert.deepEqual(json, await told.json())
      const pdf = await get(here, 'report.pdf')
      assert.equal(pdf.headers.get('content-type'), 'application/pdf')
      assert.equal(
        Buffer.from(await pdf.arrayBuffer())
          .subarray(0, 5)
          .toString(),
        '%PDF-'
      )

      await page.goto(address('en'))
      await page.locator('summary').filter({ hasText: 'Paste a list' }).click()
      await page.getByLabel('Consortium file').setInputFiles(upload('mine.yaml', text))
      await page.getByRole('button', { name: 'Read the file' }).click()
      assert.equal(await page.locator('[id="partners.2.name"]').inputValue(), 'Viļņas mācību centrs')
      assert.equal(await page.locator('[id="partners.2.country"]').inputValue(), 'Lithuania')
    })
  })

  const badFiles: [string, string | Buffer, RegExp][] = [
    ['YAML that does not parse', 'partners:\n  - {name: "A\n', /Line \d+, column \d+/],
    ['a wrong type', 'partners: 7', /must be a list of organisations/],
    ['an unknown country', 'partners:\n- {country: Latvja, role: coordinator}', /Did you mean LV \(Latvia\)/],
    ['an unknown type', 'partners:\n- {type: schol, role: coordinator}', /Did you mean school/],
    ['no coordinator', 'partners:\n- {country: LV, role: partner}', /No partner is the coordinator/],
    [
      'two coordinators',
      'partners:\n- {country: LV, role: coordinator}\n- {role: coordinator}',
      /Several partners/
    ],
    ['no partners', 'partners: []', /no partner/i],
    ['500 partners', `partners:\n${'- {country: LV}\n'.repeat(500)}`, /500 partners.*at most 200/],
    ['5 MB', Buffer.alloc(5_000_000, 'a'), /at most 1 MB/],
    [
      'one organisation twice',
      'partners:\n- {name: A, country: LV, role: coordinator}\n- {name: a, country: LV, role: partner}',
      /same organisation/
    ],
    [
      'an edition without the action',
      'action: knowledge-alliances\ncallYear: 2026\npartners:\n- {role: coordinator}',
      /did not exist in the edition 2026.*2014–2020/
    ],
    ['a bomb of references', `a: &a [x,x]\n${Array.from({ length: 200 }, () => 'b: *a').join('\n')}`, /./],
    ['deep nesting', '['.repeat(9000), /./]
  ]
  for (const javaScriptEnabled of [true, false]) {
    test(`${javaScriptEnabled ? 'with' : 'without'} script, a file that cannot be read is told at the file, and the form is kept`, async () => {
      await visit({ javaScriptEnabled }, async (page) => {
        for (const [what, content, expected] of badFiles) {
          await page.goto(address('en'))
          await fillRow(page, 0, 'Kept School', 'Latvia', 'school')
          await page.locator('#grantEur').fill('12 345')
          await page.locator('summary').filter({ hasText: 'Paste a list' }).click()
          await page.getByLabel('Consortium file').setInputFiles(upload('bad.yaml', content))
          // By key: a pointer can miss a button that is still unfolding on a busy machine.
          await page.getByRole('button', { name: 'Read the file' }).press('Enter')
          const summary = page.locator('.ds-error-summary')
          await summary
            .waitFor()
            .catch(async () => assert.fail(`${what}: ${await page.locator('main').innerText()}`))
          assert.match((await summary.textContent()) ?? '', expected, what)
          assert.ok((await summary.locator('a[href="#file"]').count()) > 0, what)
          assert.equal(await page.locator('[id="partners.0.name"]').inputValue(), 'Kept School', what)
          assert.equal(await page.locator('#grantEur').inputValue(), '12 345', what)
        }
      })
    })
  }

  test('what is wrong in the form leads to its field, in the language of the reader, with all that was typed', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(address('lv'))
      await fillRow(page, 0, 'Skola', 'Latvja', 'school')
      await fillRow(page, 1, 'Otra', 'EE', 'school')
      await page.locator('[id="partners.1.role"]').selectOption('coordinator')
      await page.locator('#grantEur').fill('daudz')
      await page.locator('#durationMonths').fill('pusgads')
      await page.getByRole('button', { name: 'Pārbaudīt', exact: true }).click()
      const summary = page.locator('.ds-error-summary')
      const text = (await summary.textContent()) ?? ''
      assert.match(text, /Valsts “Latvja” nav zināma\. Vai domājāt LV \(Latvija\)/)
      assert.match(text, /“Dotācija” jābūt veselam eiro skaitam/)
      assert.match(text, /Koordinatora loma norādīta vairāk nekā vienam/)
      assert.equal(await page.locator('#grantEur').inputValue(), 'daudz')
      assert.equal(await page.locator('#durationMonths').inputValue(), 'pusgads')
      assert.equal(await page.locator('[id="partners.0.country"]').inputValue(), 'Latvja')
      await summary.getByRole('link', { name: /Latvja/ }).click()
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'partners.0.country')

      await page.goto(address('en'))
      await page.getByRole('button', { name: 'Check', exact: true }).click()
      assert.match((await summary.textContent()) ?? '', /no partner|No partner/)
    })
  })

  test('a pasted list becomes partners; lines that cannot be read stay in the box with what is wrong', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(address('en'))
      await page.locator('summary').filter({ hasText: 'Paste a list' }).click()
      await page
        .getByLabel('List of partners')
        .fill('Riga School\tLatvia\tschool\tcoordinator\nTartu\tEstonja\tschool\nOslo\tNO\tenterprise')
      await page.getByRole('button', { name: 'Add these partners' }).click()
      assert.match((await page.locator('.ds-error-summary').textContent()) ?? '', /Estonja.*EE \(Estonia\)/)
      assert.equal(await page.getByLabel('List of partners').inputValue(), 'Tartu\tEstonja\tschool')
      assert.equal(await page.locator('[id="partners.0.name"]').inputValue(), 'Riga School')
      assert.equal(await page.locator('[id="partners.1.country"]').inputValue(), 'Norway')
      await page.getByLabel('List of partners').fill('Tartu\tEstonia\tschool')
      await page.getByRole('button', { name: 'Add these partners' }).click()
      assert.equal(await page.locator('[id="partners.2.name"]').inputValue(), 'Tartu')
      assert.equal(await page.locator('.tile').count(), 3)
    })
  })

  test('two hundred partners are checked and shared by link; more are refused with the limit', async () => {
    const rows = (count: number) =>
      Array.from(
        { length: count },
        (_, n) => `Organisation ${n * 7919}\t${['LV', 'EE', 'LT'][n % 3]}\tschool`
      ).join('\n')
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(address('en'))
      await page.locator('summary').filter({ hasText: 'Paste a list' }).click()
      await page.getByLabel('List of partners').fill(rows(200))
      await page.getByRole('button', { name: 'Add these partners' }).click()
      await page.waitForURL(/c=/)
      assert.equal(await page.locator('.kopa-group-row').count(), 200)
      assert.equal((await page.reload())?.status(), 200)
      await page.goto(address('en'))
      await page.locator('summary').filter({ hasText: 'Paste a list' }).click()
      await page.getByLabel('List of partners').fill(rows(201))
      await page.getByRole('button', { name: 'Add these partners' }).click()
      assert.match((await page.locator('.ds-error-summary').textContent()) ?? '', /At most 200/)
      assert.match(await page.getByLabel('List of partners').inputValue(), /Organisation 1583800/)
    })
  })

  test('the page ships less than 60 kB of script, none of it needed, and the edition comes with a tag', async () => {
    for (const language of ['lv', 'en']) {
      let shipped = 0
      await visit({}, async (page) => {
        page.on('response', (answer) => {
          if (/javascript/.test(answer.headers()['content-type'] ?? ''))
            void answer.body().then((body) => (shipped += gzipSync(body).byteLength))
        })
        await page.goto(address(language), { waitUntil: 'networkidle' })
        await fillRow(page, 0, 'A', 'LV', 'school')
        await page.locator('[data-live-results]').waitFor({ state: 'visible' })
      })
      assert.ok(shipped > 10_000 && shipped < 60_000, `${language}: ${shipped} bytes`)
    }
    const edition = `${site.address}/en/${path}/edition/2026.json`
    const first = await fetch(edition)
    const tag = first.headers.get('etag')
    assert.ok(tag)
    assert.equal((await fetch(edition, { headers: { 'if-none-match': tag } })).status, 304)
    assert.equal((await fetch(edition.replace('2026', '2013'))).status, 404)
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      test(`in ${colorScheme} at ${width} px the page fits and has no axe violations, empty, answered, opened and with errors`, async () => {
        await visit({ colorScheme, viewport: { width, height: 800 } }, async (page, complaints) => {
          for (const language of ['lv', 'en'] as const) {
            await page.goto(address(language))
            await looksRight(page, 'empty')
            await page.getByRole('button', { name: words[language].example }).click()
            await page.waitForURL(/c=/)
            await looksRight(page, 'answered')
            await page.getByRole('link', { name: words[language].small }).click()
            await page.waitForURL(/action=/)
            for (const one of await page.locator('details').all())
              await one.evaluate((part) => ((part as HTMLDetailsElement).open = true))
            await looksRight(page, 'opened')
            await page.locator('#grantEur').fill('?')
            await page.getByRole('button', { name: words[language].check, exact: true }).click()
            await page.locator('.ds-error-summary').waitFor()
            await looksRight(page, 'errors')
          }
          assert.deepEqual(complaints, [])
        })
      })
    }
  }

  const address = (language: string) => `${site.address}/${language}/${path}`

  const get = (here: URL, file: string) =>
    fetch(`${here.origin}${here.pathname}/${file}${here.search}`, { redirect: 'manual' })

  const upload = (name: string, content: string | Buffer) => ({
    name,
    mimeType: 'application/yaml',
    buffer: Buffer.from(content)
  })

  async function fillRow(page: Page, row: number, name: string, country: string, type: string) {
    await page.locator(`[id="partners.${row}.name"]`).fill(name)
    await page.locator(`[id="partners.${row}.country"]`).fill(country)
    await page.locator(`[id="partners.${row}.type"]`).selectOption(type)
  }

  async function tabTo(page: Page, name: string) {
    for (let presses = 0; presses < 150; presses++) {
      await page.keyboard.press('Tab')
      const text = await page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, ' ').trim())
      if (text?.toLowerCase().startsWith(name.toLowerCase())) return
    }
    assert.fail(`the keyboard does not reach “${name}”`)
  }

  const resultText = (page: Page) =>
    page.locator('[data-live-results]').evaluate((results) => (results as HTMLElement).innerText)

  async function looksRight(page: Page, state: string) {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `${state}: ${overflow} px too wide`)
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${state} ${id}: ${nodes.map((node) => node.target).join(', ')}`),
      []
    )
    assert.equal(await page.locator('main [style]').count(), 0)
  }

  async function visit(
    options: BrowserContextOptions,
    journey: (page: Page, complaints: string[]) => Promise<void>
  ) {
    const context = await browser.newContext({ locale: 'en', ...options })
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        // A form that comes back with its errors is answered with 422, which browsers note down.
        const expected = /status of 422/.test(message.text())
        if (['error', 'warning'].includes(message.type()) && !expected) complaints.push(message.text())
      })
      await journey(page, complaints)
    } finally {
      await context.close()
    }
  }
})
