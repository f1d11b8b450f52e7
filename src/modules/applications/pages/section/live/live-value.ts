import { type JsonValue, canonicalJson } from '#shared/audit/canonical-json.ts'
import { fieldSince, valuePortsFor } from '../../../writing/field-ports.ts'
import { openValue } from '../../../writing/value-client.ts'
import type { FieldControl } from '../field-control.ts'
import { baseName, wasName } from '../typed-answers.ts'
import { type FieldWorld, type LiveField, setHidden } from './live-field.ts'
import { questionAt, wordsIn } from './words-in-fields.ts'
import { hideTheirs, showTheirs } from './show-theirs.ts'
import { showValue, valueIn } from './value-in-fields.ts'

export type LiveValue = LiveField & { set: (value: JsonValue) => void }

/** Makes any other question save itself. Who chooses differently from somebody else decides which of both stands. */
export function liveValue(block: HTMLElement, world: FieldWorld): LiveValue | undefined {
  const path = block.dataset.question!
  const line = block.querySelector<HTMLElement>('[data-state]')
  if (!line || block.dataset.control === undefined) return undefined
  const { form, application, person, view, t } = world
  const control = JSON.parse(block.dataset.control) as FieldControl
  const hidden = (name: string) => form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)?.value
  const was = JSON.parse(hidden(wasName(path)) ?? 'null') as JsonValue
  let readable = true
  /** The version of somebody else that is shown beside this one. */
  let beside: number | undefined

  const ports = valuePortsFor({ person, application, path }, view)
  const field = openValue(
    { version: Number(hidden(baseName(path)) ?? 0), value: was },
    {
      ...ports,
      keep: (unsaved) =>
        ports.keep(
          unsaved && {
            ...unsaved,
            shown: { question: questionAt(path), lines: wordsIn(form, path, control) }
          }
        )
    },
    {
      changed: () => {
        setHidden(form, baseName(path), String(field.version))
        if (field.state === 'saved') setHidden(form, wasName(path), JSON.stringify(field.value))
        showState()
        world.changed(live)
      }
    }
  )

  function showState(): void {
    const { state, failure, savedAt } = field
    const shown = readable ? state : 'unreadable'
    world.show(line!, { state: shown, failure, savedAt, retry: field.retry }, field.version > 0)
    const theirs = field.theirs?.version
    if (theirs === beside) return
    beside = theirs
    if (theirs === undefined) hideTheirs(block)
    else showTheirs(block, { application, path, t }, { keepMine: field.keepMine, takeTheirs })
  }

  function takeTheirs(): void {
    field.takeTheirs()
    show(field.value)
  }

  function show(value: JsonValue): void {
    const fits = showValue(form, path, control, value)
    const read = valueIn(form, path, control)
    // A row or an option that the page does not have yet: it would be taken for an answer that was taken away.
    if (!fits || !read || !same(read.value, value)) location.reload()
  }

  function take(): void {
    const read = valueIn(form, path, control)
    readable = read !== undefined
    // The database orders what is in an object otherwise: that is no other answer.
    if (read && !same(read.value, field.value)) field.set(read.value)
    showState()
  }
  block.addEventListener('input', take)
  block.addEventListener('change', take)
  block.addEventListener('focusout', () => field.flush())

  const live: LiveValue = {
    path,
    get state() {
      return readable ? field.state : 'unreadable'
    },
    cursor: () => undefined,
    wordsAt: () => undefined,
    hear: (change) => {
      const before = field.version
      field.hear(change)
      if (field.version !== before) show(field.value)
    },
    newest: (newest) => {
      if (newest <= field.version) return
      void fieldSince({ application, path }).then((now) => {
        if (now) live.hear({ path, by: '', version: now.version, value: now.value ?? null })
      })
    },
    set: (value) => {
      show(value)
      field.set(value)
    },
    flush: field.flush,
    retry: field.retry,
    close: field.close
  }
  // What a form that came back holds was typed, and is not saved. Of any other page nobody has touched anything yet.
  if (block.dataset.returned !== undefined) take()
  else showState()
  return live
}

/** The same answer: of several that are chosen the order says nothing. */
function same(one: JsonValue, other: JsonValue): boolean {
  return canonicalJson(inOrder(one)) === canonicalJson(inOrder(other))
}

function inOrder(value: JsonValue): JsonValue {
  const chosen = Array.isArray(value) && value.every((one) => typeof one !== 'object')
  return chosen ? value.toSorted() : value
}
