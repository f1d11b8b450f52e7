import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type {
  ActionLine,
  ChangeSet,
  CheckView,
  CountryTile,
  OpenedAction,
  RuleLine,
  Tally
} from './check-view.ts'
import {
  changesText,
  groupText,
  inTheWayText,
  mostCards,
  summaryText,
  tallyText,
  tileText
} from './check-words.ts'
import { barParts } from './verdict-bar.ts'

export type LiveTexts = Say<KeysOf<'check' | 'rules' | 'input'>>
type Shown = { t: LiveTexts; language: Language; edition: string; link: string | undefined }

/** Writes the answers into the page the server made; new parts are cloned from its templates. */
export function showResults(view: CheckView, shown: Shown) {
  const results = document.querySelector<HTMLElement>('[data-live-results]')
  if (!results) return
  const { t, language } = shown
  results.hidden = false
  hide(document.querySelector('[data-live-start]'), true)
  hide(results.querySelector('[data-live-stale]'), true)
  say(results, 'summary', summaryText(view, t, language))
  list(
    results,
    'tiles',
    'tiles',
    view.tiles,
    ({ code }) => code,
    (item, tile) => fillTile(item, tile, t)
  )
  if (view.opened) fillOpened(results.querySelector('[data-opened]')!, view.opened, t)
  else {
    const href = (action: string) => {
      const search = new URLSearchParams({
        ...(shown.link && { c: shown.link }),
        edition: shown.edition,
        action
      })
      return `/${language}/eligibility-checks?${search}#results`
    }
    list(
      results,
      'actions',
      'actions',
      view.actions,
      ({ action }) => action,
      (item, line) => fillLine(item, line, href(line.action), t)
    )
  }
}

/** The form cannot be read just now: says why, and that the answers below are older. */
export function showStale(why: string, t: LiveTexts) {
  const stale = document.querySelector<HTMLElement>('[data-live-stale]')
  if (!stale) return
  stale.hidden = false
  stale.textContent = `${why} ${t('check.stale')}`
}

function fillLine(item: HTMLElement, line: ActionLine, href: string, t: LiveTexts) {
  item.dataset.action = line.action
  const link = part<HTMLAnchorElement>(item, 'name')
  if (link) {
    link.textContent = line.name
    link.href = href
  }
  verdict(item, line.answer)
  bar(item, line.tally)
  say(item, 'tally', tallyText(line.tally, t))
  say(item, 'way', inTheWayText(line, t))
}

function fillTile(item: HTMLElement, tile: CountryTile, t: LiveTexts) {
  item.dataset.code = tile.code
  item.dataset.set = tile.set
  item.toggleAttribute('data-coordinates', tile.coordinates)
  item.title = tile.name
  say(item, 'code', tile.code)
  say(item, 'count', tile.organisations > 1 ? String(tile.organisations) : '')
  say(item, 'said', tileText(tile, t))
}

function fillOpened(article: HTMLElement, opened: OpenedAction, t: LiveTexts) {
  verdict(article, opened.answer)
  bar(article, opened.tally)
  say(article, 'tally', tallyText(opened.tally, t))
  section(article, 'points', opened.open.length)
  list(
    article,
    'open',
    'open',
    opened.open,
    ({ field, text }) => field + text,
    (item, { text, field }) => {
      const link = part<HTMLAnchorElement>(item, 'point')
      if (!link) return
      link.textContent = text
      link.setAttribute('href', `#${field}`)
    }
  )
  list(
    article,
    'warnings',
    'warnings',
    opened.warnings,
    (text) => text,
    (item, text) => say(item, 'text', text)
  )
  section(article, 'changes', opened.noWay ? 1 : opened.changeSets.length)
  say(article, 'changes-said', changesText(opened, t))
  const further = opened.changeSets.slice(mostCards)
  const sets = (name: string, given: readonly ChangeSet[], before: number) =>
    list(
      article,
      name,
      'changes',
      given,
      (_, index) => String(index),
      (item, set, index) => fillSet(item, set, before + index + 1, t)
    )
  sets('changes', opened.changeSets.slice(0, mostCards), 0)
  section(article, 'further', further.length)
  say(article, 'further', t('check.changes.further', { count: further.length }))
  sets('further', further, mostCards)
  for (const group of ['not-met', 'open', 'met', 'worth-knowing', 'form', 'assessor'] as const) {
    const rules = opened.rules.filter((rule) => rule.group === group)
    const heading = section(article, group, rules.length)
    if (heading) say(heading, 'heading', groupText(group, rules.length, t))
    list(article, `rules-${group}`, 'rules', rules, ({ id }) => id, fillRule)
  }
}

