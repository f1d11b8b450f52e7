import { viewNumber } from '../../../writing/browser-window.ts'
import { formName } from '../../discussion/talk-names.ts'
import { parsedPage } from './page-now.ts'

/** How what happened is told: to who cannot see it; that something did not arrive, to everybody. */
type Telling = { announce: (text: string) => void; said: string; notSaid: string }

/**
 * Talks are read and written where they stand: what their buttons do comes back without the page being left.
 * @returns whether something is on its way
 */
export function talkInPlace(form: HTMLFormElement, telling: Telling): () => boolean {
  const onTheirWay = new Set<string>()
  /** A button keeps its number until the talk is replaced: what arrived without an answer is not said again. */
  const numbers = new WeakMap<HTMLButtonElement, string>()
  form.addEventListener('submit', (event) => {
    const button = event.submitter
    const talk = button?.closest<HTMLDetailsElement>('[data-talk]')
    if (!talk || !(button instanceof HTMLButtonElement)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const path = talk.dataset.talk!
    if (onTheirWay.has(path)) return
    const number = numbers.get(button) ?? viewNumber()
    numbers.set(button, number)
    onTheirWay.add(path)
    void post(talk, button, number, telling).finally(() => onTheirWay.delete(path))
  })
  return () => onTheirWay.size > 0
}

async function post(
  talk: HTMLDetailsElement,
  button: HTMLButtonElement,
  number: string,
  { announce, said, notSaid }: Telling
): Promise<void> {
  const sent = fieldsOf(talk, button)
  sent.set(formName, number)
  talk.querySelector('[data-not-said]')?.remove()
  announce('')
  talk.ariaBusy = 'true'
  button.ariaDisabled = 'true'
  const { fresh, refused } = await answered(button.formAction, sent, talk.dataset.talk!)
  talk.ariaBusy = null
  button.ariaDisabled = null
  const wrong = fresh?.querySelector<HTMLElement>('[aria-invalid]')
  if (!fresh || (refused !== undefined && !wrong)) {
    showBeside(button, refused || notSaid)
    return announce(refused || notSaid)
  }
  if (!wrong) announce(said)
  // Where nothing can be written any more, what was typed meanwhile stays to be copied.
  if (!carryOver(talk, fresh, sent)) return
  fresh.open = true
  const focused = document.activeElement
  talk.replaceWith(fresh)
  // Who went on to another field stays there.
  if (focused === document.body || talk.contains(focused)) focusIn(fresh, focused, wrong)
}

/** What stands in a talk, with the button that was pressed. */
function fieldsOf(talk: HTMLElement, button: HTMLButtonElement): FormData {
  const fields = new FormData(button.form!, button)
  const own = new Set(Array.from(talk.querySelectorAll('[name]'), (field) => field.getAttribute('name')))
  for (const name of new Set(fields.keys())) if (!own.has(name)) fields.delete(name)
  return fields
}

/**
 * The talk as it stands after a button of it; none when nothing is known of what became of it. `refused`: in the words
 * of the server, or '' where it says nothing about the whole.
 */
type Answered = { fresh: HTMLDetailsElement | undefined; refused?: string }

async function answered(action: string, body: FormData, path: string): Promise<Answered> {
  try {
    const signal = AbortSignal.timeout(patience)
    const response = await fetch(action, { method: 'POST', body, headers: { accept: 'text/html' }, signal })
    const page = parsedPage(await response.text())
    const fresh = talkIn(page, path)
    if (response.ok) return { fresh }
    return { fresh, refused: page.querySelector('.kopa-problem p')?.textContent.trim() ?? '' }
  } catch {
    return { fresh: undefined }
  }
}

const patience = 30_000 // not of a guide: milliseconds

function showBeside(button: HTMLButtonElement, text: string): void {
  const line = document.createElement('div')
  line.className = 'ds-validation-message'
  line.dataset.notSaid = ''
  line.textContent = text
  button.parentElement?.after(line)
}

/**
 * What was typed or ticked while the rest was on its way goes on in the talk as it stands now.
 * @returns whether there is a place for all of it
 */
function carryOver(talk: HTMLElement, fresh: HTMLElement, sent: FormData): boolean {
  let places = true
  for (const field of talk.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(
    '[name]:is(textarea, input)'
  )) {
    const { name, value } = field
    const ticks = field instanceof HTMLInputElement
    const differs = ticks
      ? field.checked !== sent.getAll(name).includes(value)
      : value !== (sent.get(name) ?? '')
    if (!differs) continue
    const there = fieldIn(fresh, field)
    if (!there) places = false
    else if (there instanceof HTMLInputElement) there.checked = ticks && field.checked
    else there.value = value
    for (let fold = there?.closest('details'); fold; fold = fold.parentElement?.closest('details'))
      fold.open = true
  }
  return places
}

function fieldIn(talk: HTMLElement, { name, type, value }: HTMLTextAreaElement | HTMLInputElement) {
  const fields = [
    ...talk.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(`[name="${CSS.escape(name)}"]`)
  ]
  return fields.find((field) => field.type === type && (type !== 'checkbox' || field.value === value))
}

/** Who goes on typing keeps the cursor; who waited is led to what became of it. */
function focusIn(talk: HTMLElement, focused: Element | null, wrong: HTMLElement | null | undefined): void {
  const there = focused instanceof HTMLTextAreaElement ? fieldIn(talk, focused) : undefined
  if (!there) return (wrong ?? talk.querySelector('summary'))?.focus()
  there.focus()
  const { selectionStart, selectionEnd } = focused as HTMLTextAreaElement
  there.setSelectionRange(selectionStart, selectionEnd)
}

/** Whether a comment is begun somewhere and not sent. */
export function holdsUnsaid(form: HTMLFormElement): boolean {
  return Array.from(form.querySelectorAll<HTMLElement>('[data-talk]')).some(isWritten)
}

function isWritten(talk: HTMLElement): boolean {
  return Array.from(talk.querySelectorAll('textarea')).some(({ value }) => value.trim() !== '')
}

/** Shows what others said meanwhile. A talk in which somebody is writing, or about to press something, stays as it is. */
export function showTalks(form: HTMLFormElement, page: Document): void {
  for (const talk of form.querySelectorAll<HTMLDetailsElement>('[data-talk]')) {
    const fresh = talkIn(page, talk.dataset.talk!)
    const stands = talk.contains(document.activeElement) ? document.activeElement : null
    const atTheTop = stands?.matches('[data-talk] > summary') ?? false
    const busy = isWritten(talk) || talk.ariaBusy === 'true' || (stands && !atTheTop)
    if (!fresh || busy || fresh.innerHTML === talk.innerHTML) continue
    fresh.open = talk.open
    talk.replaceWith(fresh)
    if (atTheTop) fresh.querySelector('summary')?.focus()
  }
}

function talkIn(page: Document, path: string): HTMLDetailsElement | undefined {
  const found = page.querySelector<HTMLDetailsElement>(`[data-talk="${CSS.escape(path)}"]`)
  return found ? document.importNode(found, true) : undefined
}
