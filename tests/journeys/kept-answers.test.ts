import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { inviteParticipant, saveAnswer } from '#server/applications'
import { registerOrganisation } from '#server/organisations'
import { removeParticipant } from '../../src/modules/applications/actions/remove-participant.ts'
import { answersOf } from '../../src/modules/applications/answers-store.server.ts'
import { findOutline } from '../../src/modules/applications/outline.server.ts'
import { launchBrowser } from '../browser.ts'
import { ok } from '../cast/calls-at-desk.ts'
import { callerAgain, personActing } from '../cast/cast.ts'
import { mariasDraft } from '../cast/maria-and-a-call.ts'
import { pageOf } from '../page-of.ts'
import { type RunningSite, startSite } from '../running-site.ts'

const row = 'workpa10'
const lead = `work-packages.${row}.lead`
const partners = `work-packages.${row}.partners`

/** A work package is led by a partner, who is taken out; then two choose another one at the same time. */
suite('What was chosen stays until somebody chooses', () => {
  let site: RunningSite
  let browser: Browser
  let draft: Awaited<ReturnType<typeof mariasDraft>>
  let own = ''
  let gone = ''

  before(async () => {
    site = await startSite()
    browser = await launchBrowser()
    const { app } = site
    draft = await mariasDraft(app)
    const { code, maria } = draft
    const jonas = await personActing(app.database, { name: 'Jonas Petraitis' })
    const school = { name: 'Vilniaus gimnazija', country: 'LT', city: 'Vilnius', type: 'school', seen: [] }
    const organisation = ok(await registerOrganisation(app, jonas, school)).code
    await callerAgain(app.database, jonas)
    ok(await inviteParticipant(app, maria, code, { organisation, role: 'partner' }))
    const { participants } = (await findOutline(app.database, code))!
    ;[own, gone] = participants.map((one) => one.id) as [string, string]
    const save = async (path: string, value: never) =>
      ok(await saveAnswer(app, maria, code, path, { base: (await at(path))?.version ?? 0, value }))
    await save('work-packages', [row] as never)
    await save(lead, gone as never)
    await save(partners, [own, gone] as never)
    ok(await removeParticipant(app, maria, code, { participant: gone, given: {} }))
  })

  after(async () => {
    await browser.close()
    await site.stop()
  })

  const at = async (path: string) =>
    (await answersOf(site.app.database, (await findOutline(site.app.database, draft.code))!.id)).get(path)

  const openRow = async (page: Page, language = 'lv') => {
    await page.goto(
      `${site.address}/${language}/applications/${draft.code}/sections/work-packages?row=${row}`
    )
    await page.locator(`[data-question="${lead}"]`).waitFor()
  }

  test('Maria opens the row of a partner who left: nothing changes, and she sees who it was', async () => {
    const page = await pageOf({ site, browser }, draft.maria)
    await openRow(page)
    await page.waitForTimeout(2500)
    assert.equal(await page.getByText('Vairs nepiedalās: Vilniaus gimnazija').count(), 2)
    await page.close()
    assert.deepEqual([(await at(lead))?.value, (await at(lead))?.version], [gone, 1])
    assert.deepEqual((await at(partners))?.value, [own, gone])
  })

  test('without script the row is saved with it, too', async () => {
    const page = await pageOf({ site, browser }, draft.maria, { javaScriptEnabled: false })
    await openRow(page)
    await page.locator(`[name="work-packages.${row}.title"]`).fill('Lasīšanas klubi')
    await page.getByRole('button', { name: 'Saglabāt', exact: true }).first().click()
    await page.waitForLoadState()
    await page.close()
    assert.equal((await at(`work-packages.${row}.title`))?.text, 'Lasīšanas klubi')
    assert.deepEqual([(await at(lead))?.value, (await at(lead))?.version], [gone, 1])
    assert.equal((await at(partners))?.version, 1)
  })

  test('two choose differently: whoever comes second sees the other answer, and whose it is', async () => {
    const page = await pageOf({ site, browser }, draft.maria)
    await openRow(page)
    await page.context().setOffline(true)
    await page.locator(`[name="${partners}"][value="${own}"]`).uncheck()
    const other = { base: 1, value: [own] }
    ok(await saveAnswer(site.app, draft.maria, draft.code, partners, other))
    await page.context().setOffline(false)
    const notice = page.locator(`[data-question="${partners}"] [data-theirs]`)
    await notice.getByText('Marta Ozola').waitFor()
    await notice.getByText('Mārupes pamatskola').waitFor()
    await notice.getByRole('button', { name: 'Atstāt otra atbildi' }).click()
    await notice.waitFor({ state: 'detached' })
    await page
      .locator(`[data-question="${partners}"] [data-state]`)
      .filter({ hasText: 'Saglabāts' })
      .waitFor()
    assert.equal(await page.locator(`[name="${partners}"][value="${own}"]`).isChecked(), true)
    await page.close()
    assert.deepEqual((await at(partners))?.value, [own])
  })

  test('without script both answers stand there, too, with the name of who gave the other', async () => {
    const page = await pageOf({ site, browser }, draft.maria, { javaScriptEnabled: false })
    await page.goto(`${site.address}/lv/applications/${draft.code}/sections/project`)
    const months = 'project.duration-months'
    await page.locator(`[name="${months}"]`).fill('24')
    ok(await saveAnswer(site.app, draft.maria, draft.code, months, { base: 0, value: 18 }))
    await page.getByRole('button', { name: 'Saglabāt', exact: true }).first().click()
    const notice = page.locator(`[data-question="${months}"] [data-theirs]`)
    await notice.getByText('Marta Ozola').waitFor()
    await notice.getByText('18').waitFor()
    assert.equal(await page.locator(`[name="${months}"]`).inputValue(), '24')
    await notice.getByRole('button', { name: 'Saglabāt manējo' }).click()
    await notice.waitFor({ state: 'detached' })
    assert.equal((await at(months))?.value, 24)
    await page.close()
  })
})
