import { fail, redirect } from '@sveltejs/kit'
import { rowChange } from '#shared/design/row-change.ts'
import type { Language } from '#shared/texts/language.ts'
import { texts } from '#shared/texts/index.ts'
import type { App } from '../../../../app.ts'
import { readConsortiumText } from '../../consortium-file.server.ts'
import type { InputProblem } from '../../input-problem.ts'
import type { Knowledge } from '../../knowledge.ts'
import { readPasted } from '../../paste.ts'
import { mostPartners } from '../../read-consortium.ts'
import { consortiumFile } from '../../write-consortium.ts'
import type { Edition } from '../../edition.ts'
import type { Programmes } from '../../programmes.server.ts'
import { otherReadingsOf, sourcesOfRule } from '../../citations.server.ts'
import { checkView, type RuleLine } from './check-view.ts'
import { countryName } from '../../country-names.ts'
import { countryCodes } from '../../countries.ts'
import type { Choices } from './choices.ts'
import {
  draftFromFile,
  draftFromForm,
  emptyDraft,
  emptyPartner,
  fileFromDraft,
  isBlank,
  withoutRows,
  type Draft
} from './draft.ts'
import { exampleDraft } from './example.ts'
import { type ForCall, forCall } from './for-call.server.ts'
import type { CitedRules } from './rule-citation.ts'
import { readDraft, type FieldProblem } from './read-draft.ts'
import { packed, unpacked } from './share-link.ts'
import { withChanges } from './try-change.ts'

type Event = { locals: { app: App; language: Language }; url: URL; request: Request }

/** What happened to what somebody pasted or uploaded. */
type Told = { paste?: string; problems?: FieldProblem[]; damaged?: boolean; tooLong?: boolean }

/** The page: the form of the address, and what the rules say of it. */
export async function load({ locals: { app: whole, language }, url }: Event) {
  const { app, ...held } = await forCall(whole, url)
  const knowledge = app.programmes.knowledge
  const only = held.call?.actions.length === 1 ? held.call.actions[0]! : ''
  const asked = {
    // A call is of one edition.
    edition: held.call
      ? String(held.call.edition)
      : (url.searchParams.get('edition') ?? String(app.programmes.editions[0])),
    action: url.searchParams.get('action') ?? only
  }
  const link = url.searchParams.get('c')
  const shared = link === null ? undefined : await unpacked(link)
  const draft = shared
    ? draftFromFile(shared.value, language, asked)
    : emptyDraft(asked.edition, asked.action)
  return {
    check: pageOf(app, draft, language, knowledge, {
      held,
      asked: shared !== undefined,
      quiet: url.searchParams.has('d'),
      more: url.searchParams.get('more') ?? '',
      ...(link !== null && !shared && { damaged: true }),
      ...(shared && { link: link! })
    }),
    choices: choicesOf(app.programmes, draft.edition, language)
  }
}

