/** Mail to people: queued with the act, sent afterwards. */
export { type MailToPerson, eraseMailOf, eraseOldMail, mailOf } from './erase-mail.ts'
export type { Mail, MailContent, MailHref } from './mail.ts'
export { type MailServer, type Sender, readMailServer, readSender } from './mail-server.ts'
export type { MailFailure, MailState } from './message.ts'
export {
  type OutboxMail,
  type OutboxState,
  outboxMail,
  outboxMails,
  outboxState,
  sendAgain
} from './outbox.ts'
export { startPostman } from './postman.ts'
export { queueMail, queueMails } from './queue-mail.ts'
export { absolute, renderMail } from './render-mail.ts'
