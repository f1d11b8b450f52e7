import { z } from 'zod'
import {
  line,
  oneOf,
  optional,
  optionalLine,
  optionalOneOf,
  optionalParagraphs,
  wholeNumber
} from '#shared/forms/fields.ts'
import { parseEuro } from '#shared/design/parse-euro.ts'
import { peopleKinds, staffKinds, type PlannedCost } from './budget-line.ts'

/** Most lines that a budget may have. */
export const mostLines = 2000 // not of a guide: lines

const mostCents = 1_000_000_000_00 // not of a guide: a billion euros, far beyond any grant
const longestKm = 20_100 // not of a guide: half around the earth

const count = (least: number, most: number) => optional(wholeNumber(least, most))

/** An amount as people type it, or whole cents. */
const euros = z
  .union([z.string(), z.number()])
  .optional()
  .transform((given, context): number | undefined => {
    if (given === undefined || typeof given === 'number') return given
    const read = parseEuro(given)
    if (read === 'empty') return undefined
    if (read !== 'not-money') return read.cents
    context.addIssue({ code: 'custom', message: 'applications-budget.problem.not-money' })
    return z.NEVER
  })
  .pipe(
    z
      .number('form.not-a-number')
      .int('form.not-a-number')
      .min(0, 'form.too-small')
      .max(mostCents, 'applications-budget.problem.too-much')
      .optional()
  )

const planned = {
  participant: z.uuid('form.not-offered'),
  category: line(60),
  title: optionalLine(300),
  workPackage: optional(z.string().regex(/^[a-z0-9]{8}$/, 'form.not-offered')),
  year: count(1, 10),
  months: count(0, 120),
  days: count(0, 20_000),
  people: count(0, 10_000),
  times: count(1, 1000),
  staff: optionalOneOf(staffKinds),
  kind: optionalOneOf(peopleKinds),
  travel: optionalOneOf(['standard', 'green']),
  from: optionalLine(120),
  to: optionalLine(120),
  km: count(0, longestKm),
  kmReason: optionalLine(300),
  age: count(0, 120),
  cents: euros,
  justification: optionalParagraphs(2000)
}

/** A line as a form or a spreadsheet gives it: what else stands there is not its business. */
export const plannedCost = z.object(planned).transform(withTitle)

/** A line as a machine gives it, which is told of names that there are not: a cost under another name is no cost. */
export const statedCost = z.strictObject(planned).transform(withTitle)

function withTitle({ title, ...rest }: z.output<z.ZodObject<typeof planned>>): PlannedCost {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined)
  return { ...(Object.fromEntries(given) as Omit<PlannedCost, 'title'>), title: title ?? '' }
}

/** The id of a line. */
export const lineId = z.string().regex(/^[a-z0-9]{8}$/, 'form.not-understood')

/** Which version of a line was seen; 0 for a new one. */
export const seenVersion = wholeNumber(0, 1_000_000_000)

/** A whole budget, as a machine gives it. */
export const wholeBudget = z.strictObject({
  seen: z.string(),
  lines: z
    .array(z.strictObject({ id: lineId, line: statedCost }))
    .max(mostLines, 'applications-budget.problem.too-many-lines')
})

/** Which of the ways to look at the totals. */
export const viewName = oneOf(['participant', 'year', 'work-package', 'category'])
