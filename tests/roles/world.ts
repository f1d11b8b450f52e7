import { randomUUID } from 'node:crypto'
import { registerOrganisation } from '#server/organisations'
import { isRefused } from '#shared/forms/refused.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { type Cast, castOf, personActing } from '../cast/cast.ts'
import type { RunningSite } from '../running-site.ts'

/** What the walk walks through: the cast at a running site, and things that belong to them. */
export type World = {
  site: RunningSite
  cast: Cast
  /** Maria's school, to which the things at hand belong, and that of Jonas, who is from elsewhere. */
  school: Organisation
  otherSchool: Organisation
  /** Petra's body, to which the things at hand belong. */
  body: string
  /** What nobody may read whom it does not concern. */
  secrets: Secret[]
}

export type Organisation = { id: string; code: string; name: string }

/** A text that stands in something private, and who may read it: the answer of a permission. */
export type Secret = { text: string; what: string; open: (reader: SignedIn | undefined) => boolean }

/** Fills a running site. */
export async function worldAt(site: RunningSite): Promise<World> {
  const { database } = site.app
  const founder = await personActing(database, { name: 'Dina Dibinātāja', language: 'lv' })
  const school = await organisation(site, founder, 'Rīgas Zīļu pamatskola')
  const otherSchool = await organisation(site, founder, 'Kauno Gintaro gimnazija')
  const body = 'lv-viaa'
  const cast = await castOf(database, { mariasSchool: school.id, jonasSchool: otherSchool.id, body })
  return { site, cast, school, otherSchool, body, secrets: [] }
}

async function organisation(site: RunningSite, founder: SignedIn, name: string): Promise<Organisation> {
  const registered = await registerOrganisation(site.app, founder, { name, country: 'LV', type: 'school' })
  if (isRefused(registered)) throw new Error(`${name}: ${JSON.stringify(registered)}`)
  return { id: registered.organisation, code: registered.code, name }
}

/** A text that stands nowhere else. */
export function marker(what: string): string {
  return `${what}-${randomUUID().slice(0, 8)}`
}
