import type { Temporal } from 'temporal-polyfill'
import { formatDate, formatNumber } from '#shared/texts/format.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { Submission, SubmissionState } from '../../submission/submission.ts'

/** The texts of the pages about handing in. */
export type SubmissionTexts = Say<
  KeysOf<'site' | 'rules' | 'calls' | 'applications' | 'applications-editor' | 'applications-submission'>
>

/** Something that was handed in, as people read it. */
export type SubmissionView = {
  number: number
  state: SubmissionState
  hash: string
  /** On the clock of Brussels, with its offset; and in UTC. */
  received: string
  utc: string
  error: string
  accepted: string
}

/** A submission in words. */
export function submissionView(submission: Submission, language: Language): SubmissionView {
  const { number, state, hash, receivedAt, clockError, acceptedAt } = submission
  return {
    ...{ number, state, hash },
    received: moment(receivedAt, language, 'Europe/Brussels'),
    utc: moment(receivedAt, language, 'UTC'),
    error: `± ${formatNumber(Math.ceil(clockError * 10) / 10, language)}\u00a0ms`,
    accepted: moment(acceptedAt, language, 'Europe/Brussels')
  }
}

/** 5 March 2026, 11:59:59.123 (+01:00): exact to the millisecond, which is never rounded up. */
export function moment(at: Temporal.Instant, language: Language, zone: string): string {
  const local = at.toZonedDateTimeISO(zone)
  const hour = local.toPlainTime().toString({ smallestUnit: 'millisecond', roundingMode: 'trunc' })
  const day = formatDate(local.toPlainDate().toString(), language)
  return `${day}, ${hour} (${zone === 'UTC' ? 'UTC' : local.offset})`
}
