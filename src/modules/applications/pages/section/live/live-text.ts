import { moved } from '../../../writing/delta.ts'
import { openField } from '../../../writing/field-client.ts'
import { portsFor } from '../../../writing/field-ports.ts'
import { lengthOf } from '../../../writing/typed-text.ts'
import type { Heard } from '../../../writing/wire.ts'
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
  const { form, application, view } = world
  const version = Number(
    form.querySelector<HTMLInputElement>(`[name="${CSS.escape(baseName(path))}"]`)?.value ?? 0
  )
  let composing = false
  let heardMeanwhile: Heard[] = []

  const field = openField({ version, text: box.value }, portsFor({ application, path }, view), {
    changed: () => {
      setHidden(form, baseName(path), String(field.version))
      if (!composing && box.value !== field.text) replaceText(field.text, (at) => at)
      count()
      world.show(line, field, field.version > 0)
      world.changed(live)
    },
    moved: (delta) => replaceText(field.text, (at) => moved(at, delta, 'after'))
  })

  /** Setting a text moves the cursor to its end and the box to its top: both stay where they were. */
  function replaceText(text: string, place: (at: number) => number): void {
    if (composing) return
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
    const used = lengthOf(box!.value)
    counter.textContent = world.t('applications-editor.section.characters', { used, limit })
    counter.toggleAttribute('data-over', used > limit)
  }

  box.addEventListener('compositionstart', () => (composing = true))
  box.addEventListener('compositionend', () => {
    composing = false
    field.type(box.value)
    const waiting = heardMeanwhile
    heardMeanwhile = []
    for (const change of waiting) field.hear(change)
  })
  box.addEventListener('input', () => {
    if (!composing) field.type(box.value)
  })
  box.addEventListener('blur', () => field.flush())

  const live: LiveText = {
    path,
    get state() {
      return field.state
    },
    cursor: () => {
      const [from, to] = [box.selectionStart ?? 0, box.selectionEnd ?? 0].map(field.outward)
      return { path, version: field.version, from: from!, to: to! }
    },
    wordsAt: ({ from, version: seen }) => {
      const place = field.inward(from, seen)
      return place === undefined ? undefined : field.text.slice(Math.max(0, place - shownBefore), place)
    },
    hear: (change) => {
      if (composing) heardMeanwhile.push(change)
      else field.hear(change)
    },
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
