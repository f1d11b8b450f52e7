import { type Delta, compose, moved } from '../../../writing/delta.ts'
import { between } from '../../../writing/difference.ts'
import { openField } from '../../../writing/field-client.ts'
import { portsFor } from '../../../writing/field-ports.ts'
import { charactersIn } from '#shared/forms/tidy-text.ts'
import { bringTogether } from '../../../writing/side-by-side.ts'
import { endsInWord } from '../../../writing/words.ts'
import { baseName } from '../typed-answers.ts'
import { type FieldWorld, type LiveField, setHidden } from './live-field.ts'

/** Characters before somebody's cursor that others are shown. */
const shownBefore = 30

export type LiveText = LiveField & { takeUp: ReturnType<typeof openField>['takeUp'] }

/** Makes a text field save itself, and brings in what others write while the cursor stays with its letters. */
export function liveText(block: HTMLElement, world: FieldWorld): LiveText | undefined {
  const path = block.dataset.question!
  const box = block.querySelector<HTMLTextAreaElement | HTMLInputElement>('[data-box]')
  const line = block.querySelector<HTMLElement>('[data-state]')
  if (!box || !line) return undefined
  const { form, application, person, view } = world
  const version = Number(
    form.querySelector<HTMLInputElement>(`[name="${CSS.escape(baseName(path))}"]`)?.value ?? 0
  )
  // A word that is being composed (accents, Android) must not be touched. What others write meanwhile waits here: the
  // box shows `shown`, the field has that with `waiting`.
  let composing = false
  let shown = box.value
  let waiting: Delta = []

  const field = openField({ version, text: box.value }, portsFor({ person, application, path }, view), {
    changed: () => {
      if (!composing) bringIn((at) => at)
      count()
      world.show(line, field, field.version > 0)
      world.changed(live)
    },
    moved: (delta) => {
      if (composing) waiting = compose(waiting, delta)
      else bringIn((at) => placeAfter(shown, at, delta))
    }
  })

  /** Shows what the field has. */
  function bringIn(place: (at: number) => number): void {
    setHidden(form, baseName(path), String(field.version))
    if (box!.value !== field.text) replaceText(field.text, place)
    shown = field.text
  }

  /** Takes what was typed about the text that the box showed, over what others wrote meanwhile. */
  function take(): void {
    const before = box!.value
    const typed = between(shown, before)
    const { text, theirs } = bringTogether(shown, typed, waiting)
    waiting = []
    if (theirs.length > 0) replaceText(text, (at) => placeAfter(before, at, theirs))
    shown = text
    field.type(text)
    bringIn((at) => at)
  }

  /** Setting a text moves the cursor to its end and the box to its top: both stay where they were. */
  function replaceText(text: string, place: (at: number) => number): void {
    const { selectionStart, selectionEnd, scrollTop } = box!
    box!.value = text
    box!.scrollTop = scrollTop
    if (document.activeElement === box) {
      box!.setSelectionRange(place(selectionStart ?? 0), place(selectionEnd ?? 0))
    }
  }

  const counter = block.querySelector<HTMLElement>('[data-count]')
  function count(): void {
    if (!counter) return
    const limit = Number(counter.dataset.count)
    const used = charactersIn(box!.value)
    counter.textContent = world.t('applications-editor.section.characters', { used, limit })
    counter.toggleAttribute('data-over', used > limit)
  }

  box.addEventListener('compositionstart', () => (composing = true))
  box.addEventListener('compositionend', () => {
    composing = false
    take()
  })
  box.addEventListener('input', () => {
    if (!composing) take()
  })
  box.addEventListener('blur', () => field.flush())

  const live: LiveText = {
    path,
    get state() {
      return field.state
    },
    cursor: () => {
      const [from, to] = [box.selectionStart ?? 0, box.selectionEnd ?? 0].map((at) =>
        field.outward(moved(at, waiting))
      )
      return { path, version: field.version, from: from!, to: to! }
    },
    wordsAt: ({ from, version: seen }) => {
      const place = field.inward(from, seen)
      return place === undefined ? undefined : field.text.slice(Math.max(0, place - shownBefore), place)
    },
    hear: field.hear,
    // A change without what it did makes the field fetch it.
    newest: (newest) => field.hear({ version: newest }),
    takeUp: field.takeUp,
    flush: field.flush,
    retry: field.retry,
    close: field.close
  }
  world.show(line, field, field.version > 0)
  return live
}

/** Where a cursor stands after a change by others. Behind a word that goes on it stays with that word. */
function placeAfter(text: string, at: number, change: Delta): number {
  return moved(at, change, endsInWord(text.slice(0, at)) ? 'before' : 'after')
}
