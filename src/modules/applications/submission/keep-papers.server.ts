import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import { storeFile, useFile } from '#shared/files/index.ts'
import { contentOf, copyAnswers } from './frozen-content.server.ts'
import { paperOfContent } from './paper-order.server.ts'
import { submissionOf } from './submissions-store.server.ts'

type Holding = Parameters<typeof storeFile>[0] & { programmes: Programmes; clock: () => Temporal.Instant }

// A quiet moment: nothing was handed in for a minute. Typesetting takes a core that saves and submissions need more.
const quiet = sql<boolean>`not exists (select from applications.submission s
  where s.accepted_at > clock_timestamp() - interval '1 minute')`
const longest = 45_000 // not of a guide: milliseconds of one round

/** Typesets and keeps what was handed in, and copies its answers, in the order of its acceptance, while nobody hands in. */
export async function keepPapers(app: Holding): Promise<void> {
  const began = performance.now()
  while (performance.now() - began < longest) {
    const row = await app.database
      .selectFrom('applications.submission')
      .selectAll()
      .where('paper', 'is', null)
      .where(quiet)
      .orderBy('accepted_at')
      .limit(1)
      .executeTakeFirst()
    if (!row) return
    const submission = submissionOf(row)
    const content = await contentOf(app.database, submission.id)
    const pdf = await paperOfContent(app, { content, hash: submission.hash, submission })
    const stored = await storeFile(app, {
      content: Buffer.from(pdf),
      name: `${content.application}-${submission.number}.pdf`,
      accepts: ['pdf'],
      mostBytes: 50_000_000,
      purpose: 'applications.paper',
      uploadedBy: undefined
    })
    if ('refused' in stored) throw new Error(`The PDF of ${submission.id} was refused: ${stored.refused}`)
    await app.database.transaction().execute(async (transaction) => {
      await copyAnswers(transaction, submission.application)
      await useFile(transaction, stored.file.id, `applications.submission:${submission.id}`)
      await transaction
        .updateTable('applications.submission')
        .set({ paper: stored.file.id })
        .where('id', '=', submission.id)
        .execute()
    })
  }
}