/** One form, several buttons: whatever is pressed, everything typed comes along and comes back. */
export const actions = {
  default: async ({ locals: { app: whole, language }, url, request }: Event) => {
    const { app, ...held } = await forCall(whole, url)
    const form = await request.formData()
    const knowledge = app.programmes.knowledge
    const pressed = textOf(form, 'do')
    const typed = draftFromForm(form)
    const again = (draft: Draft, told: Told = {}) =>
      comeBack(app, draft, language, knowledge, { held, ...told })
    const change = rowChange(form, 'partners')
    if (change) {
      const changed =
        change.kind === 'remove'
          ? withoutRows(typed, new Set([change.index]))
          : { ...typed, partners: [...typed.partners, emptyPartner('partner')] }
      const { partners } = changed
      const row = change.kind === 'add' ? partners.length - 1 : Math.min(change.index, partners.length - 1)
      return await go(changed, url, `partners.${row}.name`, again, { d: '' })
    }
    if (pressed === 'example') return await go(exampleDraft(typed.edition, language), url, 'results', again)
    if (pressed.startsWith('more:')) {
      const row = pressed.slice(5)
      return await go(typed, url, `partners.${row}.charter`, again, { d: '', more: row })
    }
    if (pressed.startsWith('try:')) {
      return await go(withChanges(typed, stepsFrom(pressed.slice(4)), language), url, 'results', again)
    }

    const file = form.get('file')
    if (file instanceof File && file.size > 0) {
      const { request, problems } = readConsortiumText(new Uint8Array(await file.arrayBuffer()), knowledge, {
        today: todayOf(app)
      })
      if (!request)
        return fail(422, again(typed, { problems: problems.map((one) => ({ ...one, field: 'file' })) }))
      const asked = {
        edition: String(request.edition ?? typed.edition),
        action: request.action ?? ''
      }
      return await go(draftFromFile(consortiumFile(request), language, asked), url, 'results', again)
    }

    const pasted = textOf(form, 'paste')
    const { draft, left, problems } = withPasted(typed, pasted, language, knowledge)
    const told = { paste: left, problems }
    if (problems.length > 0) return fail(422, again(draft, told))
    const blank = draft.partners.flatMap((partner, index) => (isBlank(partner) ? [index] : []))
    const cleared = withoutRows(draft, new Set(blank))
    const read = readDraft(cleared, knowledge, todayOf(app))
    if (!read.request) {
      const partners = cleared.partners.length > 0 ? cleared.partners : emptyDraft('').partners
      return fail(422, again({ ...cleared, partners }, { problems: read.problems }))
    }
    return await go(cleared, url, 'results', again)
  }
}

/** Partners that could be read move from the box into the form; other lines stay, each with what is wrong. */
function withPasted(draft: Draft, pasted: string, language: Language, knowledge: Knowledge) {
  if (pasted.trim() === '') return { draft, left: '', problems: [] as FieldProblem[] }
  const { rows, unread, problems } = readPasted(pasted, knowledge)
  const clean = rows.filter((row) => row.partner && row.problems.length === 0)
  const partners = clean.map(({ partner }) => consortiumFile({ consortium: { partners: [partner!] } }))
  const added = partners.flatMap(
    (value) => draftFromFile(value, language, { edition: '', action: '' }).partners
  )
  const kept = draft.partners.filter((partner) => !isBlank(partner))
  // The first of a list is taken as the coordinator only while there is no other.
  const coordinated = kept.some(({ role }) => role === 'coordinator')
  const joined = added.map((partner) =>
    coordinated && partner.role === 'coordinator' ? { ...partner, role: 'partner' } : partner
  )
  const all = [...kept, ...joined]
  return {
    draft: { ...draft, partners: all.length > 0 ? all : draft.partners },
    left: [...rows.filter((row) => !clean.includes(row)).map(({ raw }) => raw), unread]
      .filter(Boolean)
      .join('\n'),
    problems: problems.map((problem: InputProblem): FieldProblem => ({
      ...problem,
      path: '',
      field: 'paste'
    }))
  }
}

/** Leads to the address that holds the form; where that would be too long, the page comes at once. */
async function go(
  draft: Draft,
  url: URL,
  place: string,
  again: (draft: Draft, told?: Told) => ReturnType<typeof comeBack>,
  besides: Record<string, string> = {}
) {
  const link = await packed(fileFromDraft(draft))
  if (link === undefined) return again(draft, { tooLong: true })
  const search = new URLSearchParams({ c: link, edition: draft.edition })
  if (draft.action) search.set('action', draft.action)
  const call = url.searchParams.get('call')
  if (call !== null) search.set('call', call)
  for (const [name, value] of Object.entries(besides)) search.set(name, value)
  return redirect(303, `${url.pathname}?${search}#${place}`)
}

function comeBack(app: App, draft: Draft, language: Language, knowledge: Knowledge, told: Told & Held) {
  return {
    check: pageOf(app, draft, language, knowledge, { asked: told.tooLong === true, quiet: false, ...told }),
    choices: choicesOf(app.programmes, draft.edition, language)
  }
}

