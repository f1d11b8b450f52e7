import { Document, isScalar, visit } from 'yaml'
import type { InputKey, InputProblem } from './input-problem.ts'
import type { Knowledge } from './knowledge.ts'
import {
  readConsortium,
  type ConsortiumRequest,
  type ReadConsortium,
  type ReadOptions
} from './read-consortium.ts'
import { consortiumFile } from './write-consortium.ts'
import { readYaml, YamlRefusal, type YamlValue } from './yaml-value.server.ts'

/** A file may have so many bytes: 1 MB. */
export const mostBytes = 1_048_576

/**
 * Reads a consortium file, YAML or JSON: as text, or as the bytes of a file (UTF-8, or UTF-16 with or without a mark).
 * Problems and warnings carry line and column. It never throws for what is in the file.
 */
export function readConsortiumText(
  given: string | Uint8Array,
  knowledge: Knowledge,
  options: ReadOptions = {}
): ReadConsortium {
  const text = textOf(given)
  if (typeof text !== 'string') return { problems: [text], warnings: [] }
  if (text.trim() === '') return { problems: [whole('input.empty')], warnings: [] }
  let yaml: YamlValue
  try {
    yaml = readYaml(text)
  } catch (error) {
    if (!(error instanceof YamlRefusal)) throw error
    return { problems: [error.problem], warnings: [] }
  }
  const read = readConsortium(yaml.value, knowledge, options)
  const placed = (problem: InputProblem): InputProblem => ({ ...problem, ...placeOf(problem, yaml) })
  return { ...read, problems: read.problems.map(placed), warnings: read.warnings.map(placed) }
}

/** The consortium file as YAML, for a download. Readers of YAML 1.1 understand it too: Norway is written "NO". */
export function writeConsortiumYaml(request: ConsortiumRequest): string {
  const document = new Document(consortiumFile(request), {
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false
  })
  // Short lists on one line, as people write them: functions: [vet-provider].
  visit(document, {
    Seq: (_, list) => {
      if (list.items.every(isScalar)) list.flow = true
    }
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function textOf(given: string | Uint8Array): string | InputProblem {
  const bytes = typeof given === 'string' ? Buffer.byteLength(given) : given.byteLength
  if (bytes > mostBytes) {
    // Rounded up, so that a file just above the limit is not said to be as big as it.
    const size = Math.ceil((bytes / mostBytes) * 10) / 10
    return whole('input.too-big', { size, limit: 1 })
  }
  const text = typeof given === 'string' ? given.replace(/^\ufeff/, '') : decoded(given)
  if (typeof text !== 'string') return text
  return text.includes('\0') ? whole('input.not-text') : text
}

function decoded(bytes: Uint8Array): string | InputProblem {
  const [a = 1, b = 1, c = 1, d = 1] = bytes
  if (a === 0x50 && b === 0x4b && c <= 8) return whole('input.spreadsheet')
  const encoding =
    (a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && c !== 0 && d === 0)
      ? 'utf-16le'
      : (a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0 && d !== 0)
        ? 'utf-16be'
        : 'utf-8'
  try {
    // The decoder drops the byte order mark.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return whole(bytes.includes(0) ? 'input.not-text' : 'input.encoding')
  }
}

function whole(key: InputKey, args: InputProblem['args'] = {}): InputProblem {
  return { key, args, path: '' }
}

/** The place of a problem's path, or of the nearest part of it that stands in the file. */
function placeOf({ path, key }: InputProblem, yaml: YamlValue) {
  if (key === 'input.more-problems') return undefined
  const of = key.startsWith('input.unknown-field') || key.startsWith('input.unknown-answer') ? 'key' : 'value'
  for (let part = path; ; part = part.slice(0, Math.max(0, part.lastIndexOf('.'), part.lastIndexOf('[')))) {
    const place = yaml.placeOf(part, of)
    if (place || part === '') return place
  }
}
