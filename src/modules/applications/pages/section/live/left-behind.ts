import { abandonedAfter } from '../../../writing/browser-window.ts'
import type { Unsaved } from '../../../writing/outside.ts'
import {
  type LeftBehind,
  forgetLeftBehind,
  leftBehind,
  stillLeft,
  takeUpOnce
} from '../../../writing/field-ports.ts'
import type { LiveField } from './live-field.ts'
import type { LiveText } from './live-text.ts'
import type { LiveTexts } from './live-texts.ts'
import type { LiveValue } from './live-value.ts'
import { questionAt } from './words-in-fields.ts'

/** The code of an application, and who writes in it. */
type Whose = { application: string; person: string }

/**
 * Offers what a browser that died left behind: it is looked at, taken up or dropped, never put in by itself. What was
 * written elsewhere in the application is shown, too: its row, its participant or its question may be gone.
 */
export function offerLeftBehind(
  of: Whose,
  fields: ReadonlyMap<string, LiveField>,
  { t, place }: { t: LiveTexts; place: HTMLElement }
): void {
  const offered = new Set<string>()
  const offers = new Map<HTMLElement, LeftBehind>()
  const look = async () => {
    for (const left of await leftBehind(of)) {
      const key = `${left.path} ${left.view}`
      const field = fields.get(left.path)
      if (offered.has(key) || (!field && saidIn(left).length === 0)) continue
      offered.add(key)
      const notice = offer(of, left, field, t)
      offers.set(notice, left)
      place.append(notice)
    }
  }
  // Another window took it up, or dropped it.
  addEventListener('storage', () => {
    for (const [notice, left] of offers) if (!stillLeft(of, left)) notice.remove()
  })
  void look()
  // A window that died a moment ago may be taken for an open one until then.
  setTimeout(() => void look(), abandonedAfter)
}

function offer(of: Whose, left: LeftBehind, field: LiveField | undefined, t: LiveTexts): HTMLElement {
  const notice = document.createElement('div')
  notice.className = 'ds-alert'
  notice.dataset.color = 'warning'
  notice.append(
    paragraph(
      field
        ? t('applications-editor.left-behind.title', { label: questionAt(left.path) })
        : t('applications-editor.left-behind.elsewhere')
    )
  )
  // Elsewhere nothing else says what it answers.
  const question = field || left.kind === 'text' ? [] : (left.unsaved.shown?.question ?? [])
  const text = saidIn(left).join('\n')
  if (text !== '') {
    const shown = document.createElement('blockquote')
    const end = field && text.length > preview ? `… ${text.slice(-preview)}` : text
    shown.append(...[question, end.split('\n')].flat().map(paragraph))
    notice.append(shown)
  }
  const buttons = paragraph('')
  buttons.className = 'kopa-row'
  const problem = paragraph('')
  if (field) {
    buttons.append(
      button(t('applications-editor.left-behind.take-up'), 'primary', async () => {
        const done = await takeUpOnce(of, left, (standing, keep) => takeUp(standing, field, keep))
        if (done) return notice.remove()
        problem.textContent = t('applications-editor.left-behind.not-yet')
        notice.append(problem)
      })
    )
  }
  buttons.append(
    button(t('applications-editor.left-behind.drop'), 'secondary', () => {
      forgetLeftBehind(of, left)
      notice.remove()
    })
  )
  notice.append(buttons)
  return notice
}

/** Characters of the end of a text that are shown. */
const preview = 400 // not of a guide: characters

/** What was left behind, as a person reads it, line by line; none when a field was emptied. */
function saidIn(left: LeftBehind): readonly string[] {
  if (left.kind === 'value') return left.unsaved.shown?.lines ?? []
  return left.unsaved.text === '' ? [] : left.unsaved.text.split('\n')
}

async function takeUp(
  left: LeftBehind,
  field: LiveField,
  keep: (unsaved: Unsaved) => void
): Promise<boolean> {
  if (left.kind === 'text') return (await (field as LiveText).takeUp(left.unsaved, keep)) === 'saved'
  ;(field as LiveValue).set(left.unsaved.value)
  return true
}

function paragraph(text: string): HTMLParagraphElement {
  const made = document.createElement('p')
  made.textContent = text
  return made
}

function button(text: string, variant: string, act: () => void | Promise<void>): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'ds-button'
  made.dataset.variant = variant
  made.dataset.size = 'sm'
  made.textContent = text
  made.addEventListener('click', () => void act())
  return made
}
