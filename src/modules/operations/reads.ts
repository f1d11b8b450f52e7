import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, refusalFor } from '#shared/identity/index.ts'
import { type FailingJob, failingJobs } from '#shared/jobs/index.ts'
import {
  type MailContent,
  type MailState,
  type OutboxMail,
  type OutboxState,
  outboxMail,
  outboxMails,
  outboxState
} from '#shared/mail/index.ts'
import { type Installation, deliveryOf } from './delivery.server.ts'
import { type Delivery, canBeSent, showsWords } from './outbox.ts'

export const permissions = {
  deadLetters: ['administrator'],
  mailOutbox: ['administrator'],
  readMail: ['administrator']
} satisfies Record<string, Permission>

type Holding = { database: Database } & Installation

const onePage = 50

/** Jobs that fail, those laid aside first. */
export async function deadLetters(app: Holding, caller: Caller): Promise<FailingJob[] | Refused> {
  return refusalFor(caller, permissions.deadLetters) ?? (await failingJobs(app.database))
}

/** A mail of the outbox, and whether it can be had sent again. */
export type ShownMail = OutboxMail & { sendable: boolean }

export type Outbox = OutboxState & {
  delivery: Delivery
  mails: ShownMail[]
  /** The mail after which the next page begins; undefined: this is the last. */
  olderThan: string | undefined
}

/** The outgoing mail, the newest first. In a demonstration everybody may look. */
export async function mailOutbox(
  app: Holding,
  caller: Caller,
  asked: { state?: MailState | undefined; olderThan?: string | undefined } = {}
): Promise<Outbox | Refused> {
  const delivery = deliveryOf(app)
  const no = refusalUnlessDemonstration(caller, permissions.mailOutbox, delivery)
  if (no) return no
  const [state, mails] = await Promise.all([
    outboxState(app.database),
    outboxMails(app.database, { ...asked, most: onePage + 1 })
  ])
  const shown = mails.slice(0, onePage).map((mail) => ({ ...mail, sendable: canBeSent(mail, delivery) }))
  const olderThan = mails.length > onePage ? shown.at(-1)!.id : undefined
  return { ...state, delivery, mails: shown, olderThan }
}

/** One mail. `content` is null where its words are erased or not shown (`hidden`). */
export type ReadMail = ShownMail & { delivery: Delivery; content: MailContent | null; hidden: boolean }

/** A mail of the outbox with its words, where they are shown. */
export async function readMail(app: Holding, caller: Caller, id: string): Promise<ReadMail | Refused> {
  const delivery = deliveryOf(app)
  const no = refusalUnlessDemonstration(caller, permissions.readMail, delivery)
  if (no) return no
  const mail = await outboxMail(app.database, id)
  if (!mail) return refused('not-found')
  const hidden = !showsWords(delivery, mail)
  const content = hidden ? null : mail.content
  return { ...mail, content, hidden, delivery, sendable: canBeSent(mail, delivery) }
}

/** A demonstration has no mail but that of invented people. */
function refusalUnlessDemonstration(caller: Caller, permission: Permission, { way }: Delivery) {
  return way === 'demonstration' ? undefined : refusalFor(caller, permission)
}
