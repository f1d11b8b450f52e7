/** Mail to people: queued with the act, sent afterwards. */
export type { Mail, MailContent, MailHref } from './mail.ts'
export { queueMail } from './queue-mail.ts'
