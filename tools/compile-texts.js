#!/usr/bin/env node
/**
 * Turns texts/<language>/<namespace>.json (flat keys, ICU messages) into one small ES module per language and
 * namespace under .generated/texts, with types that know every key and its arguments.
 *
 * Refused, with the file and key named: a key that one of lv and en lacks, plural forms that the language does
 * not have or lacks, markup, and placeholders that differ between languages. Other languages may be incomplete;
 * what they lack is said in English.
 *
 * Usage: node tools/compile-texts.js [--check]    (--check refuses but writes nothing)
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { TYPE, parse } from '@formatjs/icu-messageformat-parser'

const complete = ['lv', 'en']
const fallback = 'en'

/**
 * Compiles all texts of a project.
 * @param {{ root: string, write?: boolean }} options root: the folder that holds texts/
 * @returns {{ problems: string[], keys: string[] }} problems: sentences, one a defect; nothing is written when
 *   there are any
 */
export function compileTexts({ root, write = true }) {
  const catalogues = readCatalogues(join(root, 'texts'))
  const problems = [...catalogues.problems]
  const messages = readMessages(catalogues.texts, problems)
  compareLanguages(messages, problems)
  if (problems.length === 0 && write) writeModules(join(root, '.generated/texts'), messages)
  return { problems, keys: [...(messages.get(fallback)?.keys() ?? [])].sort() }
}

/** @returns {{ texts: Map<string, Map<string, string>>, problems: string[] }} language → full key → ICU message */
function readCatalogues(folder) {
  const texts = new Map()
  const problems = []
  const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const language of [...new Set([...complete, ...languages.map((entry) => entry.name)])].sort()) {
    const keys = new Map()
    texts.set(language, keys)
    for (const file of filesIn(join(folder, language))) {
      const name = `texts/${language}/${file}`
      const namespace = file.slice(0, -'.json'.length)
      if (!/^[a-z][a-z0-9-]*$/.test(namespace)) problems.push(`${name}: name the file in kebab-case.`)
      try {
        for (const [key, text] of Object.entries(readFlat(join(folder, language, file)))) {
          if (typeof text !== 'string') problems.push(`${name}: “${key}” must be a text.`)
          else keys.set(`${namespace}.${key}`, text)
        }
      } catch (error) {
        problems.push(`${name}: ${error.message}`)
      }
    }
  }
  return { texts, problems }
}

function filesIn(folder) {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort()
  } catch {
    return []
  }
}

function readFlat(path) {
  const source = readFileSync(path, 'utf8')
  const keys = [...source.matchAll(/^\s*"([^"\\]+)"\s*:/gm)].map((match) => match[1])
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice) throw new Error(`“${twice}” is there twice.`)
  return JSON.parse(source)
}

/** @returns {Map<string, Map<string, { code: string, args: Record<string, string> }>>} */
function readMessages(texts, problems) {
  const messages = new Map()
  for (const [language, keys] of texts) {
    const read = new Map()
    messages.set(language, read)
    for (const [key, text] of keys) {
      try {
        read.set(key, readMessage(text, language))
      } catch (error) {
        problems.push(`texts/${language}: “${key}”: ${error.message}`)
      }
    }
  }
  return messages
}

function readMessage(text, language) {
  let elements
  try {
    elements = parse(text, { requiresOtherClause: true })
  } catch (error) {
    throw new Error(`this is not a message (${error.message}): ${text}`, { cause: error })
  }
  const args = {}
  const code = codeOf(elements, { language, args, plural: undefined })
  return { code, args }
}

/** Translates parsed elements into the JavaScript expression of one string. */
function codeOf(elements, context) {
  if (elements.length === 0) return "''"
  const parts = elements.map((element) => codeOfElement(element, context))
  const first = elements[0].type === TYPE.literal ? [] : ["''"]
  return parts.length === 1 && first.length === 0 ? parts[0] : [...first, ...parts].join(' + ')
}

