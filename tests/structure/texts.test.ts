import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileTexts } from '../../tools/compile-texts.js'
import { type ProjectFile, lineOf, projectFiles, root, withoutComments } from './project-files.ts'

/**
 * What the sources say of texts: keys written out, and patterns (`site.verdict.${answer}`), which stand for every
 * key that fits.
 */
function textsUsed(files: ProjectFile[], namespaces: string[]) {
  const begin = `(?:${namespaces.join('|')})\\.`
  const literal = new RegExp(`(['"\`])(${begin}[A-Za-z][\\w.-]*)\\1`, 'g')
  const template = new RegExp(`\`(${begin}[^\`\\n]*\\$\\{[^\`\\n]*)\``, 'g')
  const keys: { key: string; at: string; said: boolean }[] = []
  const patterns: { source: string; fits: RegExp; at: string; said: boolean }[] = []
  for (const { path, text: whole } of files) {
    const text = withoutComments(whole)
    // Tables, events, jobs and kinds of mail have names of the same form; the compiler knows which is meant.
    const isSaid = (at: number) => /\bt\($/.test(text.slice(Math.max(0, at - 3), at))
    for (const found of text.matchAll(literal)) {
      // 'site.json' is a file.
      if (/\.(ts|js|json|yaml|svelte|css|md)$/.test(found[2]!)) continue
      keys.push({ key: found[2]!, at: `${path}:${lineOf(text, found.index)}`, said: isSaid(found.index) })
    }
    for (const found of text.matchAll(template)) {
      const parts = found[1]!.split(/\$\{[^}]*\}/)
      const fits = new RegExp(
        `^${parts.map((part) => part.replace(/[.+*?()[\]{}|\\^$-]/g, '\\$&')).join('.+')}$`
      )
      const [source, said] = [found[1]!, isSaid(found.index)]
      // It would make every text of the file look used.
      if (!said && namesNoGroup(source)) continue
      patterns.push({ source, fits, at: `${path}:${lineOf(text, found.index)}`, said })
    }
  }
  return { keys, patterns }
}

const namesNoGroup = (source: string) => /^[a-z-]+\.\$\{[^}]*\}$/.test(source)

/** Sentences about texts that are missing or that nobody says. */
function textProblems(files: ProjectFile[], all: string[]): string[] {
  const namespaces = [...new Set(all.map((key) => key.split('.')[0]!))]
  const known = new Set(all)
  const { keys, patterns } = textsUsed(files, namespaces)
  const said = new Set(keys.map(({ key }) => key))
  return [
    ...keys
      .filter(({ key, said }) => said && !known.has(key))
      .map(({ key, at }) => `${at}: there is no text “${key}”`),
    ...patterns
      .filter(({ said, fits }) => said && !all.some((key) => fits.test(key)))
      .map(({ source, at }) => `${at}: no text fits “${source}”`),
    ...patterns
      .filter(({ source }) => namesNoGroup(source))
      .map(({ source, at }) => `${at}: “${source}” names no group of texts; write namespace.group.\${…}`),
    ...all
      .filter((key) => !said.has(key) && !patterns.some(({ fits }) => fits.test(key)))
      .map((key) => `texts: nobody says “${key}”`)
  ]
}

test('every text is there in Latvian and English, with the same placeholders', () => {
  assert.deepEqual(compileTexts({ root, write: false }).problems, [])
})

test('every text that the product says exists, and every text that exists is said', () => {
  const { keys } = compileTexts({ root, write: false })
  const files = projectFiles(/^(src|tools)\/.*\.(ts|js|svelte)$/, /\.test\.ts$/)
  assert.deepEqual(textProblems(files, keys), [])
})

test('a misspelt, an unused and an all-embracing text are found', () => {
  const text = "t('site.nmae'); t(`site.${key}`); t(`site.gone.${key}`); t('site.name') // t('site.quiet')"
  const problems = textProblems([{ path: 'a.ts', text }], ['site.name', 'site.quiet', 'other.quiet'])
  assert.deepEqual(problems, [
    'a.ts:1: there is no text “site.nmae”',
    'a.ts:1: no text fits “site.gone.${key}”',
    'a.ts:1: “site.${key}” names no group of texts; write namespace.group.${…}',
    'texts: nobody says “other.quiet”'
  ])
})
