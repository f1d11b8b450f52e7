import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { type ProjectFile, lineOf, projectFiles, withoutComments } from './project-files.ts'

// Below a thousand a number is as likely a count, a width or a point of the engine's own.
const least = 1000
const isYear = (value: number) => Number.isInteger(value) && value >= 1900 && value <= 2100
const date = /(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)/g

/** Amounts and dates that the rule data holds. */
function figuresOf(programmes: ProjectFile[]): { amounts: Set<number>; dates: Set<string> } {
  const amounts = new Set<number>()
  const dates = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'number' && value >= least && !isYear(value)) amounts.add(value)
    else if (typeof value === 'string') for (const [found] of value.matchAll(date)) dates.add(found)
    else if (value && typeof value === 'object') Object.values(value).forEach(walk)
  }
  for (const { text } of programmes) walk(parse(text))
  return { amounts, dates }
}

/** Places where code or a text repeats one of them. A line may say why it does not: “not of a guide: …”. */
function repeated(file: ProjectFile, figures: ReturnType<typeof figuresOf>): string[] {
  const text = withoutComments(file.text)
  const lines = file.text.split('\n')
  const problems: string[] = []
  const report = (found: string, at: number) => {
    const line = lineOf(text, at)
    if (!/not of a guide: \S/.test(lines[line - 1]!)) problems.push(`${file.path}:${line}: ${found}`)
  }
  // A sentence may say limits of our own; money in it is a guide's.
  const ofText = /^texts\//.test(file.path) ? '\\s?(?:EUR|€|eir|euro)' : '(?![\\w-])'
  const amount = new RegExp(`(?<![\\w.#{-])(\\d{1,3}(?:[_ ,.\u00a0\u202f]?\\d{3})+)${ofText}`, 'g')
  for (const found of text.matchAll(amount)) {
    if (figures.amounts.has(Number(found[1]!.replace(/\D/g, '')))) report(found[1]!, found.index)
  }
  for (const found of text.matchAll(date)) if (figures.dates.has(found[0])) report(found[0], found.index)
  return problems
}

test('no amount and no date of a guide stands in code or in a text: they live in programmes/, with their source', () => {
  // How long an answer may be is ours; sums and days that forms use stand in the other files, too.
  const figures = figuresOf(
    projectFiles(/^programmes\/.*\.yaml$/, /\/examples\.yaml$|\/application-form\.yaml$/)
  )
  assert.ok(figures.amounts.size > 20, 'the rule data holds amounts')
  const files = projectFiles(
    /^(src\/(modules|routes|api|cli|worker|shared\/(rules|forms|money|time|design))\/.*\.(ts|svelte)|texts\/.*\.json)$/,
    // The page of components shows samples.
    /\.(test|fixture)\.ts$|^texts\/[a-z]+\/components\.json$/
  )
  assert.deepEqual(
    files.flatMap((file) => repeated(file, figures)),
    []
  )
})

test('an amount in code is found, however it is written, and an excuse is heard', () => {
  const figures = figuresOf([
    { path: 'budget.yaml', text: 'lump-sums: [30000, 60000]\nat: 2026-03-05T17:00\nyear: 2026' }
  ])
  const found = (text: string) => repeated({ path: 'a.ts', text }, figures).length
  assert.equal(found('const most = 30000'), 1)
  assert.equal(found('const most = 60_000'), 1)
  assert.equal(found("say('30 000 EUR')"), 1)
  assert.equal(found("const until = '2026-03-05'"), 1)
  assert.equal(found('// the guide has 30000\nconst year = 2026, other = 300001, id = x30000'), 0)
  const said = (text: string) => repeated({ path: 'texts/lv/a.json', text }, figures).length
  assert.equal(said('"grant": "Ne vairāk kā 60 000 EUR"'), 1)
  assert.equal(said('"limit": "Ne vairāk kā 60 000 baitu"'), 0)
  assert.equal(found('const patience = 30_000 // not of a guide: milliseconds'), 0)
})
