import type { Scheduled } from '#shared/jobs/index.ts'

const day = 86_400_000 // not of a guide: milliseconds

/** The only timetable: when each job of the modules runs. Hours are UTC. */
export const schedule: readonly Scheduled[] = [
  { job: 'events.forget-old', at: '17 2 * * *', makeUpFor: day },
  { job: 'jobs.forget-laid-aside', at: '22 2 * * *', makeUpFor: day },
  { job: 'mail.erase-old', at: '27 2 * * *', makeUpFor: day },
  { job: 'people.forget-ended', at: '47 2 * * *', makeUpFor: day },
  { job: 'directory.forget-invitations', at: '52 2 * * *', makeUpFor: day },
  { job: 'calls.remind', at: '7 * * * *', makeUpFor: day },
  { job: 'calls.forget-unconfirmed', at: '37 2 * * *', makeUpFor: day },
  { job: 'applications.carry-drafts-over', at: '23 * * * *', makeUpFor: day },
  { job: 'applications.warn-of-limits', at: '12 5 * * *', makeUpFor: day },
  { job: 'applications.forget-addresses', at: '42 2 * * *', makeUpFor: day },
  { job: 'applications.keep-papers', at: '*/2 * * * *' },
  { job: 'applications.forget-absent', at: '43 * * * *' },
  { job: 'files.scan-waiting', at: '*/5 * * * *' },
  { job: 'files.remove-unused', at: '37 2 * * *', makeUpFor: day }
]
