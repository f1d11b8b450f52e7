import { parseEuro } from '#shared/design/parse-euro.ts'
import type { Language } from '#shared/texts/language.ts'
import { countryName } from '../../country-names.ts'
import { countryCode } from '../../countries.ts'
import { findCountry } from '../../find-country.ts'

/** One organisation as somebody typed it; whatever it is, it stays as typed. */
export type DraftPartner = {
  name: string
  country: string
  type: string
  role: string
  /** Ids of functions; `unknown` when it is not known which it has. */
  functions: string[]
  /** yes, no, unknown, or empty when nothing is said. */
  charter: string
  establishedOn: string
  nonProfit: string
  europeanNgo: string
  /** all, none, or names and numbers of partners between commas. */
  independentOf: string
}

/** The form as somebody filled it, in strings. */
export type Draft = {
  edition: string
  action: string
  field: string
  durationMonths: string
  grantEur: string
  partners: DraftPartner[]
  /** Answers to questions of actions: one value, or several for a question with many. */
  answers: Record<string, string | string[]>
}

/** A form has at most so many rows; what the rules take is said by the reader of consortia. */
const mostRows = 1000

export function emptyPartner(role: string): DraftPartner {
  return {
    name: '',
    country: '',
    type: '',
    role,
    functions: [],
    charter: '',
    establishedOn: '',
    nonProfit: '',
    europeanNgo: '',
    independentOf: ''
  }
}

/** The form before anybody typed. */
export function emptyDraft(edition: string, action = ''): Draft {
  return {
    edition,
    action,
    field: '',
    durationMonths: '',
    grantEur: '',
    partners: [emptyPartner('coordinator'), emptyPartner('partner'), emptyPartner('partner')],
    answers: {}
  }
}

/** Whether nothing was typed in the row; a role alone was there before. */
export function isBlank(partner: DraftPartner): boolean {
  const { role: _role, functions, ...typed } = partner
  return functions.length === 0 && Object.values(typed).every((value) => value.trim() === '')
}

/** The form without some rows; what others say of partners by number means the same partners as before. */
export function withoutRows(draft: Draft, left: ReadonlySet<number>): Draft {
  const kept = draft.partners.flatMap((_, index) => (left.has(index) ? [] : [index]))
  return {
    ...draft,
    partners: kept.map((index) => {
      const partner = draft.partners[index]!
      return { ...partner, independentOf: renumbered(partner.independentOf, kept) }
    })
  }
}

/** Numbers of partners (from 1) after only the rows kept are left. Those of rows that are gone go too. */
export function renumbered(typed: string, kept: readonly number[]): string {
  return typed
    .split(/(?<=[,;])/)
    .flatMap((part) => {
      const [, number, rest] = /^\s*(\d{1,4})\s*([,;]?)$/.exec(part) ?? []
      if (number === undefined) return [part]
      const at = kept.indexOf(Number(number) - 1)
      return at < 0 ? [] : [`${/^\s/.test(part) ? ' ' : ''}${at + 1}${rest}`]
    })
    .join('')
    .replace(/[,;]\s*$/, '')
    .trim()
}

/** Reads the submitted form, also in a browser. Unknown names are passed over. */
export function draftFromForm(form: FormData): Draft {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const rows = new Map<number, DraftPartner>()
  const answers: Draft['answers'] = {}
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue
    const [, number, field] = /^partners\.(\d{1,4})\.(\w+)$/.exec(name) ?? []
    if (number !== undefined && rows.size <= mostRows) {
      const row = rows.get(Number(number)) ?? emptyPartner('')
      if (field === 'functions') row.functions.push(value)
      else if (field !== undefined && Object.hasOwn(row, field))
        row[field as Exclude<keyof DraftPartner, 'functions'>] = value
      rows.set(Number(number), row)
    }
    const [, many, key] = /^answers(\[\])?\.(.{1,100})$/.exec(name) ?? []
    if (key !== undefined && value !== '') {
      if (many) answers[key] = [...(Array.isArray(answers[key]) ? answers[key] : []), value]
      else answers[key] = value
    }
  }
  return {
    edition: text('edition'),
    action: text('action'),
    field: text('field'),
    durationMonths: text('durationMonths'),
    grantEur: text('grantEur'),
    partners: [...rows].sort(([a], [b]) => a - b).map(([, row]) => row),
    answers
  }
}

type Values = Record<string, unknown>