function fillSet(item: HTMLElement, set: ChangeSet, number: number, t: LiveTexts) {
  say(item, 'number', String(number))
  say(item, 'which', `\u00a0${number}`)
  const button = item.querySelector('button')
  if (button) {
    button.value = `try:${JSON.stringify(set.steps)}`
    button.hidden = set.steps.length === 0
  }
  list(
    item,
    'set',
    'set',
    set.changes,
    (_, index) => String(index),
    (one, change) => {
      say(one, 'text', change.text)
      say(
        one,
        'for',
        change.rules.length > 0 ? t('rules.change.for-rules', { rules: change.rules.join(' ') }) : ''
      )
    }
  )
}

function fillRule(item: HTMLElement, rule: RuleLine) {
  say(item, 'says', rule.says)
  const decides = rule.group !== 'form' && rule.group !== 'assessor'
  if (decides) verdict(item, rule.answer)
  say(item, 'reason', decides ? rule.reason : '')
}

function part<E extends Element = HTMLElement>(within: Element, name: string): E | null {
  return within.querySelector<E>(`[data-part="${name}"]`)
}

/** Only what changed is written, so that nothing is announced twice. */
function say(within: Element, name: string, text: string) {
  const place = part(within, name)
  if (place && place.textContent !== text) place.textContent = text
}

function verdict(within: Element, answer: string) {
  const place = part(within, 'verdict')
  if (!place || place.querySelector('[data-answer]')?.getAttribute('data-answer') === answer) return
  const size = place.querySelector('[data-size]')?.getAttribute('data-size')
  const blank = document.querySelector<HTMLTemplateElement>(`template#verdict-${answer}`)
  if (!blank) return
  place.replaceChildren(blank.content.cloneNode(true))
  if (size) place.querySelector('[data-answer]')?.setAttribute('data-size', size)
}

function bar(within: Element, tally: Tally) {
  for (const { answer, x, width } of barParts(tally)) {
    const rect = part(within, 'bar')?.querySelector(`[data-answer="${answer}"]`)
    rect?.setAttribute('x', String(x))
    rect?.setAttribute('width', String(width))
  }
}

function section(within: Element, name: string, count: number): HTMLElement | null {
  const found = within.querySelector<HTMLElement>(`[data-section="${name}"]`)
  hide(found, count === 0)
  return found
}

function hide(element: Element | null, hidden: boolean) {
  if (element instanceof HTMLElement) element.hidden = hidden
}

/** Brings a list to the items given: what stays keeps its element and the focus, what is new is cloned. */
function list<Item>(
  within: Element,
  name: string,
  blank: string,
  items: readonly Item[],
  keyOf: (item: Item, index: number) => string,
  fill: (element: HTMLElement, item: Item, index: number) => void
) {
  const place = within.querySelector(`[data-live-list="${name}"]`)
  if (!place) return
  const focused = document.activeElement
  const before = new Map(
    [...place.children].map((child, index) => [keyAt(child, index), child as HTMLElement])
  )
  const after = items.map((item, index) => {
    const key = keyOf(item, index)
    const element = before.get(key) ?? cloned(blank, key)
    if (element) {
      element.dataset.key = key
      fill(element, item, index)
    }
    return element
  })
  const elements = after.filter((element) => element !== undefined)
  if (
    elements.length !== place.children.length ||
    elements.some((one, index) => place.children[index] !== one)
  )
    place.replaceChildren(...elements)
  if (focused instanceof HTMLElement && focused !== document.activeElement && place.contains(focused))
    focused.focus()
}

/** What the server wrote has its key in what it is about. */
function keyAt(child: Element, index: number): string {
  const { key, action, rule, code } = (child as HTMLElement).dataset
  return key ?? action ?? rule ?? code ?? String(index)
}

/** A rule comes with where it stands, which the server wrote; everything else from the blank of its kind. */
function cloned(blank: string, key: string): HTMLElement | undefined {
  const known = document.querySelector<HTMLTemplateElement>('template#all-rules')?.content
  const from =
    (blank === 'rules' ? known?.querySelector(`[data-rule="${CSS.escape(key)}"]`) : undefined) ??
    document.querySelector<HTMLTemplateElement>(`template#blank-${blank}`)?.content.querySelector('li')
  return from?.cloneNode(true) as HTMLElement | undefined
}
