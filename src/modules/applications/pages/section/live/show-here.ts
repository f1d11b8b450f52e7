import { formatList } from '#shared/texts/format.ts'
import type { Present } from '../../../writing/wire.ts'
import type { LiveField } from './live-field.ts'
import type { LiveTexts } from './live-texts.ts'

/**
 * Shows who else has the application open, and beside each question who is in it: of a text with the words at which
 * their cursor stands.
 */
export function showHere(
  others: readonly Present[],
  fields: ReadonlyMap<string, LiveField>,
  { language, t }: { language: 'lv' | 'en'; t: LiveTexts }
): void {
  const all = document.querySelector<HTMLElement>('[data-present]')
  if (all) {
    const names = namesOf(others, language)
    show(all, names === '' ? '' : t('applications-editor.live.present', { names }))
  }
  for (const block of document.querySelectorAll<HTMLElement>('[data-question]')) {
    const line = block.querySelector<HTMLElement>('[data-here]')
    const inIt = others.filter(({ cursor, path }) => (cursor?.path ?? path) === block.dataset.question)
    if (line) show(line, hereWords(inIt, fields.get(block.dataset.question!)))
  }

  function hereWords(inIt: readonly Present[], field: LiveField | undefined): string {
    if (inIt.length === 0) return ''
    const said = t('applications-editor.live.here', { names: namesOf(inIt, language), count: inIt.length })
    const cursor = inIt.length === 1 ? inIt[0]!.cursor : undefined
    const words = cursor && field?.wordsAt(cursor)?.split('\n').at(-1)?.trim()
    return words ? `${said}: … ${words}▏` : said
  }
}

function namesOf(people: readonly Present[], language: 'lv' | 'en'): string {
  return formatList([...new Set(people.map(({ name }) => name))], language)
}

function show(line: HTMLElement, said: string): void {
  if (line.textContent !== said) line.textContent = said
  line.hidden = said === ''
}
