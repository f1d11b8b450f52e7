import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import type { Database } from '../database/index.ts'
import { type Rounds, startRounds } from '../jobs/index.ts'
import { type MailServer, type Sender } from './mail-server.ts'
import { type Taken, keepWaiting, settle, takeNext, tidyMailbox } from './mailbox.ts'
import { type Outcome, afterAttempt, outcomeOf } from './message.ts'
import { absolute, renderMail } from './render-mail.ts'

type Options = {
  database: Database
  log: Logger
  /** Where mail goes; undefined: it is kept in the outbox. */
  route: { server: MailServer; sender: Sender } | undefined
  /** Scheme, host and port of the site, without a slash at the end: links begin with it. */
  site: string
  /** Milliseconds; tests are in a hurry. */
  patience?: Partial<typeof usualPatience>
}

const usualPatience = {
  /** Between two looks into the outbox. A mail queued in this process is looked for at once. */
  every: 2000,
  /** The longest wait between tries while no mail can be sent. */
  most: 60_000,
  /** The longest that one mail may take, whatever the mail server does. */
  attempt: 120_000,
  /** The longest silence of the mail server. */
  silence: 30_000,
  /** How long an attempt may still take after the postman was told to stop. */
  farewell: 5000
}

// So many connections, and so many mails on each before it is made anew.
const connections = 3
const mailsAConnection = 100

/** No mail can be sent now. */
class MailServerTrouble extends Error {}

/** Sends what waits in the outbox until stopped: in batches, over few connections. */
export function startPostman(options: Options): Rounds {
  const patience = { ...usualPatience, ...options.patience }
  const rounds = startRounds({
    name: 'mail',
    log: options.log,
    every: patience.every,
    mostPatience: patience.most,
    // Where no mail is sent, nobody waits for it.
    ...(options.route ? {} : { soon: patience.every }),
    work: (stopping) => sendWaiting({ ...options, patience }, stopping)
  })
  subscribe('kopa:mail-queued', rounds.nudge)
  return {
    nudge: rounds.nudge,
    stop: () => {
      unsubscribe('kopa:mail-queued', rounds.nudge)
      return rounds.stop()
    }
  }
}

type Round = Options & { patience: typeof usualPatience }

/** One batch: until nothing is due any more, or no mail can be sent. */
async function sendWaiting(options: Round, stopping: AbortSignal): Promise<void> {
  const { database, route } = options
  await tidyMailbox(database)
  if (!route) return keepWaiting(database)
  const first = await takeNext(database)
  if (!first) return
  const transport = openTransport(options, route)
  const batch = {
    ...options,
    route,
    transport,
    stopping,
    givenUp: later(stopping, options.patience.farewell)
  }
  try {
    // One goes ahead: where the server is down, the others have not been touched.
    await deliver(batch, first)
    await Promise.all(Array.from({ length: connections }, () => deliverRest(batch)))
  } finally {
    transport.close()
  }
}

type Batch = Round & {
  route: NonNullable<Options['route']>
  transport: ReturnType<typeof openTransport>
  stopping: AbortSignal
  /** The end of all patience. */
  givenUp: AbortSignal
}

/** The same signal, some milliseconds later. */
function later(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController()
  const follow = () => setTimeout(() => controller.abort(), milliseconds).unref()
  signal.addEventListener('abort', follow, { once: true })
  return controller.signal
}

async function deliverRest(batch: Batch): Promise<void> {
  while (!batch.stopping.aborted) {
    const mail = await takeNext(batch.database)
    if (!mail) return
    await deliver(batch, mail)
  }
}

/** @throws MailServerTrouble when the next mail would fare no better */
async function deliver(batch: Batch, mail: Taken): Promise<void> {
  const { database, log } = batch
  const outcome = await attempt(batch, mail)
  const { attempts, queuedAt, now } = mail
  const next = afterAttempt(outcome, { attempts, queuedAt, now })
  await settle(database, mail.id, next, outcome.answer)
  // Without the answer: servers repeat the address in it. The outbox shows it.
  if (next.state === 'sent') log.info({ mail: mail.id, attempts }, 'a mail was sent')
  else if (outcome.outcome !== 'server-trouble') {
    log.warn({ mail: mail.id, attempts, ...next }, 'a mail was not taken')
  }
  if (outcome.outcome === 'server-trouble') throw new MailServerTrouble(outcome.answer)
}

async function attempt(
  { site, patience, route: { sender }, transport, givenUp }: Batch,
  { id, recipient, subject, content, language, now }: Taken
): Promise<Outcome> {
  const { unsubscribe } = content
  try {
    const { response } = await transport.sendMail({
      from: sender,
      to: { name: '', address: recipient },
      envelope: { from: sender.address, to: [recipient] },
      subject,
      ...renderMail({ subject, language, content, site }),
      // The same for each attempt: a mailbox that got it twice can tell.
      messageId: `<${id}@${sender.address.split('@')[1]!}>`,
      date: new Date(now.epochMilliseconds),
      headers: {
        'Auto-Submitted': 'auto-generated',
        'Content-Language': language,
        ...(unsubscribe
          ? { 'List-Unsubscribe': `<${absolute(unsubscribe.oneClick ?? unsubscribe.href, site)}>` }
          : {}),
        ...(unsubscribe?.oneClick ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {})
      },
      // Nothing in a mail makes this server read a file or fetch an address.
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: AbortSignal.any([AbortSignal.timeout(patience.attempt), givenUp])
    })
    return { outcome: 'sent', answer: response.slice(0, 500) }
  } catch (error) {
    return outcomeOf(error as Parameters<typeof outcomeOf>[0])
  }
}

function openTransport({ patience }: Round, { server }: Batch['route']) {
  const { host, port, encryption, login } = server
  return createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: mailsAConnection,
    // We decide ourselves what is sent again.
    maxRequeues: 0,
    host,
    port,
    secure: encryption === 'from-the-start',
    requireTLS: encryption === 'required',
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    connectionTimeout: patience.silence,
    greetingTimeout: patience.silence,
    socketTimeout: patience.silence,
    dnsTimeout: patience.silence
  })
}
