import { parsedPage } from './page-now.ts'

/** How what happened is told to who cannot see it. */
type Telling = { announce: (text: string) => void; said: string; notSaid: string }

/** Talks are read and written where they stand: what their buttons do comes back without the page being left. */
export function talkInPlace(form: HTMLFormElement, telling: Telling): void {
  form.addEventListener('submit', (event) => {
    const button = event.submitter
    const talk = button?.closest<HTMLDetailsElement>('[data-talk]')
    if (!talk || !(button instanceof HTMLButtonElement)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    void post(talk, button, telling)
  })
}

async function post(
  talk: HTMLDetailsElement,
  button: HTMLButtonElement,
  { announce, said, notSaid }: Telling
): Promise<void> {
  const fields = new FormData(button.form!, button)
  const own = new Set(Array.from(talk.querySelectorAll('[name]'), (field) => field.getAttribute('name')))
  for (const name of new Set(fields.keys())) if (!own.has(name)) fields.delete(name)
  button.ariaDisabled = 'true'
  const fresh = await answered(button.formAction, fields, talk.dataset.talk!)
  button.ariaDisabled = null
  if (!fresh) return announce(notSaid)
  fresh.open = true
  talk.replaceWith(fresh)
  const wrong = fresh.querySelector<HTMLElement>('[aria-invalid]')
  if (!wrong) announce(said)
  ;(wrong ?? fresh.querySelector('summary'))?.focus()
}

/** @returns the talk as it stands after a button of it; undefined when nothing is known of what became of it */
async function answered(
  action: string,
  body: FormData,
  path: string
): Promise<HTMLDetailsElement | undefined> {
  try {
    const response = await fetch(action, { method: 'POST', body, headers: { accept: 'text/html' } })
    return talkIn(parsedPage(await response.text()), path)
  } catch {
    return undefined
  }
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
    if (!fresh || isWritten(talk) || (stands && !atTheTop) || fresh.innerHTML === talk.innerHTML) continue
    fresh.open = talk.open
    talk.replaceWith(fresh)
    if (atTheTop) fresh.querySelector('summary')?.focus()
  }
}

function talkIn(page: Document, path: string): HTMLDetailsElement | undefined {
  const found = page.querySelector<HTMLDetailsElement>(`[data-talk="${CSS.escape(path)}"]`)
  return found ? document.importNode(found, true) : undefined
}
