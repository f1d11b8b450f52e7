import type { Language } from '#shared/texts/language.ts'
import { sayFrom } from '#shared/texts/say.ts'
import { compileEdition, type Edition } from '../../edition.ts'
import { problemSentence } from '../../input-problem.ts'
import type { Knowledge } from '../../knowledge.ts'
import { checkView } from './check-view.ts'
import { draftFromForm, fileFromDraft, type Draft } from './draft.ts'
import type { EditionForBrowser } from './edition-for-browser.ts'
import { showResults, showStale, type LiveTexts } from './live-results.ts'
import { liveRows } from './live-rows.ts'
import { readDraft } from './read-draft.ts'
import { packed } from './share-link.ts'

type Ready = { edition: Edition; knowledge: Knowledge }

/** A pause in typing after which the answers follow, in milliseconds. */
const pause = 150

/**
 * Makes the page live: the same reader and the same rules as on the server, while somebody types. The page is whole
 * without it; whatever fails here leaves the form and its button as they are.
 */
export function startCheck(language: Language, messages: Record<string, unknown>) {
  const form = document.querySelector<HTMLFormElement>('form#check')
  if (!form) return
  const t: LiveTexts = sayFrom(language, messages)
  const loaded = new Map<string, Promise<Ready>>()
  const opened = document.querySelector<HTMLElement>('[data-opened]')?.dataset.opened
  const shownEdition = String(new FormData(form).get('edition'))
  let waiting: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  const load = (year: string) => {
    let edition = loaded.get(year)
    if (!edition) {
      edition = fetchEdition(language, year)
      // Asked again when the network is back.
      edition.catch(() => loaded.delete(year))
      loaded.set(year, edition)
    }
    return edition
  }

  async function update() {
    const mine = ++turn
    const draft = draftFromForm(new FormData(form!))
    const [link, ready] = await Promise.all([packed(fileFromDraft(draft)), load(draft.edition)])
    if (mine !== turn) return
    keep(draft, link)
    const { request, problems, rows } = readDraft(
      { ...draft, action: '' },
      ready.knowledge,
      form!.dataset.today ?? ''
    )
    // What stands where in the guide came with the page: another edition needs another page.
    if (!request || (opened !== undefined && draft.edition !== shownEdition))
      return showStale(problems[0] ? problemSentence(problems[0], t) : t('check.stale-edition'), t)
    const view = checkView(request.consortium, opened, {
      edition: ready.edition,
      language,
      t,
      rows,
      today: form!.dataset.today ?? ''
    })
    showResults(view, { t, language, edition: draft.edition, link })
  }

  const soon = () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => void update().catch(() => undefined), pause)
  }
  form.addEventListener('input', soon)
  // The answer is on its way from the server: changing the address now could stop it.
  form.addEventListener('submit', () => {
    clearTimeout(waiting)
    turn++
  })
  form.addEventListener('focusin', () => void load(shownEdition).catch(() => undefined), { once: true })
  liveRows(form, { rowLabel: (number) => t('check.row', { number }), onchange: soon })
  copyButton(t)
  // A link to a field opens what it is folded into.
  addEventListener('hashchange', showTarget)
  showTarget()
}

function showTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  const folded = target?.closest('details')
  if (!target || !folded || folded.open) return
  folded.open = true
  target.focus()
}

async function fetchEdition(language: Language, year: string): Promise<Ready> {
  // With a call, the rules are those that it applies.
  const call = new URL(location.href).searchParams.get('call')
  const asked = call === null ? '' : `?call=${encodeURIComponent(call)}`
  const answer = await fetch(`/${language}/eligibility-checks/edition/${year}.json${asked}`)
  if (!answer.ok) throw new Error(`edition ${year}: ${answer.status}`)
  const { edition, knowledge } = (await answer.json()) as EditionForBrowser
  return { edition: compileEdition(edition), knowledge }
}

/** The address keeps what was typed, and so does every link that leads on from here. */
function keep(draft: Draft, link: string | undefined) {
  if (link === undefined) return
  const here = new URL(location.href)
  here.searchParams.set('c', link)
  here.searchParams.set('edition', draft.edition)
  history.replaceState(history.state, '', here)
  for (const one of document.querySelectorAll<HTMLAnchorElement>('a[data-keep], a.kopa-language')) {
    const to = new URL(one.href)
    to.searchParams.set('c', link)
    to.searchParams.set('edition', draft.edition)
    one.href = to.href
  }
  const shown = document.querySelector<HTMLInputElement>('[data-live-link]')
  here.hash = ''
  here.searchParams.delete('d')
  here.searchParams.delete('more')
  if (shown) shown.value = here.href
}

function copyButton(t: LiveTexts) {
  const button = document.querySelector<HTMLButtonElement>('[data-live-copy]')
  const link = document.querySelector<HTMLInputElement>('[data-live-link]')
  if (!button || !link || !navigator.clipboard) return
  button.hidden = false
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(link.value).then(() => (button.textContent = t('check.copied')))
  })
}
