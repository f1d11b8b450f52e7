import { mkdirSync } from 'node:fs'
import { startSite } from './running-site.ts'
import { launchBrowser } from './browser.ts'
import { worldAt } from './roles/world.ts'
import { personActing, signIn } from './cast/cast.ts'
import { inviteParticipant } from '../src/modules/applications/actions/invite-participant.ts'
import { uploadMandate } from '../src/modules/applications/actions/upload-mandate.ts'
import { signedPdf, signerNamed } from '../src/modules/applications/consortium/signatures/signatures.fixture.ts'
import { test } from 'node:test'
import { registerOrganisation } from '#server/organisations'
import { callerAgain } from './cast/cast.ts'

test('shots', async () => {
  const site = await startSite()
  const world = await worldAt(site)
  const { maria } = world.cast
  const code = world.application.code
  const app = site.app
  await app.database.updateTable('applications.application').set({ title: 'Lasīšanas tilti: skolu bibliotēkas visai kopienai' }).where('code','=',code).execute()
  const elena0 = await personActing(app.database, { name: 'Elena Bianchi', language: 'en' })
  const made: any = await registerOrganisation(app, elena0, { name: 'Liceo Scientifico Statale Galileo Ferraris di Torino', country: 'IT', city: 'Torino', type: 'school', seen: [] } as any)
  const elena = await callerAgain(app.database, elena0)
  const a: any = await inviteParticipant(app, maria, code, { organisation: made.code, role: 'partner' })
  const b: any = await inviteParticipant(app, maria, code, { name: 'Agrupamento de Escolas André de Gouveia, Évora', country: 'PT', email: 'rita.sousa@example.pt', language: 'en', role: 'partner' })
  const c: any = await inviteParticipant(app, maria, code, { name: 'Vilniaus apskrities Adomo Mickevičiaus viešoji biblioteka', country: 'LT', email: 'b@example.lt', language: 'en', role: 'associated', tasks: 'Vada lasītāju klubu un dalās ar metodiku, ko skolas izmēģina trešajā darba paketē.' })
  const { content } = await app.database.selectFrom('mail.message').select('content').where('recipient','=','rita.sousa@example.pt').where('kind','=','applications.invitation').executeTakeFirstOrThrow()
  const secret = /mandates\/([\w-]+)/.exec(JSON.stringify(content))![1]!
  const d: any = await inviteParticipant(app, maria, code, { name: 'Ikšķiles brīvā skola', country: 'LV', email: 'z@example.lv', role: 'partner' })
  await uploadMandate(app, maria, code, { participant: d.participant, content: [signedPdf(signerNamed('Rita Sousa'))] as any, name: 'm.pdf', language: 'lv' })
  const browser = await launchBrowser()
  mkdirSync('/tmp/shots', { recursive: true })
  const cookieOf = async (who: any) => { const c = await signIn(site, who); const [name, value] = c.split('='); return { name: name!, value: c.slice(name!.length + 1), url: site.address } }
  const shots: [string, any, string][] = [
    ['list', maria, `/applications/${code}/consortium`],
    ['invite', maria, `/applications/${code}/consortium/invitation?q=gimnazija`],
    ['invite-name', maria, `/applications/${code}/consortium/invitation?name=Escola`],
    ['invite-reg', maria, `/applications/${code}/consortium/invitation?organisation=${made.code}`],
    ['partner', maria, `/applications/${code}/consortium/${b.participant}`],
    ['signed', maria, `/applications/${code}/consortium/${d.participant}`],
    ['own', elena, `/applications/${code}/consortium/${a.participant}`],
    ['own-list', elena, `/applications/${code}/consortium`],
    ['link', undefined, `/applications/mandates/${secret}`],
    ['desk', world.cast.petra, `/applications/desk/${world.calls.published}/mandates`]
  ]
  const only = process.env.ONLY?.split(',')
  for (const [name, who, path] of shots) {
    if (only && !only.includes(name)) continue
    for (const [lang, width, scheme] of [['lv', 1200, 'light'], ['en', 390, 'dark']] as const) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })
      if (who) await context.addCookies([await cookieOf(who)])
      const page = await context.newPage()
      page.on('console', (m) => m.type() === 'error' && console.log(name, m.text()))
      const answer = await page.goto(`${site.address}/${lang}${path}`)
      if (answer?.status() !== 200) console.log(name, lang, answer?.status())
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
      if (wide) console.log(name, lang, 'scrolls sideways')
      await page.screenshot({ path: `/tmp/shots/${name}-${lang}.png`, fullPage: true })
      await context.close()
    }
  }
  await browser.close()
  await site.stop()
})