function codeOfElement(element, context) {
  switch (element.type) {
    case TYPE.literal:
      refuseMarkup(element.value)
      return JSON.stringify(element.value)
    case TYPE.argument:
      return `f.text(${argument(element.value, 'text', context)})`
    case TYPE.number:
      return codeOfNumber(element, context)
    case TYPE.date:
      if (element.style && element.style !== 'long')
        throw new Error(`write {${element.value}, date} or {${element.value}, date, long}.`)
      return `f.${element.style ? 'longDate' : 'date'}(${argument(element.value, 'date', context)})`
    case TYPE.select:
      return codeOfSelect(element, context)
    case TYPE.plural:
      return codeOfPlural(element, context)
    case TYPE.pound:
      return `f.number(a[${JSON.stringify(context.plural)}])`
    case TYPE.tag:
      throw new Error(
        `no markup in texts (<${element.value}>): split the sentence or let the page mark it up.`
      )
    default:
      throw new Error('times are not supported here: write the time with formatInstant and pass it as text.')
  }
}

function refuseMarkup(text) {
  const found = /<[a-z/!][^>]*>?|&(?:[a-z]+|#\d+);/i.exec(text)
  if (found) throw new Error(`no markup in texts (${found[0]}).`)
}

function codeOfNumber(element, context) {
  const style = element.style
  if (style && style !== 'percent' && style !== 'duration')
    throw new Error(
      `write {${element.value}, number}, with percent or duration behind it; money is formatted before.`
    )
  return `f.${style ?? 'number'}(${argument(element.value, 'number', context)})`
}

function codeOfSelect(element, context) {
  const name = argument(element.value, 'text', context)
  return `f.select(${name}, ${codeOfOptions(element.options, context)})`
}

function codeOfPlural(element, context) {
  if (element.pluralType === 'ordinal') throw new Error('selectordinal is not supported.')
  if (element.offset) throw new Error('plural offsets are not supported.')
  const name = argument(element.value, 'number', context)
  const needed = new Intl.PluralRules(context.language).resolvedOptions().pluralCategories
  const given = Object.keys(element.options).filter((category) => !category.startsWith('='))
  const missing = needed.filter((category) => !given.includes(category))
  const unknown = given.filter((category) => !needed.includes(category))
  if (missing.length > 0) throw new Error(`the plural of {${element.value}} lacks: ${missing.join(', ')}.`)
  if (unknown.length > 0) throw new Error(`this language has no plural form: ${unknown.join(', ')}.`)
  return `f.plural(${name}, ${codeOfOptions(element.options, { ...context, plural: element.value })})`
}

function codeOfOptions(options, context) {
  const entries = Object.entries(options).map(
    ([option, { value }]) => `${JSON.stringify(option)}: () => ${codeOf(value, context)}`
  )
  return `{ ${entries.join(', ')} }`
}

function argument(name, kind, context) {
  const known = context.args[name]
  // A number may choose a plural and be shown as plain text in one message; a date may not also be a number.
  if (known && known !== kind && (known === 'date' || kind === 'date'))
    throw new Error(`{${name}} is used both as ${known} and as ${kind}.`)
  if (known !== 'number') context.args[name] = kind
  return `a[${JSON.stringify(name)}]`
}

function compareLanguages(messages, problems) {
  for (const [language, keys] of messages) {
    for (const other of complete.filter((name) => name !== language)) {
      for (const [key, message] of keys) {
        const counterpart = messages.get(other).get(key)
        if (!counterpart) problems.push(`texts/${other}: “${key}” is missing (it is there in ${language}).`)
        else comparePlaceholders(key, [language, message.args], [other, counterpart.args], problems)
      }
    }
  }
}

function comparePlaceholders(key, [language, args], [other, otherArgs], problems) {
  if (language > other && complete.includes(language)) return // said once for a pair of languages
  const shown = (entries) =>
    Object.entries(entries)
      .map(([name, kind]) => `{${name}: ${kind}}`)
      .sort()
      .join(' ') || 'none'
  if (shown(args) !== shown(otherArgs))
    problems.push(
      `“${key}”: placeholders differ (${language}: ${shown(args)}; ${other}: ${shown(otherArgs)}). ` +
        'A number that needs no plural is written {name, number}.'
    )
}

function writeModules(folder, messages) {
  const namespaces = [...new Set([...messages.get(fallback).keys()].map((key) => key.split('.')[0]))].sort()
  const languages = [...messages.keys()]
  const files = new Map()
  for (const language of languages) {
    for (const namespace of namespaces)
      files.set(
        join(language, `${namespace}.js`),
        moduleOf(namespace, messages.get(language), messages.get(fallback))
      )
  }
  files.set('all.js', allModule(languages, namespaces))
  files.set('all.d.ts', allTypes(languages))
  files.set('load.js', loadModule(languages, namespaces))
  files.set('load.d.ts', loadTypes(languages, namespaces))
  files.set('messages.ts', messageTypes(messages.get(fallback), namespaces))
  replaceFiles(folder, files)
}

const head = '// Written by tools/compile-texts.js from texts/; do not edit.\n'

function moduleOf(namespace, own, english) {
  const lines = [...english.keys()]
    .filter((key) => key.startsWith(`${namespace}.`))
    .sort()
    .map((key) => {
      const { code, args } = own.get(key) ?? english.get(key)
      return `  ${JSON.stringify(key)}: ${Object.keys(args).length > 0 ? `(a, f) => ${code}` : code}`
    })
  return `${head}export default {\n${lines.join(',\n')}\n}\n`
}

function allModule(languages, namespaces) {
  const name = (language, namespace) => `${language}_${namespace}`.replaceAll('-', '_')
  const imports = languages.flatMap((language) =>
    namespaces.map((namespace) => `import ${name(language, namespace)} from './${language}/${namespace}.js'`)
  )
  const merged = languages.map(
    (language) =>
      `  ${JSON.stringify(language)}: { ${namespaces.map((n) => `...${name(language, n)}`).join(', ')} }`
  )
  return `${head}${imports.join('\n')}\nexport const all = {\n${merged.join(',\n')}\n}\n`
}

function allTypes(languages) {
  return `${head}export declare const all: Record<${union(languages)}, Record<string, unknown>>\n`
}

function loadModule(languages, namespaces) {
  const loaders = languages.map((language) => {
    const imports = namespaces.map((n) => `    ${JSON.stringify(n)}: () => import('./${language}/${n}.js')`)
    return `  ${JSON.stringify(language)}: {\n${imports.join(',\n')}\n  }`
  })
  return `${head}export const load = {\n${loaders.join(',\n')}\n}\n`
}

function loadTypes(languages, namespaces) {
  const loader = '() => Promise<{ default: Record<string, unknown> }>'
  return `${head}export declare const load: Record<${union(languages)}, Record<${union(namespaces)}, ${loader}>>\n`
}

function messageTypes(messages, namespaces) {
  const types = { text: 'string | number', number: 'number', date: 'Date | string' }
  const lines = [...messages.keys()].sort().map((key) => {
    const args = Object.entries(messages.get(key).args).map(
      ([name, kind]) => `${JSON.stringify(name)}: ${types[kind]}`
    )
    return `  ${JSON.stringify(key)}: ${args.length > 0 ? `{ ${args.join('; ')} }` : 'NoArguments'}`
  })
  return (
    `${head}export type NoArguments = Record<never, never>\n` +
    `export type Namespace = ${union(namespaces)}\n` +
    `export type Messages = {\n${lines.join('\n')}\n}\n`
  )
}

const union = (names) => names.map((name) => JSON.stringify(name)).join(' | ') || 'never'

/** Writes only what changed, so that a watching build stays quiet, and removes what no text asks for any more. */
function replaceFiles(folder, files) {
  for (const [name, content] of files) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    if (contentOf(path) !== content) writeFileSync(path, content)
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !files.has(path.slice(folder.length + 1))) rmSync(path)
  }
}

function contentOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..')
  const { problems, keys } = compileTexts({ root, write: !process.argv.includes('--check') })
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else console.log(`Texts: ${keys.length} keys in ${complete.join(' and ')} are complete.`)
}
