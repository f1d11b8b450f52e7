import { error } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import {
  type NewsFeed,
  answerFeed,
  writeAtom,
  writeCalendar,
  writeJsonFeed,
  writeRss
} from '#shared/feeds/index.ts'
import { type CsvColumn, writeCsv } from '#shared/spreadsheets/write-csv.ts'
import { type Language, formatList, texts } from '#shared/texts/index.ts'
import { localMomentOf } from '#shared/time/index.ts'
import { bodyIn } from '../../bodies.server.ts'
import { inLanguageOf } from '../../call.ts'
import type { ListedCall } from '../../catalogue.ts'
import { anyCall, filterFrom, queryOf } from '../../filter.ts'
import { publicStates } from '../../life.ts'
import { type Wording, deadlineEntry, lastChange, newsOf, pageOf, wordingFor } from '../../news.server.ts'
import { listCalls } from '../../reads.ts'

type Event = { locals: { app: App }; params: { lang: Language }; url: URL; request: Request }
type CallEvent = Event & { params: { call: string } }

/** The deadlines of a list as a calendar. */
export async function calendar({ locals: { app }, params, url, request }: Event): Promise<Response> {
  const { calls, wording } = await asked(app, params.lang, url)
  const text = writeCalendar({
    name: texts(params.lang)('calls.feed.calendar'),
    language: params.lang,
    address: url.href,
    entries: calls.map((call) => deadlineEntry(call, wording))
  })
  return answerFeed('calendar', text, request, 'kopa-deadlines.ics')
}

/** The deadline of one call as a calendar. */
export async function callCalendar({ locals: { app }, params, url, request }: CallEvent): Promise<Response> {
  const { calls, bodies } = await listCalls(app, { ...anyCall, states: [...publicStates] })
  const call = calls.find(({ code }) => code === params.call)
  if (!call) error(404, { message: 'no such call' })
  const wording = wordingFor(app, bodies, { language: params.lang, origin: url.origin })
  const text = writeCalendar({
    name: inLanguageOf(call.card.title, params.lang),
    language: params.lang,
    address: url.href,
    entries: [deadlineEntry(call, wording)]
  })
  return answerFeed('calendar', text, request, `${call.code}.ics`)
}

export async function atom(event: Event): Promise<Response> {
  return answerFeed('atom', writeAtom(await feedOf(event)), event.request, 'kopa-calls.atom')
}

export async function rss(event: Event): Promise<Response> {
  return answerFeed('rss', writeRss(await feedOf(event)), event.request, 'kopa-calls.rss')
}

export async function json(event: Event): Promise<Response> {
  return answerFeed('json', writeJsonFeed(await feedOf(event)), event.request, 'kopa-calls.json')
}

/** The list as a table. */
export async function csv({ locals: { app }, params, url, request }: Event): Promise<Response> {
  const { calls, wording } = await asked(app, params.lang, url)
  return answerFeed('csv', writeCsv(columnsIn(wording), calls), request, 'kopa-calls.csv')
}

/** The calls that the address asks for, and how to put them into words. */
async function asked(app: App, language: Language, url: URL) {
  const filter = filterFrom(url.searchParams)
  const { calls, bodies } = await listCalls(app, filter)
  return { filter, calls, wording: wordingFor(app, bodies, { language, origin: url.origin }) }
}

async function feedOf({ locals: { app }, params, url }: Event): Promise<NewsFeed> {
  const { filter, calls, wording } = await asked(app, params.lang, url)
  const t = texts(params.lang)
  const entries = await newsOf(app.database, calls, wording)
  const query = queryOf(filter).toString()
  return {
    id: `urn:kopa:calls:${params.lang}:${query}`,
    title: t('calls.feed.title'),
    language: params.lang,
    author: t('site.name'),
    address: url.href,
    page: `${url.origin}/${params.lang}/calls${query === '' ? '' : `?${query}`}`,
    // Of an empty list nothing ever changed.
    changedAt: lastChange(entries) ?? app.clock().round('hour'),
    entries
  }
}

function columnsIn(wording: Wording): CsvColumn<ListedCall>[] {
  const { language, bodies, actions } = wording
  const t = texts(language)
  const brussels = (call: ListedCall, which: 'opensAt' | 'closesAt') => {
    const { day, hour } = localMomentOf(call[which])
    return `${day} ${hour}`
  }
  return [
    { heading: t('calls.column.code'), value: ({ code }) => code },
    { heading: t('calls.field.title'), value: ({ card }) => inLanguageOf(card.title, language) },
    { heading: t('calls.filter.states'), value: ({ state }) => t(`calls.state.${state}`) },
    { heading: t('calls.filter.kinds'), value: ({ kind }) => t(`calls.kind.${kind}`) },
    { heading: t('calls.filter.bodies'), value: ({ body }) => bodyIn(bodies, body).names[language] },
    { heading: t('calls.filter.countries'), value: ({ country }) => country },
    { heading: t('calls.filter.editions'), value: ({ edition }) => edition },
    {
      heading: t('calls.filter.actions'),
      value: ({ card }) =>
        formatList(
          card.actions.map(({ action }) => actions.get(action) ?? action),
          language
        )
    },
    {
      heading: t('calls.filter.fields'),
      value: ({ card }) =>
        formatList(
          card.fields.map((field) => t(`rules.field.${field}`)),
          language
        )
    },
    { heading: t('calls.column.opens'), value: (call) => brussels(call, 'opensAt') },
    { heading: t('calls.column.deadline'), value: (call) => brussels(call, 'closesAt') },
    { heading: t('calls.column.deadline-utc'), value: ({ closesAt }) => closesAt.toString() },
    {
      heading: t('calls.column.euro'),
      value: ({ card }) => (card.cents === null ? undefined : card.cents / 100)
    },
    { heading: t('calls.column.corrigenda'), value: ({ corrigenda }) => corrigenda },
    { heading: t('calls.column.page'), value: (call) => pageOf(call, wording) }
  ]
}
