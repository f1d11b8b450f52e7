import { datePartsOf, dayFrom } from '#shared/design/date-parts.ts'
import type { Typed } from '#shared/forms/read-form.ts'
import type { Problem } from '#shared/forms/refused.ts'
import type { LocalMoment } from '#shared/time/local-moment.ts'
import type { CallTerms } from '../../call.ts'
import { moment } from '../../readiness.ts'
import { type FromForm, textOf } from './form-values.ts'

/** The value by which the form says that the deadline is none of those proposed. */
export const otherDeadline = 'other'

/** Opening and deadline, as a form: opens-day, opens-month, opens-year, opens-hour, and the same for the deadline. */
export function timeTyped(terms: CallTerms, proposed: readonly LocalMoment[]): Typed {
  const { opens, deadline, departure } = terms
  const chosen = proposed.findIndex((one) => one.day === deadline?.day && one.hour === deadline.hour)
  return {
    ...momentTyped('opens', opens),
    ...momentTyped('deadline', chosen >= 0 ? null : deadline),
    choice: chosen >= 0 ? String(chosen) : deadline || proposed.length === 0 ? otherDeadline : '',
    departure
  }
}

export function timeFrom(
  typed: Typed,
  proposed: readonly LocalMoment[]
): FromForm<Pick<CallTerms, 'opens' | 'deadline' | 'departure'>> {
  const problems: Problem[] = []
  const choice = textOf(typed, 'choice')
  const guide = choice === '' ? undefined : proposed[Number(choice)]
  const opens = momentFrom(typed, 'opens', problems)
  const deadline = guide ?? momentFrom(typed, 'deadline', problems)
  if (problems.length > 0) return { problems }
  // With the guide's deadline there is nothing to explain.
  return { change: { opens, deadline, departure: guide ? '' : textOf(typed, 'departure') } }
}

function momentTyped(name: 'opens' | 'deadline', given: LocalMoment | null): Typed {
  const parts = given ? datePartsOf(given.day) : { day: '', month: '', year: '' }
  return {
    [`${name}-day`]: parts.day,
    [`${name}-month`]: parts.month,
    [`${name}-year`]: parts.year,
    [`${name}-hour`]: given?.hour ?? ''
  }
}

/** A day and an hour as they were typed; null where nothing was. An hour that the clocks leave out is told at once. */
function momentFrom(typed: Typed, name: 'opens' | 'deadline', problems: Problem[]): LocalMoment | null {
  const part = (which: string) => textOf(typed, `${name}-${which}`).trim()
  const day = dayFrom({ day: part('day'), month: part('month'), year: part('year') })
  const written = part('hour')
  if (day === 'empty' && written === '') return null
  if (day === 'empty' || day === 'not-a-date') {
    problems.push({ field: name, key: day === 'empty' ? 'form.missing' : 'calls.problem.day' })
    return null
  }
  const hour = hourFrom(written)
  if (hour === undefined) {
    problems.push({ field: `${name}-hour`, key: written === '' ? 'form.missing' : 'calls.problem.hour' })
    return null
  }
  const given = { day: day.day, hour }
  problems.push(...moment(name, given))
  return given
}

/** 9, 9:00, 09.00 and 9h00 are all 09:00. */
export function hourFrom(written: string): string | undefined {
  const found = /^(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?$/.exec(written.trim())
  if (!found) return undefined
  const [, hour = '', minute = '00'] = found
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined
}
