import { strFromU8, unzipSync } from 'fflate'

/** What a cell holds; undefined: nothing. */
type Value = number | string | boolean | undefined
/** Of a cell, or of a column of cells. */
type Result = Value | Value[]
type Cells = Map<string, Value | { formula: string }>

/** A workbook as a program shows that has computed it: sheets by name, then cells by address. */
export type Computed = { value(sheet: string, address: string): Value }

/**
 * Computes a workbook from its formulas alone, whatever results were written beside them. It knows what budgets use,
 * and throws at anything else.
 * @param changes cells that somebody typed over, by sheet and address, such as “Lines!H3”
 */
export function computed(workbook: Uint8Array, changes: Record<string, Value> = {}): Computed {
  const parts = unzipSync(workbook)
  const text = (name: string) => strFromU8(parts[name]!)
  const names = [...text('xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/g)].map((found) =>
    plain(found[1]!)
  )
  const sheets = new Map(names.map((name, at) => [name, cellsOf(text(`xl/worksheets/sheet${at + 1}.xml`))]))
  for (const [place, value] of Object.entries(changes)) {
    const [sheet, address] = place.split('!') as [string, string]
    sheets.get(sheet)!.set(address, value)
  }
  const known = new Map<string, Value>()
  const value = (sheet: string, address: string): Value => {
    const key = `${sheet}!${address}`
    const cell = sheets.get(sheet)!.get(address)
    if (typeof cell !== 'object') return cell
    if (!known.has(key)) known.set(key, one(compute(cell.formula, sheet, value)))
    return known.get(key)
  }
  return { value }
}

function cellsOf(xml: string): Cells {
  const cells: Cells = new Map()
  for (const [, address, , inner] of xml.matchAll(/<c r="([A-Z]+\d+)"([^>]*)>(.*?)<\/c>/g)) {
    const formula = /<f>(.*?)<\/f>/.exec(inner!)?.[1]
    const words = /<t[^>]*>(.*?)<\/t>/s.exec(inner!)?.[1]
    const number = /<v>(.*?)<\/v>/.exec(inner!)?.[1]
    cells.set(address!, formula ? { formula: plain(formula) } : words ? plain(words) : Number(number))
  }
  return cells
}

function plain(xml: string): string {
  return xml.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

const token =
  /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|"((?:[^"]|"")*)"|((?:'(?:[^']|'')+'!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)|([A-Z]+)(?=\()|(<>|<=|>=|[-+*/=<>(),]))/y

/** By precedence, from the weakest. */
const operators = [
  ['=', '<>', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/']
]

function compute(formula: string, sheet: string, value: Computed['value']): Result {
  // A cell that is looked up computes another formula meanwhile.
  const reader = new RegExp(token)
  let next: RegExpExecArray | null = null
  const step = () => {
    const from = reader.lastIndex
    next = reader.exec(formula)
    if (!next && from < formula.length) throw new Error(`not understood: ${formula.slice(from)}`)
  }
  const is = (sign: string) => next?.[5] === sign
  const take = (sign: string) => {
    if (!is(sign)) throw new Error(`“${sign}” is missing in ${formula}`)
    step()
  }
  const level = (at: number): Result => {
    if (at === operators.length) return unary()
    let left = level(at + 1)
    while (next?.[5] && operators[at]!.includes(next[5])) {
      const sign = next[5]
      step()
      left = each(left, level(at + 1), sign)
    }
    return left
  }
  const unary = (): Result => {
    if (is('-')) {
      step()
      return each(0, unary(), '-')
    }
    if (is('(')) {
      step()
      const inner = level(0)
      take(')')
      return inner
    }
    const [, number, words, place, name] = next!
    step()
    if (number !== undefined) return Number(number)
    if (words !== undefined) return words.replaceAll('""', '"')
    if (place !== undefined) return cellsAt(place, sheet, value)
    take('(')
    const given: Result[] = []
    while (!is(')')) {
      given.push(level(0))
      if (is(',')) step()
    }
    take(')')
    return call(name!, given)
  }
  step()
  return level(0)
}

function cellsAt(place: string, own: string, value: Computed['value']): Result {
  const [, named, from, to] = /^(?:'((?:[^']|'')+)'!)?([^:]+)(?::(.+))?$/.exec(place.replaceAll('$', ''))!
  const sheet = named?.replaceAll("''", "'") ?? own
  if (to === undefined) return value(sheet, from!)
  const [column, first] = [from!.replace(/\d/g, ''), Number(from!.replace(/\D/g, ''))]
  if (!to.startsWith(column)) throw new Error(`more than one column: ${place}`)
  const last = Number(to.replace(/\D/g, ''))
  return Array.from({ length: last - first + 1 }, (_, at) => value(sheet, `${column}${first + at}`))
}

function each(left: Result, right: Result, sign: string): Result {
  if (!Array.isArray(left) && !Array.isArray(right)) return operate(left, right, sign)
  const length = Math.max(...[left, right].map((side) => (Array.isArray(side) ? side.length : 1)))
  const at = (side: Result, index: number) => (Array.isArray(side) ? side[index] : side)
  return Array.from({ length }, (_, index) => operate(at(left, index), at(right, index), sign))
}

function operate(left: Value, right: Value, sign: string): Value {
  if (sign === '=' || sign === '<>') {
    // An empty cell is an empty text as well as nothing.
    const same =
      (left ?? (typeof right === 'string' ? '' : 0)) === (right ?? (typeof left === 'string' ? '' : 0))
    return same === (sign === '=')
  }
  // A text is more than any number.
  if (typeof left === 'string' && typeof right === 'number') {
    if (['<', '<='].includes(sign)) return false
    if (['>', '>='].includes(sign)) return true
  }
  const [a, b] = [numberOf(left), numberOf(right)]
  switch (sign) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '<':
      return a < b
    case '>':
      return a > b
    case '<=':
      return a <= b
    default:
      return a >= b
  }
}

function numberOf(value: Value): number {
  if (typeof value === 'string') throw new Error(`not a number: ${value}`)
  return Number(value ?? 0)
}

function one(result: Result): Value {
  return Array.isArray(result) ? result[0] : result
}

function call(name: string, given: Result[]): Value {
  const all = given.flat()
  const [first, second, third] = given.map(one)
  switch (name) {
    case 'SUM':
    case 'SUMPRODUCT':
      return all.reduce<number>((sum, cell) => sum + (typeof cell === 'number' ? cell : 0), 0)
    case 'MIN':
      return Math.min(...all.map(numberOf))
    case 'MAX':
      return Math.max(...all.map(numberOf))
    case 'ROUND':
      return (
        Math.round(numberOf(first) * 10 ** numberOf(second) * (1 + Number.EPSILON)) / 10 ** numberOf(second)
      )
    case 'ROUNDDOWN':
      return (
        Math.trunc(numberOf(first) * 10 ** numberOf(second) * (1 + Number.EPSILON)) / 10 ** numberOf(second)
      )
    case 'IF':
      return first ? second : third
    case 'AND':
      return all.every(Boolean)
    case 'OR':
      return all.some(Boolean)
    case 'N':
      return typeof first === 'number' ? first : 0
    case 'TRUE':
      return true
    case 'FALSE':
      return false
    default:
      throw new Error(`no such function: ${name}`)
  }
}