/** The draft as the value of a consortium file. What cannot be read stays as it was typed, for the reader to tell. */
export function fileFromDraft(draft: Draft): Values {
  const { field, durationMonths, grantEur, partners, answers } = draft
  return {
    ...(field && { field }),
    ...(durationMonths.trim() && { durationMonths: numberOr(durationMonths) }),
    ...(grantEur.trim() && { grantEur: eurosOr(grantEur) }),
    partners: partners.map(partnerInFile),
    ...(Object.keys(answers).length > 0 && {
      answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, answerInFile(value)]))
    })
  }
}

function partnerInFile(partner: DraftPartner): Values {
  const { name, country, type, role, functions, charter, establishedOn, nonProfit } = partner
  const { europeanNgo, independentOf } = partner
  return {
    ...(name.trim() && { name }),
    ...(country.trim() && { country: findCountry(country) ?? country }),
    ...(type && { type }),
    ...(role && { role }),
    ...(functions.length > 0 && { functions: functions.includes('unknown') ? null : functions }),
    ...(charter && { charter: yesNo(charter) }),
    ...(establishedOn.trim() && { establishedOn: dayOr(establishedOn) }),
    ...(nonProfit && { nonProfit: yesNo(nonProfit) }),
    ...(europeanNgo && { europeanNgo: yesNo(europeanNgo) }),
    ...(independentOf.trim() && { independentOf: independence(independentOf) })
  }
}

const yesNo = (said: string) =>
  said === 'yes' ? true : said === 'no' ? false : said === 'unknown' ? null : said

function numberOr(typed: string): number | string {
  return /^\s*\d{1,6}\s*$/.test(typed) ? Number(typed) : typed
}

function eurosOr(typed: string): number | string {
  const read = parseEuro(typed)
  return typeof read === 'object' ? read.cents / 100 : typed
}

/** Days as people write them here: 5.3.2019 is the fifth of March. */
function dayOr(typed: string): string {
  const [, day, month, year] = /^\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\.?\s*$/.exec(typed) ?? []
  return year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : typed.trim()
}

function independence(typed: string): unknown {
  const word = typed.trim().toLowerCase()
  if (['all', 'visi', 'no visiem'].includes(word)) return true
  if (['none', 'neviens', 'no neviena'].includes(word)) return false
  return typed
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function answerInFile(value: string | string[]): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== '')
  if (value === 'yes' || value === 'no') return value === 'yes'
  return /^\d{1,9}$/.test(value) ? Number(value) : value
}

/**
 * A draft that shows the value of a consortium file, of a link or of the reader; whatever has no place in the form is
 * left out, whatever cannot be read is shown as it is.
 */
export function draftFromFile(
  given: unknown,
  language: Language,
  asked: { edition: string; action: string }
): Draft {
  const value = groupOf(given)
  const partners = Array.isArray(value.partners) ? value.partners.slice(0, mostRows) : []
  return {
    ...asked,
    field: text(value.field),
    durationMonths: text(value.durationMonths),
    grantEur: text(value.grantEur),
    partners: partners.map((partner) => draftPartner(groupOf(partner), language)),
    answers: Object.fromEntries(
      Object.entries(groupOf(value.answers)).flatMap(([key, answer]) =>
        answer === null || answer === undefined || !/^[a-z][A-Za-z0-9]{0,60}$/.test(key)
          ? []
          : [
              [
                key,
                Array.isArray(answer)
                  ? answer.map(text)
                  : typeof answer === 'boolean'
                    ? said(answer)
                    : text(answer)
              ]
            ]
      )
    )
  }
}

function draftPartner(value: Values, language: Language): DraftPartner {
  const code = typeof value.country === 'string' ? countryCode(value.country) : undefined
  const { functions, independentOf } = value
  return {
    name: text(value.name),
    country: code ? countryName(code, language) : text(value.country),
    type: text(value.type),
    role: text(value.role),
    functions: functions === null ? ['unknown'] : Array.isArray(functions) ? functions.map(text) : [],
    charter: said(value.charter),
    establishedOn: text(value.establishedOn),
    nonProfit: said(value.nonProfit),
    europeanNgo: said(value.europeanNgo),
    independentOf:
      independentOf === true
        ? 'all'
        : independentOf === false
          ? 'none'
          : (Array.isArray(independentOf) ? independentOf : [independentOf])
              .map(text)
              .filter(Boolean)
              .join(', ')
  }
}

function groupOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
}

/** Longer than any name may be, so that a link cannot fill a page. */
const longest = 1000

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, longest) : ''
}

function said(value: unknown): string {
  if (value === undefined) return ''
  return value === true ? 'yes' : value === false ? 'no' : value === null ? 'unknown' : text(value)
}
