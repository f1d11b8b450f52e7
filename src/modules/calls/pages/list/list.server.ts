import type { Temporal } from 'temporal-polyfill'
import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { countryCodes, countryName, fold } from '#modules/programmes'
import { listActions } from '#server/programmes'
import { emailAddress } from '#shared/forms/fields.ts'
import { refuseForm } from '#shared/forms/page-answer.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn, may } from '#shared/identity/index.ts'
import { type Language, type Say, formatInstant, texts } from '#shared/texts/index.ts'
import { askToFollow } from '../../actions/ask-to-follow.ts'
import { followCalls } from '../../actions/follow-calls.ts'
import { type CallBody, bodyIn, calledIn } from '../../bodies.server.ts'
import type { Facet, ListedCall } from '../../catalogue.ts'
import { inLanguageOf } from '../../call.ts'
import { filterFrom, isAnyCall, queryOf } from '../../filter.ts'
import { ofTheBody } from '../../permissions.ts'
import { listCalls } from '../../reads.ts'
import { timeLeft } from '#shared/time/time-left.ts'

type Event = { locals: { app: App; language: Language; caller: Caller }; url: URL }

/** A choice of a facet, with the number of calls there would be. */
export type FacetChoice = { value: string; label: string; count: number }

/** The catalogue: the calls that fit, and where one can go from here. */
export async function load({ locals: { app, language, caller }, url }: Event) {
  const filter = filterFrom(url.searchParams)
  const { calls, counts, bodies, now } = await listCalls(app, filter)
  const names = new Map(listActions(app).map(({ action, names }) => [action, names[language]]))
  const known = (facet: Facet, label: (value: string) => string): FacetChoice[] =>
    [...new Set([...counts[facet].keys(), ...chosenOf(filter, facet)])]
      .map((value) => ({ value, label: label(value), count: counts[facet].get(value) ?? 0 }))
      .toSorted((a, b) => a.label.localeCompare(b.label, language))
  return {
    filter,
    query: queryOf(filter).toString(),
    any: isAnyCall(filter),
    signedIn: isSignedIn(caller),
    office: may(caller, ofTheBody, { body: 'any' }),
    told: toldOf(url),
    choices: {
      states: known('states', (value) => value),
      fields: known('fields', (value) => value),
      actions: known('actions', (value) => names.get(value) ?? value),
      kinds: known('kinds', (value) => value),
      bodies: known('bodies', (value) => calledIn(language, bodyIn(bodies, value))),
      countries: known('countries', (value) => countryName(value, language)),
      editions: known('editions', (value) => value).toReversed()
    },
    asker: {
      countries: countryCodes
        .map((value) => ({ value, label: countryName(value, language) }))
        .toSorted((a, b) => a.label.localeCompare(b.label, language)),
      types: app.programmes.programme.types.map(({ id, names }) => ({ value: id, label: names[language] }))
    },
    calls: calls.map((call) => lineOf(call, { names, bodies, language, now }))
  }
}

function toldOf(url: URL): 'asked' | 'following' | undefined {
  const told = url.searchParams.get('told')
  return told === 'asked' || told === 'following' ? told : undefined
}

/** Following the list as it is: with an account by one button, else with an address that is confirmed. */
export const actions = {
  follow: async (event: Event & { request: Request }) => {
    const { app, caller } = event.locals
    const outcome = await followCalls(app, caller, { list: filterFrom(event.url.searchParams) })
    if (isRefused(outcome)) return refuseForm(outcome, event, new FormData())
    redirect(303, backTo(event, 'following'))
  },
  ask: async (event: Event & { request: Request }) => {
    const { app, language } = event.locals
    const form = await event.request.formData()
    const read = readInput(z.object({ email: emailAddress() }), Object.fromEntries(form))
    if ('problems' in read) return refuseForm(refused('invalid', { problems: read.problems }), event, form)
    const list = filterFrom(event.url.searchParams)
    const outcome = await askToFollow(app, { email: read.data.email, language, list })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, backTo(event, 'asked'))
  }
}

function backTo({ locals: { language }, url }: Event, told: 'asked' | 'following'): string {
  const query = queryOf(filterFrom(url.searchParams))
  query.set('told', told)
  return `/${language}/calls?${query}#follow`
}

function chosenOf(filter: ReturnType<typeof filterFrom>, facet: Facet): string[] {
  return facet === 'editions' ? filter.editions.map(String) : [...filter[facet]]
}

type Naming = {
  /** Names of actions. */
  names: ReadonlyMap<string, string>
  bodies: ReadonlyMap<string, CallBody>
  language: Language
  now: Temporal.Instant
}

/** A call as a line of the list, in the reader's language. */
function lineOf(call: ListedCall, { names, bodies, language, now }: Naming) {
  const { card, code, kind, state, edition } = call
  const t = texts(language)
  const title = inLanguageOf(card.title, language)
  const opened = card.actions.map(({ action, round }) => ({ name: names.get(action) ?? action, round }))
  return {
    code,
    kind,
    state,
    edition,
    title,
    about: card.actions.length === 0 ? t(`calls.kind.${kind}`) : openedBeside(title, opened, t),
    fields: card.fields,
    cents: card.cents,
    body: calledIn(language, bodyIn(bodies, call.body)),
    corrigenda: call.corrigenda,
    opensAt: call.opensAt.toString(),
    closesAt: call.closesAt.toString(),
    opens: formatInstant(call.opensAt.toString(), language),
    closes: formatInstant(call.closesAt.toString(), language),
    left: state === 'open' ? timeLeft(now, call.closesAt) : undefined
  }
}

type Opened = { name: string; round: number | undefined }

/** What a call opens, as it stands under the title. An action whose name begins the title is not repeated. */
function openedBeside(title: string, opened: readonly Opened[], t: Say): string {
  const [only, ...others] = opened
  if (only && others.length === 0 && fold(title).startsWith(fold(only.name))) {
    return only.round ? t('calls.round', { round: only.round }) : ''
  }
  return opened
    .map(({ name, round }) => (round ? `${name} (${t('calls.round', { round })})` : name))
    .join(', ')
}

/** One line of the list. */
export type CallLine = ReturnType<typeof lineOf>
