import { type Field, countryCode, countryCodes, countryName, fields } from '#modules/programmes'
import { listActions, listFamilies } from '#server/programmes'
import type { Language } from '#shared/texts/language.ts'
import type { App } from '../../../app.ts'
import { citationsOf } from '../citations.server.ts'
import { handlingInDetail } from '../reads.ts'

type Event = { locals: { app: App; language: Language }; url: URL }

/** What was asked, what can be asked, and who handles it. */
export async function load({ locals: { app, language }, url }: Event) {
  const asked = readQuestion(app, url.searchParams, language)
  const entry = listActions(app).find(({ action }) => action === asked.action)
  const existed = entry?.editions.includes(asked.edition) ?? false
  const handled =
    entry && existed ? await handlingInDetail(app, { ...asked, action: entry.action }) : undefined
  const families = listFamilies(app).map(({ id, names }) => ({
    names,
    actions: listActions(app)
      .filter(({ family }) => family === id)
      .map(({ action, names }) => ({ action, names }))
  }))
  return {
    asked: { ...asked, on: asked.on ?? '' },
    action: entry && {
      action: entry.action,
      names: entry.names,
      fields: entry.fields,
      editions: entry.editions
    },
    existed,
    lines: handled?.map((line) => ({
      ...line,
      handlers: line.handlers.map((handler) => ({
        ...handler,
        mandate: {
          ...handler.mandate,
          from: handler.mandate.from?.toString() ?? null,
          until: handler.mandate.until?.toString() ?? null,
          sources: citationsOf(app.programmes, handler.mandate.sources)
        }
      }))
    })),
    families,
    editions: app.programmes.editions,
    fields: [...fields],
    countries: countryCodes
      .map((code) => ({ code, name: countryName(code, language) }))
      .sort((a, b) => a.name.localeCompare(b.name, language)),
    actionNames: Object.fromEntries(listActions(app).map(({ action, names }) => [action, names]))
  }
}

type Asked = {
  action: string
  edition: number
  country: string | undefined
  field: Field | undefined
  on: string | undefined
}

/** Reads an address; what is not known counts as not said. A Latvian reader is taken to be in Latvia. */
function readQuestion({ programmes }: App, given: URLSearchParams, language: Language): Asked {
  const edition = Number(given.get('edition'))
  const country = given.get('country')
  const on = given.get('on') ?? ''
  return {
    action: given.get('action') ?? '',
    edition: programmes.editions.includes(edition) ? edition : programmes.editions[0]!,
    country: country === null ? (language === 'lv' ? 'LV' : undefined) : countryCode(country),
    field: fields.find((field) => field === given.get('field')),
    on: isDay(on) ? on : undefined
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}
