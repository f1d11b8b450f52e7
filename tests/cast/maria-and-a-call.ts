import { startApplication } from '#server/applications'
import { registerOrganisation } from '#server/organisations'
import type { SignedIn } from '#shared/identity/index.ts'
import type { App } from '../../src/app.ts'
import { ok, publishedCall } from './calls-at-desk.ts'
import { callerAgain, castOf, personActing } from './cast.ts'

/** A call that is open, the officers who published it, and Maria, who signs for a school. */
export async function mariaAndACall(
  app: App
): Promise<{ call: string; petra: SignedIn; zane: SignedIn; maria: SignedIn; organisation: string }> {
  const { petra } = await castOf(app.database, { body: 'lv-viaa' })
  const officer = { role: 'officer', body: 'lv-viaa' } as const
  const zane = await personActing(app.database, { name: 'Zane Kalna', role: officer })
  const call = await publishedCall({ app, petra, zane })
  const person = await personActing(app.database, { name: 'Marta Ozola', language: 'lv' })
  const school = { name: 'Mārupes pamatskola', country: 'LV', city: 'Mārupe', type: 'school', seen: [] }
  const { organisation } = ok(await registerOrganisation(app, person, school))
  return { call, petra, zane, maria: await callerAgain(app.database, person), organisation }
}

/** The same, with an application that she began. */
export async function mariasDraft(app: App) {
  const begun = await mariaAndACall(app)
  const { code } = ok(
    await startApplication(app, begun.maria, {
      ...{ call: begun.call, organisation: begun.organisation, title: 'Lasīšanas tilti' },
      ...{ action: 'cooperation-partnerships', field: 'school', language: 'lv' }
    })
  )
  return { ...begun, code }
}
