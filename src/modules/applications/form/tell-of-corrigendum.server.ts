import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { callTaking, callUnderTerms, corrigendumInWords } from '#server/calls'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { queueMails } from '#shared/mail/index.ts'
import type { Outline } from '../application.ts'
import { type Writer, writersUnder } from '../consortium/people-of-drafts.server.ts'
import type { FormChanges } from './carry-drafts-over.server.ts'
import { type Followed, corrigendumLetter } from './corrigendum-letter.ts'
import './forms-tables.server.ts'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** Letters that are put into the outbox in one go. */
const together = 500 // not of a guide: letters

/**
 * Tells whoever writes a draft under a call of a corrigendum, once its drafts follow it: each of them once, in their
 * language, with what became of all their drafts. Who follows the call besides hears of it here only.
 */
export async function tellWritersOfCorrigendum(
  app: Holding,
  asked: { call: string; code: string; number: number }
): Promise<void> {
  const said = await corrigendumInWords(app, asked)
  if (!said) return
  const writers = await writersUnder(app.database, asked.code)
  const followed = await followedBy(app, asked.code, said.terms, writers)
  for (let at = 0; at < writers.length; at += together) {
    const some = writers.slice(at, at + together)
    await queueMails(
      app.database,
      some.map((writer) => corrigendumLetter(writer, said, followed))
    )
  }
}

/** What became of each draft; nothing is said of one in which all stands. @param terms of the corrigendum */
async function followedBy(
  app: Holding,
  code: string,
  terms: string,
  writers: readonly Writer[]
): Promise<ReadonlyMap<string, Followed>> {
  const drafts = new Map(
    writers.flatMap(({ drafts }) => drafts.map((draft): [string, Outline] => [draft.id, draft]))
  )
  const now = await callTaking(app, code)
  const applied = now && (await callUnderTerms(app, now.terms))
  const rows = await app.database
    .selectFrom('applications.carried_over')
    .select(['application', 'changes'])
    .where('to_terms', '=', terms)
    .where('application', '=', sql<string>`any(${[...drafts.keys()]}::uuid[])`)
    .execute()
  return new Map<string, Followed>([
    ...rows.map(({ application, changes }) => [application, changes as FormChanges] as const),
    ...[...drafts.values()].flatMap(({ id, action }) =>
      applied?.actions.includes(action) ? [] : [[id, 'not-opened'] as const]
    )
  ])
}
