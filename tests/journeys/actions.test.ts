import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { listActions, showAction } from '#server/programmes'
import { texts } from '#shared/texts/index.ts'
import { shortName } from '../../src/modules/programmes/pages/actions/citation-text.ts'
import { placeText } from '../../src/modules/programmes/place-text.ts'
import { launchBrowser } from '../browser.ts'
import { type RunningSite, startSite } from '../running-site.ts'

const languages = ['lv', 'en'] as const
const small = [
  '/actions?edition=all&field=youth',
  '/actions/knowledge-alliances/2023',
  '/actions/no-such-action'
]
const large = {
  'lv light': ['/actions/strategic-partnerships/2014', '/api'],
  'lv dark': ['/actions/capacity-building-higher-education/2026'],
  'en light': ['/actions/cooperation-partnerships/2026'],
  'en dark': ['/actions/knowledge-alliances/2017', '/api']
}

suite('Pages of actions', () => {
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

  const read = (path: string) => fetch(site.address + path, { redirect: 'manual' })

  test('every action in every edition has a page in both languages, without script, with every source of every rule', async () => {
    const t = { lv: texts('lv'), en: texts('en') }
    let pages = 0
    for (const { action, editions } of listActions(site.app)) {
      for (const edition of editions) {
        const view = showAction(site.app, action, edition)!
        for (const language of languages) {
          const path = `/${language}/actions/${action}/${edition}`
          const answer = await read(path)
          const body = await answer.text()
          pages++
          assert.equal(answer.status, 200, path)
          assert.doesNotMatch(body, /<script|modulepreload/, path)
          assert.doesNotMatch(body, /<[a-z][^>]*\sstyle=|<style/, path)
          const rules = rulesShown(body)
          for (const { id, says, sources, otherReadings } of view.rules) {
            const shown = rules.get(id)
            assert.ok(shown, `${path} shows the rule ${id}`)
            assert.ok(shown.includes(plain(says[language])), `${path} ${id} says its sentence`)
            for (const source of [...sources, ...otherReadings.flatMap((reading) => reading.sources)]) {
              const named = source.url ?? `#source-${source.document}`
              assert.ok(shown.includes(`href="${plain(named)}"`), `${path} ${id} links ${named}`)
              if (source.at) {
                assert.ok(
                  shown.includes(plain(placeText(source.at, language))),
                  `${path} ${id}: ${source.at}`
                )
              }
              if (source.kind !== 'unverified') {
                assert.ok(shown.includes(plain(shortName(source, t[language], language))), `${path} ${id}`)
              }
            }
            for (const { says: other } of otherReadings) {
              assert.ok(shown.includes(plain(other[language])), `${path} ${id} shows the other reading`)
            }
          }
        }
      }
    }
    assert.ok(pages > 250, `${pages} pages`)
  })

  test('the bare address of an action leads to its latest edition', async () => {
    const answer = await read('/en/actions/knowledge-alliances')
    assert.equal(answer.status, 302)
    assert.equal(answer.headers.get('location'), '/en/actions/knowledge-alliances/2020')
  })

  test('who asks for an edition in which the action did not exist is told in which editions it did', async () => {
    const answer = await read('/en/actions/knowledge-alliances/2023')
    const body = await answer.text()
    assert.equal(answer.status, 404)
    assert.match(body, /2014–2020/)
    for (const year of [2014, 2020]) {
      assert.ok(body.includes(`href="/en/actions/knowledge-alliances/${year}"`), String(year))
    }
    assert.doesNotMatch(body, /<script/)
  })

  test('who misspells an action is asked whether another was meant, in the language of the address', async () => {
    const answer = await read('/lv/actions/knowlege-aliances')
    const body = await answer.text()
    assert.equal(answer.status, 404)
    assert.match(body, /Šāda pasākuma nav/)
    assert.match(body, /Varbūt meklējāt/)
    assert.ok(body.includes('href="/lv/actions/knowledge-alliances/2020"'))
  })

  test('a name in the address is shown as text', async () => {
    const body = await (
      await read(`/en/actions/${encodeURIComponent('<img src=x onerror=alert(1)>')}`)
    ).text()
    assert.ok(!body.includes('<img'))
    assert.ok(body.includes('&lt;img'))
  })

  test('somebody without script lists the actions of 2014 in the field of youth and opens one in that edition', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.address}/en/actions`)
      await page.getByLabel('Edition', { exact: true }).selectOption('2014')
      await page.getByLabel('Field', { exact: true }).selectOption('youth')
      await page.getByRole('button', { name: 'Show' }).click()
      assert.match(page.url(), /\/en\/actions\?edition=2014&field=youth$/)
      assert.equal(await page.getByLabel('Edition', { exact: true }).inputValue(), '2014')
      const names = await page.getByRole('heading', { level: 3 }).allInnerTexts()
      const expected = listActions(site.app, 2014).filter(({ fields }) => fields.includes('youth'))
      assert.deepEqual(names.toSorted(), expected.map((entry) => entry.names.en).toSorted())
      await page.getByRole('link', { name: 'Strategic partnerships' }).click()
      assert.equal(page.url(), `${site.address}/en/actions/strategic-partnerships/2014`)
    })
  })

  test('somebody reads that two sources disagree about Knowledge Alliances, and which reading is in force', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.address}/en/actions/knowledge-alliances/2017#rule-minimum-countries`)
      const rule = page.locator('#rule-minimum-countries')
      const said = await rule.innerText()
      assert.match(said, /at least 3 programme countries/)
      assert.match(said, /Source document 003/)
      assert.match(said, /3 different countries, without saying that they are programme countries/)
      assert.match(said, /In force here/)
      assert.ok(await rule.evaluate((element) => element.matches(':target')))
    })
  })

  test('a reader goes to another edition and on to the check of that edition', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.address}/lv/actions/cooperation-partnerships/2026`)
      await page.getByRole('navigation', { name: 'Izdevumi' }).getByRole('link', { name: '2025' }).click()
      assert.equal(page.url(), `${site.address}/lv/actions/cooperation-partnerships/2025`)
      const check = page.getByRole('link', { name: 'Pārbaudīt, vai mūsu konsorcijs der' })
      assert.equal(
        await check.getAttribute('href'),
        '/lv/eligibility-checks?action=cooperation-partnerships&edition=2025'
      )
    })
  })

  test('a link to a source opens the list in which it stands', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.address}/en/actions/knowledge-alliances/2017`)
      await page
        .locator('#rule-minimum-organisations')
        .getByRole('link', { name: 'Source document 000' })
        .click()
      await page.locator('#source-seed-000').waitFor({ state: 'visible' })
    })
  })

  test('deadlines go into a calendar as moments, so that it shows them in its own time', async () => {
    const answer = await read('/en/actions/cooperation-partnerships/2026/deadlines.ics')
    const body = await answer.text()
    assert.match(answer.headers.get('content-type') ?? '', /^text\/calendar/)
    const { deadlines } = showAction(site.app, 'cooperation-partnerships', 2026)!
    const starts = [...body.matchAll(/DTSTART:(\S+)/g)].map((found) => found[1])
    assert.deepEqual(
      starts,
      deadlines.map(({ instant }) => instant.replace(/[-:]/g, ''))
    )
    for (const line of body.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
  })

  test('the readable page of the API names every endpoint of its document', async () => {
    const document = (await (await read('/api/openapi.json')).json()) as { paths: Record<string, object> }
    const body = await (await read('/en/api')).text()
    const paths = Object.keys(document.paths)
    assert.ok(paths.length >= 3)
    for (const path of paths) assert.ok(body.includes(plain(path)), path)
    assert.doesNotMatch(body, /<script/)
  })

  for (const language of languages) {
    for (const [colorScheme, width] of [
      ['light', 360],
      ['dark', 1280]
    ] as const) {
      test(`pages in ${language}, ${colorScheme}, ${width} px wide fit and have no axe violations, with all details open`, async () => {
        await visit({ colorScheme, viewport: { width, height: 800 } }, async (page, complaints) => {
          for (const path of [...small, ...new Set(Object.values(large).flat())]) {
            await page.goto(`${site.address}/${language}${path}`)
            await page.evaluate(() => {
              for (const details of document.querySelectorAll('details')) details.open = true
            })
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
            assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`)
            // A scan of a long page takes seconds, so it is not scanned in each variant.
            if (!small.includes(path) && !large[`${language} ${colorScheme}`].includes(path)) continue
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
        // Pages that do not exist are asked for on purpose.
        const expected = /status of 404/.test(message.text())
        if (['error', 'warning'].includes(message.type()) && !expected) complaints.push(message.text())
      })
      await journey(page, complaints)
    } finally {
      await context.close()
    }
  }
})

/** Rule → the markup that shows it. */
function rulesShown(body: string): Map<string, string> {
  const parts = body.split('<li id="rule-').slice(1)
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('"')), part]))
}

/** Text as it stands in markup. */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
