import { charactersIn } from '#shared/forms/tidy-text.ts'
import { cleaned, shown, type InputKey, type InputNotes, type Path } from './input-problem.ts'

type Notes = Pick<InputNotes, 'problem' | 'warning'>

/** An organisation's name may have so many characters. */
export const longestName = 300
/** A project may be said to last at most so many months; the guides' own limits are rules, not limits of reading. */
export const mostMonths = 120

/** The fields of a group, or undefined when it is none. Only its own fields are seen, whatever they are called. */
export function groupOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return new Map(Object.entries(value))
}

/** Text in one line; a number is taken as it is written. Missing and null are undefined. */
export function readText(value: unknown, path: Path, notes: Notes): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'string') {
    wrongKind(value, path, 'input.expects-text', notes)
    return undefined
  }
  const { text, changed } = cleaned(value)
  if (changed) notes.warning(path, 'input.text-cleaned', () => ({ args: { field: fieldOf(path) } }))
  return text === '' ? undefined : text
}

/** The name of an organisation, whole. */
export function readName(value: unknown, path: Path, notes: Notes): string | undefined {
  const name = readText(value, path, notes)
  const count = name === undefined ? 0 : charactersIn(name)
  if (count > longestName)
    notes.problem(path, 'input.name-too-long', () => ({ args: { count, limit: longestName } }))
  return name
}

const yes = new Set(['true', 'yes', 'jā', 'ja'])
const no = new Set(['false', 'no', 'nē', 'ne'])

/** Yes or no; null is unknown, undefined is not said. YAML 1.2 reads an unquoted yes or no as text, so both count. */
export function readYesNo(value: unknown, path: Path, notes: InputNotes): boolean | null | undefined {
  if (value === undefined || value === null || typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (yes.has(word)) return true
  if (no.has(word)) return false
  wrongKind(value, path, 'input.expects-yes-no', notes)
  return undefined
}

/** Whole months. */
export function readMonths(value: unknown, path: Path, notes: InputNotes): number | undefined {
  if (value === undefined || value === null) return undefined
  const months = numberOf(value)
  if (months !== undefined && Number.isInteger(months) && months >= 1 && months <= mostMonths) return months
  notes.problem(path, 'input.expects-months', () => ({
    args: { field: fieldOf(path), most: mostMonths },
    words: { found: shown(value) }
  }))
  return undefined
}

/** Whole euros. */
export function readEuros(value: unknown, path: Path, notes: InputNotes): number | undefined {
  if (value === undefined || value === null) return undefined
  const euros = numberOf(value)
  if (euros !== undefined && Number.isSafeInteger(euros) && euros >= 0) return euros
  const cents = euros !== undefined && euros > 0 && !Number.isInteger(euros)
  notes.problem(path, cents ? 'input.euros-with-cents' : 'input.expects-euros', () => ({
    args: { field: fieldOf(path) },
    words: { found: shown(value) }
  }))
  return undefined
}

/** A number, also written as text in digits, with spaces between thousands. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined
  if (typeof value !== 'string') return undefined
  const written = value.trim()
  if (written.length > 20 || !/^\d+(?:[.]\d+)?$|^\d{1,3}(?:[ \u00a0\u202f]\d{3})+$/.test(written))
    return undefined
  return Number(written.replace(/[ \u00a0\u202f]/g, ''))
}

/**
 * A day that exists, YYYY-MM-DD; null is unknown.
 * @param today the day a later one is warned of
 */
export function readDay(
  value: unknown,
  path: Path,
  notes: InputNotes,
  today: string | undefined
): string | null | undefined {
  if (value === undefined || value === null) return value
  const day = typeof value === 'string' ? value.trim() : ''
  if (!isDay(day)) {
    wrongKind(value, path, 'input.expects-day', notes)
    return undefined
  }
  if (today !== undefined && day > today)
    notes.warning(path, 'input.day-in-future', () => ({ args: { day } }))
  return day
}

function isDay(written: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(written) ?? []).map(Number)
  if (!year || !month || !day || month > 12) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= days[month - 1]!
}

/** Says that another kind of value belongs here. */
export function wrongKind(value: unknown, path: Path, key: InputKey, notes: Notes) {
  notes.problem(path, key, () => ({ args: { field: fieldOf(path) }, words: { found: shown(value) } }))
}

/** The field a path ends in, as it is written in the file. */
export function fieldOf(path: Path): string {
  const field = path.findLast((part) => typeof part === 'string')
  return field === undefined ? '' : String(field)
}