type Held = { held: Omit<ForCall, 'app'> }
type Page = Told & Held & { asked: boolean; quiet: boolean; link?: string; more?: string }

/** What the page shows: the form, what is to be corrected, and the results where there are any. */
function pageOf(app: App, draft: Draft, language: Language, knowledge: Knowledge, page: Page) {
  const { programmes } = app
  const read = page.asked ? readDraft(draft, knowledge, todayOf(app)) : undefined
  const edition = read?.request && programmes.edition(read.request.edition!)
  const view =
    edition &&
    checkView(read.request!.consortium, draft.action || undefined, {
      edition,
      language,
      t: texts(language),
      rows: read.rows,
      today: todayOf(app)
    })
  const { call, unknown } = page.held
  return {
    draft,
    call: call && { code: call.code, title: call.title[language] },
    unknownCall: unknown,
    link: page.link,
    more: /^\d+$/.test(page.more ?? '') ? Number(page.more) : undefined,
    paste: page.paste ?? '',
    damaged: page.damaged === true,
    tooLong: page.tooLong === true,
    problems: page.problems ?? (page.quiet ? [] : (read?.problems ?? [])),
    warnings: page.quiet ? [] : (read?.warnings ?? []),
    view,
    cited: edition && draft.action ? citedRules(programmes, draft.action, edition.data.edition) : {},
    // For the script: rules that were not asked now may be asked after the next change.
    allRules: view?.opened ? unaskedRules(edition!, draft.action, language) : [],
    limit: mostPartners,
    today: todayOf(app)
  }
}

/** Everything the page shows, made by `pageOf`. */
export type PageState = ReturnType<typeof pageOf>

/** Where each rule of the action stands, for the opened action. */
function citedRules({ programme, edition }: Programmes, action: string, year: number): CitedRules {
  const rules = edition(year)?.actions.get(action)?.spec.rules ?? []
  return Object.fromEntries(
    rules.map(({ id }) => [
      id,
      {
        sources: sourcesOfRule(programme, action, id, year),
        otherReadings: otherReadingsOf(programme, action, id, year)
      }
    ])
  )
}

function unaskedRules(edition: Edition, action: string, language: Language): RuleLine[] {
  return (edition.actions.get(action)?.spec.rules ?? []).map(({ id, says, confidence }) => ({
    id,
    says: says[language],
    answer: 'unknown',
    group: 'open',
    reason: '',
    confidence
  }))
}

/** What the form offers to choose from, in the edition chosen. */
function choicesOf(programmes: Programmes, year: string, language: Language): Choices {
  const known = programmes.editions.find((one) => String(one) === year) ?? programmes.editions[0]!
  const { data } = programmes.edition(known)!
  return {
    editions: programmes.editions,
    actions: data.actions.map(({ spec, names }) => ({ id: spec.action, name: names[language] })),
    types: data.lexicon.types.map(({ id }) => ({ id, name: data.kinds[id]![language] })),
    functions: data.lexicon.functions.map((one) => ({
      id: one.id,
      name: data.kinds[one.id]![language],
      couldBe: one['could-be'] ?? []
    })),
    countries: countriesIn(language),
    questions: data.actions.flatMap(({ spec, questions }) =>
      questions.map((question) => ({ ...question, action: spec.action }))
    )
  }
}

const countries = new Map<Language, string[]>()

/** The names of all countries, in the order of the language. */
function countriesIn(language: Language): string[] {
  let names = countries.get(language)
  if (!names) {
    names = countryCodes
      .map((code) => countryName(code, language))
      .sort((a, b) => a.localeCompare(b, language))
    countries.set(language, names)
  }
  return names
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function stepsFrom(written: string): unknown[] {
  try {
    const steps: unknown = JSON.parse(written)
    return Array.isArray(steps) ? steps : []
  } catch {
    return []
  }
}

function todayOf({ clock }: App): string {
  return clock().toZonedDateTimeISO('Europe/Brussels').toPlainDate().toString()
}
