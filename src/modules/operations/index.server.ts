/** What operations offers on the server. */
export { deadLetters, mailOutbox, readMail } from './reads.ts'
export type { Outbox, ReadMail, ShownMail } from './reads.ts'
export { retryJob } from './actions/retry-job.ts'
export { retryMail } from './actions/retry-mail.ts'
