import { abandonedAfter } from '../../../writing/browser-window.ts'
import { type LeftBehind, forgetLeftBehind, leftBehind } from '../../../writing/field-ports.ts'
import type { LiveField } from './live-field.ts'
import type { LiveText } from './live-text.ts'
import type { LiveTexts } from './live-texts.ts'
import type { LiveValue } from './live-value.ts'

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
  const look = async () => {
    for (const left of await leftBehind(of)) {
      const key = `${left.path} ${left.view}`
      const field = fields.get(left.path)
      if (offered.has(key) || (!field && left.kind === 'value')) continue
      offered.add(key)
      place.append(offer(of, left, field, t))
    }
  }
  void look()
  // A window that died a moment ago may be taken for an open one until then.
  setTimeout(() => void look(), abandonedAfter)
}

function offer(of: Whose, left: LeftBehind, field: LiveField | undefined, t: LiveTexts): HTMLElement {
  const notice = document.createElement('div')
  notice.className = 'ds-alert'
  notice.dataset.color = 'warning'
  const label = document.querySelector(`label[for="${CSS.escape(left.path)}"]`)?.textContent.trim() ?? ''
  notice.append(
    paragraph(
      field
        ? t('applications-editor.left-behind.title', { label })
        : t('applications-editor.left-behind.elsewhere')
    )
  )
  const text = left.kind === 'text' ? left.unsaved.text : ''
  if (text !== '') {
    const shown = document.createElement('blockquote')
    shown.textContent = field && text.length > preview ? `… ${text.slice(-preview)}` : text
    notice.append(shown)
  }
  const buttons = paragraph('')
  buttons.className = 'kopa-row'
  const done = () => {
    forgetLeftBehind(of, left)
    notice.remove()
  }
  const problem = paragraph('')
  if (field) {
    buttons.append(
      button(t('applications-editor.left-behind.take-up'), 'primary', async () => {
        const taken = await takeUp(left, field)
        if (taken) return done()
        problem.textContent = t('applications-editor.left-behind.not-yet')
        notice.append(problem)
      })
    )
  }
  buttons.append(
    button(t('applications-editor.left-behind.drop'), 'secondary', () => Promise.resolve(done()))
  )
  notice.append(buttons)
  return notice
}

/** Characters of the end of a text that are shown. */
const preview = 400 // not of a guide: characters

async function takeUp(left: LeftBehind, field: LiveField): Promise<boolean> {
  if (left.kind === 'text') return (await (field as LiveText).takeUp(left.unsaved)) === 'saved'
  ;(field as LiveValue).set(left.unsaved.value)
  return true
}

function paragraph(text: string): HTMLParagraphElement {
  const made = document.createElement('p')
  made.textContent = text
  return made
}

function button(text: string, variant: string, act: () => Promise<void>): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'ds-button'
  made.dataset.variant = variant
  made.dataset.size = 'sm'
  made.textContent = text
  made.addEventListener('click', () => void act())
  return made
}
