import { countryName, fields } from '#modules/programmes'
import type { Language } from '#shared/texts/language.ts'
import type { App } from '../../../app.ts'
import { bodyKinds } from '../body.ts'
import { type Caller, may } from '#shared/identity/index.ts'
import { permission as askForAdvice } from '../actions/ask-for-advice.ts'
import { permission as editBody } from '../actions/save-body.ts'
import { type BodyListed, listBodies, permissions } from '../reads.ts'
import { filterBodies, readFilter } from '../filter.ts'

type Event = { locals: { app: App; language: Language; caller: Caller }; url: URL }

/** The bodies of today that fit what was chosen: those of a country first, then those of all Europe. */
export async function load({ locals: { app, language, caller }, url }: Event) {
  const all = await listBodies(app)
  const filter = readFilter(url.searchParams)
  const found = filterBodies(all, filter)
  const countries = [...new Set(all.flatMap(({ body }) => body.country ?? []))]
  const groups = [...countries.sort(byName(language)), null].map((country) => ({
    country,
    bodies: found
      .filter(({ body }) => body.country === country)
      .sort(managersFirst(language))
      .map(({ body, mandates }) => ({
        id: body.id,
        short: body.short,
        names: body.names,
        kinds: body.kinds,
        website: body.contacts.find(({ kind }) => kind === 'website')?.value ?? null,
        mandates: mandates.map(({ id, purpose, fields, countries, actions }) => ({
          id,
          purpose,
          fields,
          countries,
          actions
        }))
      }))
  }))
  const kinds = new Set(all.flatMap(({ body }) => body.kinds))
  return {
    filter,
    count: found.length,
    kinds: bodyKinds.filter((kind) => kinds.has(kind)),
    countries,
    fields: [...fields],
    groups: groups.filter(({ bodies }) => bodies.length > 0),
    // Doors for whoever has work here.
    doors: {
      desk: may(caller, permissions.deskOf, { body: 'any' }),
      ask: may(caller, askForAdvice, { organisation: 'any' }),
      add: may(caller, editBody)
    },
    query: url.searchParams.size > 0 ? url.search : '',
    actionNames: Object.fromEntries(
      [...app.programmes.programme.actions].map(([id, { action }]) => [id, action.names])
    )
  }
}

function byName(language: Language) {
  return (a: string, b: string) => countryName(a, language).localeCompare(countryName(b, language), language)
}

/** Those that decide on projects before those that help, each by name. */
function managersFirst(language: Language) {
  const rank = ({ mandates }: BodyListed) =>
    mandates.some(({ purpose }) => purpose === 'manages-actions') ? 0 : 1
  return (a: BodyListed, b: BodyListed) =>
    rank(a) - rank(b) || a.body.names[language].localeCompare(b.body.names[language], language)
}
