import {
  CST,
  Composer,
  Lexer,
  LineCounter,
  Parser,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type YAMLParseError
} from 'yaml'
import { pathTo, shortened, type InputKey, type InputProblem } from './input-problem.ts'

/**
 * Limits of one text. They are far above any consortium (200 partners with every field and 199 independences each) and
 * far below what would keep a server busy: the library alone takes minutes for a megabyte of keys.
 */
const limits = { depth: 20, values: 50_000, lexemes: 300_000, references: 100 } // not of a guide: bounds of a file

/** A place in the text, both from 1. */
export type Place = { line: number; column: number }

/** YAML or JSON as data, with the place of each path (`partners[3].country`) and of each key. */
export type YamlValue = { value: unknown; placeOf: (path: string, of: 'value' | 'key') => Place | undefined }

/** Why a text cannot be read. */
export class YamlRefusal extends Error {
  readonly problem: InputProblem
  constructor(key: InputKey, args: Record<string, string | number> = {}, place?: Place) {
    super(key)
    this.problem = { key, args, path: '', ...place }
  }
}

/**
 * Reads one document of YAML 1.2 (JSON is one too), as data only: no tags, no merge keys, dates and `no` stay text.
 * References (& and *) are followed within limits.
 * @throws YamlRefusal for a text that is no such document
 */
export function readYaml(text: string): YamlValue {
  const lines = new LineCounter()
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const document = composed(text, lines, placeAt)
  const found = collect(document, placeAt)
  const offsets = { value: found.values, key: found.keys }
  return {
    value: found.value,
    placeOf: (path, of) => {
      const offset = offsets[of].get(path) ?? offsets.value.get(path)
      return offset === undefined ? undefined : placeAt(offset)
    }
  }
}

function composed(text: string, lines: LineCounter, placeAt: (offset: number) => Place): Document.Parsed {
  const tokens = tokensOf(text, lines, placeAt)
  const composer = new Composer({
    // Version 1.1 would make `false` of Norway's NO, also when a file asks for it.
    schema: 'core',
    // Its own check for double keys takes quadratic time; `collect` has one.
    uniqueKeys: false,
    prettyErrors: false,
    resolveKnownTags: false,
    logLevel: 'silent'
  })
  const [document, second] = [...composer.compose(tokens, true, text.length)]
  const error = document?.errors[0]
  if (error) throw syntaxRefusal(error, text, placeAt)
  if (second) throw new YamlRefusal('input.several-documents', {}, placeAt(startOf(second)))
  return document as Document.Parsed
}

function startOf(document: Document.Parsed): number {
  return document.contents?.range?.[0] ?? document.range[0]
}

/** The tokens of the text; reading ends as soon as a limit is passed or something stands where nothing may. */
function tokensOf(text: string, lines: LineCounter, placeAt: (offset: number) => Place): CST.Token[] {
  const tokens: CST.Token[] = []
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  let lexemes = 0
  let references = 0
  for (const lexeme of new Lexer().lex(text)) {
    const isReference = lexeme.length > 1 && /^[*&!]/.test(lexeme) && CST.tokenType(lexeme) !== 'scalar'
    if (isReference && ++references > limits.references)
      throw new YamlRefusal('input.too-many-references', { limit: limits.references }, placeAt(parser.offset))
    if (++lexemes > limits.lexemes)
      throw new YamlRefusal('input.too-many-values', { limit: limits.values }, placeAt(parser.offset))
    for (const token of parser.next(lexeme)) {
      tokens.push(token)
      if (token.type === 'error') return tokens
    }
    // A level takes up to two places on the stack of the parser; what is left is measured exactly in `collect`.
    if (parser.stack.length > limits.depth * 3)
      throw new YamlRefusal('input.too-deep', { limit: limits.depth }, placeAt(parser.offset))
  }
  return [...tokens, ...parser.end()]
}

type Collected = { value: unknown; values: Map<string, number>; keys: Map<string, number> }

