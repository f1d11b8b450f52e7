import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { saveBudgetLine, startApplication } from '#server/applications'
import { registerOrganisation } from '#server/organisations'
import type { SignedIn } from '#shared/identity/index.ts'
import { changeParticipant } from '../../src/modules/applications/actions/change-participant.ts'
import { inviteParticipant } from '../../src/modules/applications/actions/invite-participant.ts'
import { answersOf } from '../../src/modules/applications/answers-store.server.ts'
import { findOutline } from '../../src/modules/applications/outline.server.ts'
import { launchBrowser } from '../browser.ts'
import { answer, completeOf, tellFacts } from '../cast/complete-application.ts'
import { body, ok, publishedCall } from '../cast/calls-at-desk.ts'
import { callerAgain, castOf, personActing, signIn } from '../cast/cast.ts'
import { hasWhole } from '../cast/word-writers.ts'
import { type RunningSite, startSite } from '../running-site.ts'

/** Four schools of three countries write one application in four browsers, and hand it in. */
suite('A consortium of four', () => {
  let site: RunningSite
  let browser: Browser
  let code: string
  const people: Record<string, SignedIn> = {}
  const windows: Record<string, { context: BrowserContext; page: Page }> = {}

  const schools = {
    Maria: { name: 'Mārupes pamatskola', country: 'LV' },
    Jonas: { name: 'Vilniaus gimnazija', country: 'LT' },
    Elena: { name: 'Liceo di Torino', country: 'IT' },
    Toms: { name: 'Talsu vidusskola', country: 'LV' }
  } as const
  const names = Object.keys(schools) as (keyof typeof schools)[]
  const partners = names.slice(1)

  before(async () => {
    site = await startSite()
    browser = await launchBrowser()
    const { app } = site
    const codes: Record<string, string> = {}
    for (const name of names) {
      const person = await personActing(app.database, { name: `${name} Kopīgais` })
      const school = { ...schools[name], city: 'Centrs', type: 'school', seen: [] }
      codes[name] = ok(await registerOrganisation(app, person, school)).code
      people[name] = await callerAgain(app.database, person)
    }
    const cast = await castOf(app.database, { body })
    const officer = { role: 'officer', body } as const
    const zane = await personActing(app.database, { name: 'Zane Kalna', role: officer })
    const call = await publishedCall({ app, petra: cast.petra, zane })
    const begun = { action: 'cooperation-partnerships', field: 'school', language: 'lv', call }
    const { organisation } = people.Maria!.acting as { organisation: string }
    const given = { ...begun, organisation, title: 'Lasīšanas tilti' }
    code = ok(await startApplication(app, people.Maria!, given)).code
    for (const name of partners) {
      ok(await inviteParticipant(app, people.Maria!, code, { organisation: codes[name], role: 'partner' }))
    }
    for (const name of names) windows[name] = await windowOf(people[name]!)
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  async function windowOf(somebody: SignedIn) {
    const context = await browser.newContext({ locale: 'lv-LV' })
    const [name = '', value = ''] = (await signIn(site, somebody)).split('=')
    await context.addCookies([{ name, value, url: site.address }])
    return { context, page: await context.newPage() }
  }

  const at = (name: string, path = '') =>
    windows[name]!.page.goto(`${site.address}/lv/applications/${code}${path}`)
  const box = (name: string, path: string) => windows[name]!.page.locator(`[name="${path}"]`)
  const press = (name: string, button: string | RegExp) =>
    windows[name]!.page.getByRole('button', { name: button }).first().click()

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + 60_000 // not of a guide: milliseconds
    while (!(await holds())) {
      if (performance.now() > end) assert.fail(`Not within a minute: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  const textOf = async (path: string) =>
    (await answersOf(site.app.database, (await findOutline(site.app.database, code))!.id)).get(path)?.text ??
    ''

  /** What no window of this story writes. */
  async function restIsAnswered(): Promise<void> {
    const { app } = site
    const maria = people.Maria!
    const outline = (await findOutline(app.database, code))!
    const there = await answersOf(app.database, outline.id)
    const rest = Object.entries(await completeOf(app, outline)).filter(([path]) => !there.get(path)?.length)
    await answer(app.database, outline.id, maria.person, Object.fromEntries(rest))
    await tellFacts(app.database, outline, maria.person)
    const participant = outline.participants[0]!.id
    for (const [category, cents] of [
      ['work-packages', 96_000_00],
      ['management-work-package', 24_000_00]
    ] as const) {
      const line = { category, participant, title: 'Darbi', workPackage: 'workpa10', cents }
      ok(await saveBudgetLine(app, maria, code, { id: `${category.slice(0, 4)}line`, seen: 0, line }))
    }
  }

  test('Jonas, Elena and Toms agree to take part, each in a window of their own', async () => {
    const asked = (await findOutline(site.app.database, code))!
    for (const [place, name] of partners.entries()) {
      await at(name, `/consortium/${asked.participants[place + 1]!.id}`)
      await windows[name]!.page.getByRole('checkbox').first().check()
      await press(name, 'Dot pilnvaru')
      await windows[name]!.page.getByText('Pilnvara ir dota').first().waitFor()
    }
    const outline = (await findOutline(site.app.database, code))!
    assert.deepEqual(
      outline.participants.map(({ state }) => state),
      ['accepted', 'accepted', 'accepted', 'accepted']
    )
    for (const { id } of outline.participants.slice(1)) {
      const change = { participant: id, given: { edits: 'all' } }
      ok(await changeParticipant(site.app, people.Maria!, code, change))
    }
  })

  test('all four write in one answer; Elena goes offline, writes on, and comes back: every word stays', async () => {
    const summary = 'project.summary'
    await Promise.all(names.map((name) => at(name, '/sections/project')))
    for (const name of names) await box(name, summary).pressSequentially(`${name} lasa. `, { delay: 5 })
    await until('Maria sees what all wrote', async () => {
      const seen = await box('Maria', summary).inputValue()
      return names.every((name) => hasWhole(seen, `${name} lasa.`))
    })

    await windows.Elena!.context.setOffline(true)
    await box('Elena', summary).press('Control+End')
    await box('Elena', summary).pressSequentially('Elena raksta vilcienā bez tīkla. ', { delay: 5 })
    await windows.Elena!.page.getByText('Nav savienojuma').first().waitFor()
    await box('Jonas', summary).press('Control+Home')
    await box('Jonas', summary).pressSequentially('Jonas sāk no gala. ', { delay: 5 })
    await box('Toms', summary).press('Control+End')
    await box('Toms', summary).pressSequentially('Toms liek punktu. ', { delay: 5 })
    await until('what the others wrote is kept', async () => {
      const kept = await textOf(summary)
      return kept.includes('Jonas sāk no gala.') && kept.includes('Toms liek punktu.')
    })
    assert.ok(!(await textOf(summary)).includes('vilcienā'))

    await windows.Elena!.context.setOffline(false)
    const sentences = [
      ...names.map((name) => `${name} lasa.`),
      'Elena raksta vilcienā bez tīkla.',
      'Jonas sāk no gala.',
      'Toms liek punktu.'
    ]
    await until('every window shows one text with every word', async () => {
      const seen = await Promise.all(names.map((name) => box(name, summary).inputValue()))
      return new Set(seen).size === 1 && sentences.every((sentence) => hasWhole(seen[0]!, sentence))
    })
    assert.equal(await textOf(summary), await box('Maria', summary).inputValue())
  })

  test('two replace the same word, one of them offline: both words stand whole, in every window', async () => {
    const summary = 'project.summary'
    const replace = async (name: string, word: string) => {
      await box(name, summary).evaluate((field: HTMLTextAreaElement) => {
        const at = field.value.indexOf('punktu')
        field.setSelectionRange(at, at + 'punktu'.length)
      })
      await box(name, summary).pressSequentially(word, { delay: 5 })
    }
    await windows.Elena!.context.setOffline(true)
    await replace('Elena', 'pusi')
    await replace('Jonas', 'pamatakmeni')
    await until('the word of Jonas is kept', async () => hasWhole(await textOf(summary), 'pamatakmeni'))
    await windows.Elena!.context.setOffline(false)
    await until('every window shows both words whole', async () => {
      const seen = await Promise.all(names.map((name) => box(name, summary).inputValue()))
      return new Set(seen).size === 1 && hasWhole(seen[0]!, 'Toms liek pamatakmeni pusi.')
    })
    assert.ok(!(await textOf(summary)).includes('punktu'))
  })

  test('each writes about their own school at the same time', async () => {
    const { participants } = (await findOutline(site.app.database, code))!
    const own = new Map(names.map((name, at) => [name, `profile@${participants[at]!.id}.background`]))
    await Promise.all(
      names.map(async (name, place) => {
        await at(name, `/sections/profile?participant=${participants[place]!.id}`)
        await box(name, own.get(name)!).fill(`${schools[name].name} lasa kopš 1919. gada.`)
      })
    )
    await until('all four are kept', async () => {
      const kept = await Promise.all([...own.values()].map(textOf))
      return kept.every((text, place) => text.includes(schools[names[place]!].name))
    })
  })

  test('Maria signs for all and hands in; every window has the same receipt', async () => {
    await restIsAnswered()
    await at('Maria', '/submission')
    const { page } = windows.Maria!
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id }) => id),
      []
    )
    await page.getByRole('checkbox').first().check()
    await press('Maria', /^Iesniegt/)
    await page.waitForURL(/\/receipt/)
    const receipts = []
    for (const name of names) {
      await at(name, '/receipt')
      receipts.push(/[0-9a-f]{64}/.exec(await windows[name]!.page.locator('main').innerText())?.[0])
    }
    assert.equal(new Set(receipts).size, 1)
    assert.ok(receipts[0])
  })
})
