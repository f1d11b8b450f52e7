import { strToU8, zipSync } from 'fflate'
import type { JsonValue } from '#shared/audit/index.ts'
import { type Language, type TextKey, texts } from '#shared/texts/index.ts'
import type { Everything } from './actions/export-person.ts'

/**
 * Everything about somebody, as one file to keep: everything.json for programs, everything.html to read, in any
 * browser and without this site.
 */
export function zipOf(everything: Everything, language: Language): Uint8Array<ArrayBuffer> {
  const { person, made, modules } = everything
  const data = Object.fromEntries(modules.map(({ module, data: known }) => [module, known]))
  const files = {
    'everything.json': strToU8(`${JSON.stringify({ person, made, ...data }, null, 2)}\n`),
    'everything.html': strToU8(pageOf(everything, language))
  }
  return new Uint8Array(zipSync(files, { level: 6, mtime: new Date(made) }))
}

function pageOf({ made, modules }: Everything, language: Language): string {
  const t = texts(language)
  const say = t as (key: TextKey) => string
  const sections = modules.map(
    ({ name, data }) => `<section><h2>${escaped(say(name))}</h2>${shown(data)}</section>`
  )
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(t('people.data.file-title'))}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
table { border-collapse: collapse; margin: .5rem 0; } th, td { border: 1px solid #8888; padding: .25rem .6rem; text-align: left; vertical-align: top; }
dt { font-weight: 600; margin-top: .5rem; } dd { margin: 0 0 0 1rem; overflow-wrap: anywhere; }
</style>
<h1>${escaped(t('people.data.file-title'))}</h1>
<p>${escaped(t('people.data.file-text', { made }))}</p>
${sections.join('\n')}
</html>
`
}

/** Data as it is, for people: a list of objects is a table, an object a list of its parts. */
function shown(value: JsonValue | undefined): string {
  if (value === null || value === undefined || value === '') return '–'
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[]
    if (items.length === 0) return '–'
    if (items.every(isObject)) return table(items)
    return `<ul>${items.map((item) => `<li>${shown(item)}</li>`).join('')}</ul>`
  }
  if (isObject(value)) {
    const parts = Object.entries(value).map(
      ([key, part]) => `<dt>${escaped(inWords(key))}</dt><dd>${shown(part)}</dd>`
    )
    return parts.length === 0 ? '–' : `<dl>${parts.join('')}</dl>`
  }
  return escaped(String(value))
}

function table(rows: readonly Record<string, JsonValue>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const head = columns.map((column) => `<th>${escaped(inWords(column))}</th>`).join('')
  const body = rows.map(
    (row) => `<tr>${columns.map((column) => `<td>${shown(row[column])}</td>`).join('')}</tr>`
  )
  return `<table><tr>${head}</tr>${body.join('')}</table>`
}

function isObject(value: JsonValue): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// 'lastUsed' → last used; 'lastUsedAt' → last used at
function inWords(key: string): string {
  return key.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`
  )
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
