import { z } from 'zod'
import type {
  AnswerKind,
  FormColumn,
  FormOption,
  FormOptions,
  FormQuestion,
  TableKind
} from '#modules/programmes'
import { parseEuro } from '#shared/design/parse-euro.ts'
import type { Problem, Refused } from '#shared/forms/refused.ts'
import { refused } from '#shared/forms/refused.ts'
import { tidyLine, tidyParagraphs } from '#shared/forms/tidy-text.ts'
import type { TextKey } from '#shared/texts/language.ts'
import { noLongerOffered, offered, type Filled } from './filled.ts'
import { isDay } from './problems.ts'

/** Characters of a text cell or line that are kept beyond its limit, so that nobody loses what was pasted. */
const beyondLimit = 10_000 // not of a guide

/**
 * Reads what was given for a question that is not a text, from JSON or from a form's fields, as it is kept: numbers
 * and cents as numbers, days as YYYY-MM-DD, yes and no as booleans, choices by the value of their option, tables
 * without empty cells and rows. Nothing given is null. A limit that is not kept is no reason to refuse: the value is
 * kept, and problemsOf says what is wrong with it. A file can only be taken away here.
 * @param standing what stands there: what was chosen in it may stay, though it is not offered any more
 * @returns the value, or a refusal when it cannot be such an answer at all
 */
export function readValue(
  filled: Filled,
  question: FormQuestion,
  given: unknown,
  standing?: unknown
): { value: unknown } | Refused {
  const outcome = schemaOf(filled, question, standing).safeParse(given)
  if (outcome.success) return { value: outcome.data ?? null }
  const problems = outcome.error.issues.map(({ path, message }): Problem => ({
    field: path.join('.'),
    key: message as TextKey
  }))
  return refused('invalid', { problems })
}

/** True for questions whose answers are texts that merge; all others are values. */
export function isText(question: FormQuestion): boolean {
  return question.kind === 'text' || question.kind === 'line'
}

function schemaOf(filled: Filled, question: FormQuestion, standing: unknown): z.ZodType {
  if (question.kind === 'table') return tableSchema(filled, question, standing)
  if (question.kind === 'file') return fileSchema
  return cellSchema(filled, question, standing)
}

function cellSchema(filled: Filled, question: AnswerKind, standing: unknown): z.ZodType {
  switch (question.kind) {
    case 'text':
      return given(
        z.string('form.not-understood').max(question.limit + beyondLimit, 'form.not-understood'),
        tidyParagraphs
      )
    case 'line':
      return given(
        z.string('form.not-understood').max(question.limit + beyondLimit, 'form.not-understood'),
        tidyLine
      )
    case 'number':
      return given(z.number('form.not-a-number'), asNumber)
    case 'money':
      return given(
        z.int('applications-form.problem.not-money').min(0, 'applications-form.problem.not-money'),
        asCents
      )
    case 'date':
      return given(z.string('form.not-a-day').refine(isDay, 'form.not-a-day'), tidyLine)
    case 'yes-no':
      return given(z.boolean('form.not-offered'), asYesNo)
    case 'choice': {
      const taken = takenBy(filled, question.options, standing)
      return given(optionSchema(taken), (typed) => optionValue(taken, typed))
    }
    case 'choices':
      return choicesSchema(takenBy(filled, question.options, standing), standing)
  }
}

/** The values that are taken: what is offered, and what is chosen already. */
function takenBy(filled: Filled, options: FormOptions, standing: unknown): Taken[] {
  return [
    ...offered(filled, options),
    ...noLongerOffered(filled, options, standing).map((value) => ({ value }))
  ]
}

type Taken = Pick<FormOption, 'value'>

/** A value, or nothing; text from a form's field is read first. */
function given(schema: z.ZodType, read: (typed: string) => unknown): z.ZodType {
  return z.preprocess((value) => {
    if (value === undefined || value === null) return null
    if (typeof value !== 'string') return value
    return tidyLine(value) === '' ? null : read(value)
  }, schema.nullable())
}

/** 1 234,5 and 1234.5 are the same number. */
function asNumber(typed: string): unknown {
  const plain = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : typed
}

function asCents(typed: string): unknown {
  const read = parseEuro(typed)
  return typeof read === 'object' ? read.cents : typed
}

function asYesNo(typed: string): unknown {
  if (typed === 'yes' || typed === 'true') return true
  return typed === 'no' || typed === 'false' ? false : typed
}

function optionSchema(options: readonly Taken[]): z.ZodType {
  return z
    .union([z.string(), z.number()], 'form.not-offered')
    .refine((value) => options.some((option) => option.value === value), 'form.not-offered')
}

/** Forms send every value as text; an option whose value is a number is still that number. */
function optionValue(options: readonly Taken[], typed: string): string | number {
  return options.find(({ value }) => String(value) === typed)?.value ?? typed
}

function choicesSchema(options: readonly Taken[], standing: unknown): z.ZodType {
  return z
    .preprocess(
      (value) =>
        (value === undefined || value === null ? [] : [value].flat())
          .filter((one) => one !== '')
          .map((one) => (typeof one === 'string' ? optionValue(options, one) : one)),
      z.array(optionSchema(options))
    )
    .transform((chosen) => {
      const kept = options.map(({ value }) => value).filter((value) => chosen.includes(value))
      const same = Array.isArray(standing) && standing.length === kept.length
      if (same && kept.every((value) => standing.includes(value))) return standing as typeof kept
      return kept.length > 0 ? kept : null
    })
}

function tableSchema(filled: Filled, { columns, most }: TableKind, standing: unknown): z.ZodType {
  const rows = Array.isArray(standing) ? (standing as (Record<string, unknown> | null)[]) : []
  const inColumn = (id: string) => rows.flatMap((row) => row?.[id] ?? [])
  const cells = Object.fromEntries(
    columns.map((column) => [column.id, cellOf(filled, column, inColumn(column.id))])
  )
  return z
    .preprocess(
      (value) => value ?? [],
      z
        .array(z.object(cells), 'form.not-understood')
        .refine((rows) => rows.length <= most, 'applications-form.problem.too-many-rows')
    )
    .transform((rows) => {
      const kept = rows.map(withoutEmpty).filter((row) => Object.keys(row).length > 0)
      return kept.length > 0 ? kept : null
    })
}

function cellOf(filled: Filled, column: FormColumn, standing: unknown): z.ZodType {
  return cellSchema(filled, column, standing).optional()
}

function withoutEmpty(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null && cell !== undefined))
}

/** Files come by being uploaded, never by being named: nobody answers with a file that is not theirs. */
const fileSchema = z.preprocess((value) => value ?? null, z.null('form.not-understood'))
