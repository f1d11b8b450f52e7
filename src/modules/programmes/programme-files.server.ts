import { readFileSync, readdirSync, existsSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv'
import { LineCounter, isNode, parseDocument, type Document } from 'yaml'

/** Something wrong in a rule file: where it stands and what to do. `line` counts from 1; `path` is e.g. /rules/3/says. */
export type FileProblem = { file: string; line: number; column: number; path: string; message: string }

/** One YAML file as data, with the means to say on which line a path of it stands. */
export type ProgrammeFile<T> = {
  file: string
  data: T
  problem: (path: readonly (string | number)[], message: string) => FileProblem
}

/** What a file can be; `common-rules` is read by the schema of eligibility. */
const fileKinds = [
  'action',
  'eligibility',
  'budget',
  'award-criteria',
  'examples',
  'common-rules',
  'sources',
  'country-sets',
  'organisation-types',
  'families',
  'facts',
  'priorities',
  'topics',
  'predecessors',
  'places',
  'bodies',
  'application-form',
  'shared-application-form'
] as const

export type FileKind = (typeof fileKinds)[number]

/** Reads the files of one programme and holds what is wrong with them; it never throws for a wrong file. */
export function programmeReader(root: string) {
  const problems: FileProblem[] = []
  const validators = compileSchemas(join(root, 'schema'))

  function read<T>(file: string, kind: FileKind): ProgrammeFile<T> | undefined {
    const name = relative(root, file)
    if (!existsSync(file)) {
      problems.push({ file: name, line: 1, column: 1, path: '', message: 'the file is missing' })
      return undefined
    }
    const result = readRuleText<T>(readFileSync(file, 'utf8'), name, validators.get(kind))
    if ('problems' in result) {
      problems.push(...result.problems)
      return undefined
    }
    return result
  }
  return { read, problems }
}

/**
 * Reads YAML as one kind of rule file.
 * @param name how problems call it
 * @param complete may fill in what the text leaves out, before it is held against the schema
 */
export function readRuleText<T>(
  text: string,
  name: string,
  validate: ValidateFunction | undefined,
  complete: (data: unknown) => unknown = (data) => data
): ProgrammeFile<T> | { problems: FileProblem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const problem = (path: readonly (string | number)[], message: string): FileProblem => ({
    file: name,
    ...positionOf(document, lines, path),
    path: '/' + path.join('/'),
    message
  })
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => {
        const at = lines.linePos(error.pos[0])
        const message = error.message.split('\n')[0]!
        return { file: name, line: at.line, column: at.col, path: '', message }
      })
    }
  }
  let data: unknown
  try {
    data = complete(held(document.toJS()))
  } catch (error) {
    // Too many aliases: what unpacks to more than anybody wrote.
    return { problems: [problem([], (error as Error).message)] }
  }
  if (validate && !validate(data)) {
    return {
      problems: readable(validate.errors ?? []).map(({ path, message }) => problem(path, message))
    }
  }
  return { file: name, data: data as T, problem }
}

/** Numbers of sentences never break over two lines: the spaces inside 700 000 EUR become non-breaking ones. */
function held(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/(\d) (?=\d{3}(?!\d))/g, '$1\u00a0').replace(/(\d) (?=EUR|%)/g, '$1\u00a0')
  }
  if (Array.isArray(value)) return value.map(held)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, held(one)]))
}

/** The folders of a programme that hold an action: those with an action.yaml. */
export function actionFolders(programme: string): string[] {
  return readdirSync(programme)
    .filter((name) => name !== 'parameters' && statSync(join(programme, name)).isDirectory())
    .sort()
}

/** The schemas of rule files, by file name. */
export function readSchemas(folder: string): Map<string, object> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(names.map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as object]))
}

function compileSchemas(folder: string): Map<FileKind, ValidateFunction> {
  return validatorsOf(readSchemas(folder).values())
}

/** The schemas of rule files, ready to ask. */
export function validatorsOf(schemas: Iterable<object>): Map<FileKind, ValidateFunction> {
  const ajv = new Ajv({ allErrors: true, strict: false })
  for (const schema of schemas) ajv.addSchema(schema)
  return new Map(
    fileKinds.flatMap((kind) => {
      const validate = ajv.getSchema(`${kind === 'common-rules' ? 'eligibility' : kind}.json`)
      return validate ? [[kind, validate as ValidateFunction] as const] : []
    })
  )
}

/** The nearest node of the file that the path reaches, so that a missing key points at its parent. */
function positionOf(document: Document, lines: LineCounter, path: readonly (string | number)[]) {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) {
      const at = lines.linePos(node.range[0])
      return { line: at.line, column: at.col }
    }
  }
  return { line: 1, column: 1 }
}

/** The deepest errors only: a failed oneOf repeats itself at every level above. */
function readable(errors: readonly ErrorObject[]): { path: (string | number)[]; message: string }[] {
  const seen = new Map<string, { path: (string | number)[]; message: string }>()
  for (const error of errors) {
    if (error.keyword === 'if' || error.keyword === 'anyOf') continue
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    const { additionalProperty, allowedValues, missingProperty } = error.params as Record<string, unknown>
    const message = additionalProperty
      ? `“${additionalProperty}” is not a known key here`
      : missingProperty
        ? `“${missingProperty}” is missing`
        : allowedValues
          ? `must be one of: ${(allowedValues as unknown[]).join(', ')}`
          : (error.message ?? 'is not valid')
    seen.set(`${error.instancePath} ${message}`, { path, message })
  }
  const all = [...seen.values()]
  const deeper = all.filter(
    (error) =>
      !all.some((other) => other.path.length > error.path.length && startsWith(other.path, error.path))
  )
  return deeper
}

function startsWith(path: readonly (string | number)[], start: readonly (string | number)[]): boolean {
  return start.every((part, index) => path[index] === part)
}
