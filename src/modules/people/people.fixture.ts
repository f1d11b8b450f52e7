import assert from 'node:assert/strict'
import type { Database } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { askForLink } from './actions/ask-for-link.ts'
import { signUp } from './actions/sign-up.ts'
import { callerOf } from './caller.server.ts'
import type { Entered } from './entering.server.ts'
import { sessionCookie } from './sessions.server.ts'
import { type Visit, visitFrom } from './visit.server.ts'
import { type SignedIn, isSignedIn } from '#shared/identity/index.ts'

/** For tests: a browser at home, never seen before. */
export const atHome: Visit = visitFrom(
  '192.0.2.7',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  undefined
)

/** For tests: a stranger far away. */
export const farAway: Visit = visitFrom('198.51.100.9', 'curl/8.5.0', undefined)

/** For tests: a password that nobody guesses. */
export const goodPassword = 'zaļš ezers vakarā'

export type Letter = {
  kind: string
  subject: string
  recipient: string
  text: string
  link: string | undefined
  label: string | undefined
}

/** For tests: all mails to an address, the oldest first. */
export async function lettersTo(database: Database, email: string): Promise<Letter[]> {
  const rows = await database
    .selectFrom('mail.message')
    .select(['kind', 'subject', 'recipient', 'content'])
    .where('recipient', '=', email)
    .orderBy('queued_at')
    .execute()
  return rows.map(({ kind, subject, recipient, content }) => ({
    kind,
    subject: subject!,
    recipient: recipient!,
    text: content!.paragraphs.flat().join('\n'),
    link: content!.link?.href,
    label: content!.link?.label
  }))
}

/** For tests: what opens the newest link of a kind that was mailed to an address. */
export async function linkMailedTo(database: Database, email: string, kind: string): Promise<string> {
  const letter = (await lettersTo(database, email)).findLast((one) => one.kind === kind)
  const secret = letter && new URL(letter.link ?? '', 'https://kopa.example').searchParams.get('link')
  assert.ok(secret, `No ${kind} was mailed to ${email}`)
  return secret
}

/** For tests: somebody signs up as they would, and is in. */
export async function signedUp(
  database: Database,
  somebody: { name: string; email: string; password?: string; visit?: Visit }
): Promise<{ caller: SignedIn; knownDevice: string }> {
  const { name, email, password = goodPassword, visit = atHome } = somebody
  await askForLink({ database }, visit, { email }, { asked: 'account', language: 'lv', next: undefined })
  const link = await linkMailedTo(database, email, 'people.sign-up')
  const entered = await signUp({ database }, visit, link, { name, password }, { language: 'lv' })
  return comeIn(database, entered)
}

/** For tests: who is in now. */
export async function comeIn(
  database: Database,
  entered: unknown
): Promise<{ caller: SignedIn; knownDevice: string }> {
  assert.ok(!isRefused(entered), JSON.stringify(entered))
  const came = entered as Entered
  assert.ok(came.step === 'signed-in', came.step)
  const cookie = `${sessionCookie.plain}=${came.session.secret}`
  const caller = await callerOf(database, new Headers({ cookie }))
  assert.ok(isSignedIn(caller))
  return { caller, knownDevice: came.knownDevice }
}