/** Plain data out of the document, with the offset of every value and key. */
function collect(document: Document.Parsed, placeAt: (offset: number) => Place): Collected {
  const values = new Map<string, number>()
  const keys = new Map<string, number>()
  const anchors = new Map<string, Node>()
  let count = 0

  function dataOf(node: unknown, path: string, depth: number, key?: string): unknown {
    const [offset = 0] = (node as Node | null)?.range ?? []
    if (++count > limits.values)
      throw new YamlRefusal('input.too-many-values', { limit: limits.values }, placeAt(offset))
    if (depth > limits.depth)
      throw new YamlRefusal('input.too-deep', { limit: limits.depth }, placeAt(offset))
    if (node === null || node === undefined) return null
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (!target)
        throw new YamlRefusal('input.unknown-reference', { name: shortened(node.source) }, placeAt(offset))
      return dataOf(target, path, depth + 1, key)
    }
    values.set(path, offset)
    const anchor = (node as { anchor?: string }).anchor
    if (anchor !== undefined) anchors.set(anchor, node as Node)
    if (isMap(node)) {
      const seen = new Map<string, number>()
      const entries = node.items.map(({ key: keyNode, value }) => {
        const name = keyOf(keyNode)
        const at = (keyNode as Node | null)?.range?.[0] ?? offset
        const first = seen.get(name)
        if (first !== undefined) {
          const args = { field: shortened(name), first: placeAt(first).line }
          throw new YamlRefusal('input.duplicate-key', args, placeAt(at))
        }
        seen.set(name, at)
        const inside = pathTo(path, name)
        keys.set(inside, at)
        return [name, dataOf(value, inside, depth + 1, name)] as const
      })
      // From entries: a key called __proto__ is then a key like any other.
      return Object.fromEntries(entries)
    }
    if (isSeq(node)) return node.items.map((item, index) => dataOf(item, pathTo(path, index), depth + 1))
    return isScalar(node) ? scalarOf(node, key) : null
  }

  function keyOf(node: unknown): string {
    if (isScalar(node)) return String(node.source ?? node.value)
    const [offset = 0] = (node as Node | null)?.range ?? []
    throw new YamlRefusal('input.key-is-no-word', {}, placeAt(offset))
  }

  return { value: dataOf(document.contents, '', 0), values, keys }
}

/** A name of digits (`name: 007`) is kept as it is written. */
function scalarOf(node: { value: unknown; source?: string }, key: string | undefined): unknown {
  if (key === 'name' && node.value !== null && typeof node.value !== 'string')
    return node.source ?? String(node.value)
  return typeof node.value === 'bigint' ? Number(node.value) : node.value
}

/** The library's error as a sentence of ours; what it has no sentence for is shown by its place alone. */
function syntaxRefusal(error: YAMLParseError, text: string, placeAt: (offset: number) => Place): YamlRefusal {
  const [offset] = error.pos
  const character = [...text.slice(offset, offset + 2)][0]
  const place = placeAt(Math.min(offset, text.length))
  if (offset >= text.trimEnd().length) return new YamlRefusal('input.syntax-end', {}, place)
  if (error.code === 'BAD_SCALAR_START' && character !== undefined && /\S/.test(character))
    return new YamlRefusal('input.syntax-quotes', { character }, place)
  // In JSON and other bracketed text that is nearly always a comma.
  if (error.code === 'UNEXPECTED_TOKEN' && /^\s*[{[]/.test(text) && !/[\]}]/.test(character ?? ''))
    return new YamlRefusal('input.syntax-missing', {}, place)
  return new YamlRefusal(syntaxKeys[error.code] ?? 'input.syntax', {}, place)
}

const syntaxKeys: Partial<Record<YAMLParseError['code'], InputKey>> = {
  TAB_AS_INDENT: 'input.syntax-tab',
  BAD_INDENT: 'input.syntax-indent',
  MISSING_CHAR: 'input.syntax-missing',
  BLOCK_IN_FLOW: 'input.syntax-missing',
  MULTILINE_IMPLICIT_KEY: 'input.syntax-missing',
  BLOCK_AS_IMPLICIT_KEY: 'input.syntax-colon',
  BAD_DQ_ESCAPE: 'input.syntax-escape'
}
