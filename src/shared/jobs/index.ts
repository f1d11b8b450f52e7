/** Work outside of requests: on a clock or after an event, tried again until it is done. */
export { type FailingJob, failingJobs, forgetLaidAside, retryFailingJob } from './failing-jobs.ts'
export { installJobs, jobsSchema } from './install-jobs.ts'
export { type Jobs, type Scheduled, mostAttempts } from './job.ts'
export { type Rounds, type StartRounds, startRounds } from './rounds.ts'
export { type RunningJobs, runJobs } from './run-jobs.ts'
