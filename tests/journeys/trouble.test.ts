import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { sql } from 'kysely'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { saveAnswer, startApplication } from '#server/applications'
import { connect } from '#shared/database/index.ts'
import { pdfOf } from '#shared/files/files.fixture.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { launchBrowser } from '../browser.ts'
import { ok } from '../cast/calls-at-desk.ts'
import { personActing } from '../cast/cast.ts'
import { mariasDraft } from '../cast/maria-and-a-call.ts'
import { pageOf as pageIn } from '../page-of.ts'
import { type RunningSite, startSite } from '../running-site.ts'

/** What goes wrong while an application is written: each time what happened is said, and nothing typed is lost. */
suite('An application in trouble', () => {
  let site: RunningSite
  let browser: Browser
  let maria: SignedIn
  let colleague: SignedIn
  let code: string
  const path = 'project.summary'

  before(async () => {
    site = await startSite()
    browser = await launchBrowser()
    const { app } = site
    const draft = await mariasDraft(app)
    ;({ maria, code } = draft)
    const member = { role: 'member', organisation: draft.organisation } as const
    colleague = await personActing(app.database, { name: 'Kārlis Kolēģis', role: member })
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  const pageOf = (somebody: SignedIn, more: BrowserContextOptions = {}) =>
    pageIn({ site, browser }, somebody, more)

  const section = (name: string) => `/applications/${code}/sections/${name}`
  const at = (page: Page, where: string) => page.goto(`${site.address}/lv${where}`)
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const box = (page: Page, name: string) => page.locator(`[name="${name}"]`)
  const stateOf = (page: Page, of: string) => page.locator(`[data-question="${of}"] [data-state]`)
  const reads = (page: Page, of: string, words: string) =>
    stateOf(page, of).filter({ hasText: words }).waitFor()
  const saveOf = (of: string) => (url: URL) => url.pathname.endsWith(`/answers/${of}`)
  const save = async (of: string, base: number, given: object) =>
    ok(await saveAnswer(site.app, colleague, code, of, { base, ...given } as never)).version

  /** Scans a page as it stands now, trouble and all, and sees that it is no wider than a phone. */
  async function scanned(page: Page, what: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${what} ${id}: ${nodes[0]?.html}`),
      []
    )
    await page.setViewportSize({ width: 360, height: 740 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(wide <= 360, `${what} is ${wide} wide`) // not of a guide: a phone
    await page.setViewportSize({ width: 1280, height: 900 })
  }

  /** Sets a text of any length, as pasting does. */
  const paste = (page: Page, of: string, text: string) =>
    box(page, of).evaluate((field, pasted) => {
      ;(field as HTMLTextAreaElement).value = pasted
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }, text)

  test('ten megabytes in a plain form are refused in words, and come back as they were typed', async () => {
    const page = await pageOf(maria, { javaScriptEnabled: false })
    await at(page, section('project'))
    const long = 'Skolas lasa kopā. '.repeat(555_556)
    await paste(page, path, long)
    const began = performance.now()
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await press(page, 'Saglabāt')
    assert.equal((await answered).status(), 422)
    assert.ok(performance.now() - began < 60_000, `${performance.now() - began} ms`)
    const words = await page.locator('main').innerText()
    assert.match(words, /Vienā laukā ietilpst ne vairāk kā/)
    const typed = await box(page, path).evaluate((field) => (field as HTMLTextAreaElement).value)
    assert.equal(typed.length, long.length)
    await page.context().close()
  })

  test('with script it is said at once, beside the box, which holds it still', async () => {
    const page = await pageOf(maria)
    await at(page, section('project'))
    await paste(page, path, 'Skolas lasa kopā. '.repeat(555_556))
    await reads(page, path, 'ne vairāk kā 1 MB')
    assert.ok((await box(page, path).inputValue()).length > 9_000_000)
    // A text that is only too long for the question is kept, and counted.
    await paste(page, path, 'ā'.repeat(3500))
    await reads(page, path, 'Saglabāts plkst.')
    await scanned(page, 'a text over its limit')
    await paste(page, path, 'Sākums. Beigas.')
    await reads(page, path, 'Saglabāts plkst.')
    await page.context().close()
  })

  test('a full disk is said in words, with script and without; when there is room, all of it is kept', async () => {
    const owner = connect({ connectionString: site.app.configuration.migrationDatabaseUrl! }, 'kopa-test')
    const plain = await pageOf(maria, { javaScriptEnabled: false })
    const page = await pageOf(maria)
    for (const one of [plain, page]) await at(one, section('relevance'))
    await sql`create function public.full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`.execute(owner)
    await sql`create trigger full_disk before insert on applications.answer_version for each row
      execute function public.full_disk()`.execute(owner)
    await box(plain, 'relevance.needs').fill('Bērni lasa maz.')
    await press(plain, 'Saglabāt')
    await plain.getByText('tā ir mūsu vaina').first().waitFor()
    assert.equal(await box(plain, 'relevance.needs').inputValue(), 'Bērni lasa maz.')
    await box(page, 'relevance.objectives').fill('Lasīt vairāk.')
    await reads(page, 'relevance.objectives', 'tā ir mūsu vaina')
    await scanned(page, 'a full disk')
    await sql`drop trigger full_disk on applications.answer_version`.execute(owner)
    await reads(page, 'relevance.objectives', 'Saglabāts plkst.')
    await press(plain, 'Saglabāt')
    await at(page, section('relevance'))
    assert.equal(await box(page, 'relevance.needs').inputValue(), 'Bērni lasa maz.')
    assert.equal(await box(page, 'relevance.objectives').inputValue(), 'Lasīt vairāk.')
    await owner.destroy()
    for (const one of [plain, page]) await one.context().close()
  })

  test('a browser that dies offline has it all when it is opened again, though another wrote meanwhile', async () => {
    const page = await pageOf(maria)
    await at(page, section('project'))
    await page.route(saveOf(path), (route) => route.abort())
    await box(page, path).evaluate((field) => (field as HTMLTextAreaElement).setSelectionRange(7, 7))
    await box(page, path).pressSequentially(' Marijas vārdi bez tīkla.')
    await reads(page, path, 'Nav savienojuma')
    await scanned(page, 'offline')
    await page.close({ runBeforeUnload: false })
    const { database } = site.app
    const { version } = await database
      .selectFrom('applications.answer')
      .select('version')
      .where('path', '=', path)
      .executeTakeFirstOrThrow()
    await save(path, version, { delta: [[0, 0, 'Kārlis raksta. ']] })

    const again = await page.context().newPage()
    await at(again, section('project'))
    const offer = again.locator('[data-offers] .ds-alert')
    await offer.filter({ hasText: 'Marijas vārdi bez tīkla.' }).waitFor()
    await scanned(again, 'left behind')
    await press(again, 'Pievienot')
    await offer.waitFor({ state: 'detached' })
    assert.equal(
      await box(again, path).inputValue(),
      'Kārlis raksta. Sākums. Marijas vārdi bez tīkla. Beigas.'
    )
    await at(again, section('project'))
    assert.equal(await offer.count(), 0)
    await again.context().close()
  })

  test('what was written into a row that somebody removed is shown wherever the application is opened next', async () => {
    await save('work-packages', 0, { value: ['abcdefgh'] })
    const page = await pageOf(maria)
    await at(page, `${section('work-packages')}?row=abcdefgh`)
    const field = page.locator('textarea[data-box]').first()
    const name = (await field.getAttribute('name'))!
    await save('work-packages', 1, { value: [] })
    await field.fill('Te būtu darbs.')
    await reads(page, name, 'kāds ir noņēmis')
    await scanned(page, 'a row that is gone')
    await page.close({ runBeforeUnload: false })
    const again = await page.context().newPage()
    await at(again, section('project'))
    const offer = again.locator('[data-offers] .ds-alert').filter({ hasText: 'Te būtu darbs.' })
    await offer.getByText('citā šī pieteikuma vietā').waitFor()
    await scanned(again, 'left behind elsewhere')
    await press(again, 'Atmest')
    await offer.waitFor({ state: 'detached' })
    await again.context().close()
  })

  test('two who choose differently: the page that shows both can be read by everybody', async () => {
    const page = await pageOf(maria)
    await at(page, section('project'))
    await page.route('**/live', (route) => route.abort())
    await at(page, section('project'))
    await save('project.duration-months', 0, { value: 24 })
    await box(page, 'project.duration-months').fill('36')
    await page.getByRole('button', { name: 'Saglabāt manējo' }).waitFor()
    await scanned(page, 'a conflict')
    await page.context().close()
  })

  test('a number that was never saved is shown wherever the application is opened, and taken up once', async () => {
    const months = 'project.duration-months'
    const page = await pageOf(maria)
    await at(page, section('project'))
    await page.route(saveOf(months), (route) => route.abort())
    await box(page, months).fill('30')
    await reads(page, months, 'Nav savienojuma')
    await page.close({ runBeforeUnload: false })
    const open = async (name: string) => {
      const again = await page.context().newPage()
      await at(again, section(name))
      return { again, offer: again.locator('[data-offers] .ds-alert').filter({ hasText: '30' }) }
    }
    const windows = [await open('project'), await open('project'), await open('relevance')]
    for (const { offer } of windows) await offer.waitFor()
    await windows[2]!.offer.getByText('Cik ilgs ir projekts?').waitFor()
    await scanned(windows[2]!.again, 'a number left behind elsewhere')
    await press(windows[0]!.again, 'Pievienot')
    for (const { offer } of windows) await offer.waitFor({ state: 'detached' })
    await reads(windows[0]!.again, months, 'Saglabāts plkst.')
    await page.context().close()
  })

  test('a comment that does not arrive is said beside its button; sent twice, it is there once', async () => {
    const page = await pageOf(maria)
    await at(page, section('project'))
    const talk = page.locator(`[data-talk="${path}"]`)
    const [text, send] = [
      talk.getByRole('textbox').last(),
      talk.getByRole('button', { name: 'Nosūtīt' }).last()
    ]
    const sending = (url: URL) => url.search.startsWith('?/talk')
    await talk.locator('> summary').click()
    await text.fill('Vai skaidrs?')
    await page.route(sending, async (route) => {
      await route.fetch()
      await route.abort()
    })
    await send.click()
    await talk.getByText('Nav nosūtīts.').waitFor()
    await scanned(page, 'a comment without an answer')
    assert.equal(await text.inputValue(), 'Vai skaidrs?')

    let sent = 0
    const typedOn = Promise.withResolvers<void>()
    await page.unroute(sending)
    await page.route(sending, async (route) => {
      sent++
      await typedOn.promise
      await route.continue()
    })
    for (let press = 1; press <= 2; press++) await send.dispatchEvent('click')
    await text.fill('Un vēl kas.')
    typedOn.resolve()
    await talk.locator('> summary', { hasText: '1 komentārs' }).waitFor()
    await talk.getByText('Vai skaidrs?').waitFor()
    assert.deepEqual([sent, await text.inputValue()], [1, 'Un vēl kas.'])

    // What is begun keeps the page, and goes along with its form.
    const asked = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    assert.equal((await asked).type(), 'beforeunload')
    await (await asked).dismiss()
    let dialogs = 0
    page.on('dialog', (dialog) => {
      dialogs++
      void dialog.accept()
    })
    await press(page, 'Saglabāt')
    await page.getByText('Iesāktais komentārs vēl nav nosūtīts.').waitFor()
    assert.deepEqual([dialogs, await text.inputValue()], [0, 'Un vēl kas.'])
    await scanned(page, 'a comment that is begun')
    await page.context().close()
  })

  test('ten thousand lines pasted into the budget are refused at once, and none is sent', async () => {
    const page = await pageOf(maria)
    await at(page, `/applications/${code}/budget`)
    let sent = 0
    page.on('request', (request) => (sent += request.url().includes('/budget/lines/') ? 1 : 0))
    const cell = page.locator('[data-row] input[data-field]')
    if ((await cell.count()) === 0) await page.getByRole('link', { name: 'Pievienot rindu' }).first().click()
    await cell.first().evaluate((field) => {
      const data = new DataTransfer()
      data.setData('text/plain', 'Darbi\t1\n'.repeat(10_000))
      field.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      )
    })
    await page.getByText('vienā reizē var ielīmēt ne vairāk kā 200').waitFor()
    await scanned(page, 'too many lines')
    assert.equal(sent, 0)
    await page.context().close()
  })

  test('a file of nineteen megabytes is taken, one of twenty-one is refused in words', async () => {
    const page = await pageOf(maria, { javaScriptEnabled: false })
    await at(page, `/applications/${code}/attachment/annexes.other`)
    const file = (megabytes: number) => ({
      name: 'Pielikums.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.concat([pdfOf(2), Buffer.from(`%${' '.repeat(megabytes * 1_000_000)}\n`)])
    })
    await page.locator('[name="file"]').setInputFiles(file(19))
    await page.locator('form:has([name="file"]) button[type="submit"]').click()
    await page.getByText('Pielikums.pdf').first().waitFor()
    await page.locator('[name="file"]').setInputFiles(file(21))
    await page.locator('form:has([name="file"]) button[type="submit"]').click()
    await page.getByText('vairāk nekā 20 MB').first().waitFor()
    await page.context().close()
  })

  test('beside a file of forty-five megabytes, what was typed comes back, without script, too', async () => {
    const page = await pageOf(maria, { javaScriptEnabled: false })
    await at(page, `/applications/${code}/copy-out`)
    await box(page, 'number').fill('KA220-SCH-1')
    const buffer = Buffer.alloc(45_000_000, '%PDF-1.7 ') // not of a guide: bytes
    await box(page, 'file').setInputFiles({ name: 'kvīts.pdf', mimeType: 'application/pdf', buffer })
    await press(page, 'Saglabāt šeit')
    await page.getByText('Failā ir vairāk nekā 20 MB').first().waitFor()
    assert.equal(await box(page, 'number').inputValue(), 'KA220-SCH-1')
    await page.context().close()
  })

  test('one endless word as a title, and nothing at all: every page stays within a phone', async () => {
    const { call } = await site.app.database
      .selectFrom('applications.application')
      .select('call')
      .executeTakeFirstOrThrow()
    const organisation = (maria.acting as { organisation: string }).organisation
    const begun = { call, action: 'cooperation-partnerships', field: 'school', language: 'lv', organisation }
    const long = ok(await startApplication(site.app, maria, { ...begun, title: 'Garš'.repeat(45) })).code
    ok(await saveAnswer(site.app, maria, long, path, { base: 0, text: 'vārds'.repeat(600) }))
    const page = await pageOf(maria)
    for (const where of [
      '',
      `/${long}`,
      `/${long}/sections/project`,
      `/${long}/submission`,
      `/${long}/copy-out`
    ]) {
      await at(page, `/applications${where}`)
      await scanned(page, `long ${where}`)
    }
    await page.context().close()
    const empty = await pageOf(await personActing(site.app.database, { name: 'Ilze Tukša' }))
    await at(empty, '/applications')
    await scanned(empty, 'nothing')
    await empty.context().close()
  })
})
