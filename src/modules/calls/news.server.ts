import type { Temporal } from 'temporal-polyfill'
import { listActions, type Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { CalendarEntry, NewsEntry } from '#shared/feeds/index.ts'
import { type Language, formatInstant, formatList, formatMoney, texts } from '#shared/texts/index.ts'
import { type CallBody, bodyIn } from './bodies.server.ts'
import { inLanguageOf } from './call.ts'
import type { ListedCall } from './catalogue.ts'
import { publishedCorrigendaOf } from './corrigenda-store.server.ts'

/** What putting lists into words of a language needs; `origin` is the site's address, such as https://kopa.example. */
export type Wording = {
  language: Language
  origin: string
  bodies: ReadonlyMap<string, CallBody>
  /** Names of actions by id. */
  actions: ReadonlyMap<string, string>
}

export function wordingFor(
  app: { programmes: Programmes },
  bodies: ReadonlyMap<string, CallBody>,
  { language, origin }: { language: Language; origin: string }
): Wording {
  const actions = listActions(app).map(({ action, names }) => [action, names[language]] as const)
  return { language, origin, bodies, actions: new Map(actions) }
}

/** Where the page of a call is, for those outside it. */
export function pageOf({ code }: { code: string }, { language, origin }: Wording): string {
  return `${origin}/${language}/calls/${code}`
}

/** The deadline of a call as an entry of a calendar: known again after each corrigendum. */
export function deadlineEntry(call: ListedCall, wording: Wording): CalendarEntry {
  const { language } = wording
  const t = texts(language)
  return {
    uid: `${call.id}@kopa`,
    sequence: call.corrigenda,
    at: call.closesAt,
    changedAt: call.changedAt,
    title: t('calls.feed.deadline', { title: inLanguageOf(call.card.title, language) }),
    text: linesOf(call, wording).join('\n'),
    page: pageOf(call, wording)
  }
}

/** Calls and their corrigenda as news, the newest first. */
export async function newsOf(
  database: Database,
  calls: readonly ListedCall[],
  wording: Wording
): Promise<NewsEntry[]> {
  const { language } = wording
  const t = texts(language)
  const byId = new Map(calls.map((call) => [call.id, call]))
  const corrigenda = await publishedCorrigendaOf(database, [...byId.keys()])
  const published = calls.map((call): NewsEntry => ({
    id: `urn:uuid:${call.id}`,
    title: inLanguageOf(call.card.title, language),
    text: linesOf(call, wording).join('\n'),
    page: pageOf(call, wording),
    publishedAt: call.publishedAt,
    changedAt: call.changedAt,
    tags: call.card.fields.map((field) => t(`rules.field.${field}`))
  }))
  const corrected = corrigenda.map(({ id, call, number, reason, publishedAt }): NewsEntry => {
    const of = byId.get(call)!
    return {
      id: `urn:uuid:${id}`,
      title: t('calls.feed.corrigendum', { number, title: inLanguageOf(of.card.title, language) }),
      text: inLanguageOf(reason, language),
      page: `${pageOf(of, wording)}#corrigendum-${number}`,
      publishedAt,
      changedAt: publishedAt,
      tags: of.card.fields.map((field) => t(`rules.field.${field}`))
    }
  })
  return [...published, ...corrected].toSorted((a, b) =>
    b.publishedAt.epochNanoseconds > a.publishedAt.epochNanoseconds ? 1 : -1
  )
}

/** When anything in a list changed last; undefined for an empty one. */
export function lastChange(
  entries: readonly { changedAt: Temporal.Instant }[]
): Temporal.Instant | undefined {
  return entries
    .map(({ changedAt }) => changedAt)
    .toSorted((a, b) => (a.epochNanoseconds > b.epochNanoseconds ? -1 : 1))[0]
}

/** What matters most about a call, a line each. */
function linesOf(call: ListedCall, wording: Wording): string[] {
  const { language, bodies, actions } = wording
  const t = texts(language)
  const body = bodyIn(bodies, call.body)
  const opened = call.card.actions.map(({ action, fields, round }) => {
    const named = fields.map((field) => t(`rules.field.${field}`))
    const more = round ? [...named, t('calls.round', { round })] : named
    return `${actions.get(action) ?? action}: ${formatList(more, language)}`
  })
  return [
    body.names[language],
    ...opened,
    `${t('calls.opens')}: ${formatInstant(call.opensAt.toString(), language)}`,
    `${t('calls.deadline')}: ${formatInstant(call.closesAt.toString(), language)}`,
    ...(call.card.cents === null
      ? []
      : [`${t('calls.field.budget')}: ${formatMoney(call.card.cents, language)}`])
  ]
}
