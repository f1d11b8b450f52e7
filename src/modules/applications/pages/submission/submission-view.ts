import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import { errorOfClock, moment } from '../../submission/moment.ts'
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
    error: errorOfClock(clockError, language),
    accepted: moment(acceptedAt, language, 'Europe/Brussels')
  }
}
