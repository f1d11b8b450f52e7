/** What a person sees of a field beside it: saved, on its way, kept here only. Colour and words; heard only in trouble. */
import type { Failure } from '../../../writing/outside.ts'
import type { ValueState } from '../../../writing/value-client.ts'
import type { LiveTexts } from './live-texts.ts'

export type ShownState = ValueState | 'unreadable'

/** What can be shown of a field's client. */
export type StateOf = {
  state: ShownState
  failure: Failure | undefined
  savedAt: string
  retry: () => void
}

/** Shows the state of fields, and says aloud what a person must know: that something is not saved, and that it is. */
export function stateShower(t: LiveTexts, language: 'lv' | 'en', announce: (text: string) => void) {
  const before = new WeakMap<HTMLElement, string>()
  return (line: HTMLElement, { state, failure, savedAt, retry }: StateOf, known: boolean): void => {
    const shown = state === 'waiting' ? 'saving' : state
    const said = sayState(shown, failure, savedAt)
    line.hidden = shown === 'saved' && !known
    const was = before.get(line) ?? 'saved'
    if (was === `${shown} ${said}`) return
    before.set(line, `${shown} ${said}`)
    line.dataset.state = shown
    line.replaceChildren(said)
    if (shown === 'failed' || shown === 'offline') line.append(' ', retryButton(retry))
    const trouble = /^(failed|offline|changed|unreadable)/
    if (trouble.test(shown) && !was.startsWith(shown)) announce(said)
    else if (shown === 'saved' && /^(failed|offline)/.test(was)) announce(said)
  }

  function sayState(
    state: Exclude<ShownState, 'waiting'>,
    failure: Failure | undefined,
    savedAt: string
  ): string {
    if (state === 'failed' && failure?.reason === 'sign-in') return t('applications-editor.live.sign-in')
    if (state === 'failed' && failure?.said[language]) {
      return t('applications-editor.live.failed-because', { reason: failure.said[language] })
    }
    if (state === 'saved' && savedAt !== '') {
      return t('applications-editor.live.saved-at', { time: clockOf(savedAt, language) })
    }
    return t(`applications-editor.live.${state}`)
  }

  function retryButton(retry: () => void): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'ds-button'
    button.dataset.variant = 'tertiary'
    button.dataset.size = 'sm'
    button.textContent = t('applications-editor.live.retry')
    button.addEventListener('click', retry)
    return button
  }
}

const clocks = { lv: 'lv-LV', en: 'en-GB' } as const

/** The hour of a moment on the reader's clock. */
function clockOf(at: string, language: 'lv' | 'en'): string {
  return new Intl.DateTimeFormat(clocks[language], { hour: '2-digit', minute: '2-digit' }).format(
    new Date(at)
  )
}
