import { sql } from 'kysely'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { NoDocument } from '#shared/documents/render-pdf.ts'
import { type HoldingFiles, storeFile, useFile } from '#shared/files/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { lockOutline } from '../outline.server.ts'
import { keepFigures } from './figures.server.ts'
import { contentOf } from './frozen-content.server.ts'
import type { SealedContent } from './manifest.ts'
import { paperOfContent } from './paper-order.server.ts'
import type { Submission } from './submission.ts'
import { submissionOf } from './submissions-store.server.ts'

type Holding = HoldingFiles & { programmes: Programmes }

/** The PDF that is kept of a submission (files.file); undefined: none yet. */
export async function keptPaper(database: Database, submission: string): Promise<string | undefined> {
  const { paper } = await database
    .selectFrom('applications.submission')
    .select('paper')
    .where('id', '=', submission)
    .executeTakeFirstOrThrow()
  return paper ?? undefined
}

/**
 * Typesets what was handed in, with the figures that are kept of it, and keeps it. From then on this one is handed out
 * to everybody.
 * @returns the file (files.file); of two who make it at once, the one that was kept first
 * @throws NoDocument when the typesetter is busy or too slow
 */
export async function keepPaper(
  { database, files, clock, log, programmes }: Holding,
  { content, submission }: { content: SealedContent; submission: Submission }
): Promise<string | Refused> {
  const { id, application, number, hash } = submission
  const figures = await keepFigures({ database, programmes }, { content, submission })
  const pdf = await paperOfContent({ database, programmes, clock }, { content, hash, submission, figures })
  // What was made here waits for no scanner.
  const stored = await storeFile(
    { database, clock, log, files: { ...files, scan: undefined } },
    {
      content: Buffer.from(pdf),
      name: `${content.application}-${number}.pdf`,
      accepts: ['pdf'],
      mostBytes: 50_000_000,
      purpose: 'applications.paper',
      uploadedBy: undefined
    }
  )
  if ('refused' in stored) {
    log.error({ submission: id, why: stored.refused }, 'the PDF of a submission could not be kept')
    return refused('failed')
  }
  return database.transaction().execute(async (transaction) => {
    // The application before anything of it, as whoever takes it back or withdraws it does.
    await lockOutline(transaction, application)
    const kept = await keptPaper(transaction, id)
    if (kept) return kept
    await useFile(transaction, stored.file.id, `applications.submission:${id}`)
    await transaction
      .updateTable('applications.submission')
      .set({ paper: stored.file.id })
      .where('id', '=', id)
      .execute()
    return stored.file.id
  })
}

// A quiet moment: nothing was handed in for a minute. Typesetting takes a core that saves and submissions need more.
const quiet = sql<boolean>`not exists (select from applications.submission s
  where s.accepted_at > clock_timestamp() - interval '1 minute')`
const longest = 45_000 // not of a guide: milliseconds of one round
const mostFailing = 5 // not of a guide: of one round; then it is hardly their own fault

// What could not be made, until this process ends.
const failedBefore = new WeakMap<Database, Set<string>>()

/**
 * Keeps what nobody asked for yet, in the order of its acceptance, while nobody hands in. One that cannot be made keeps
 * no other from it: the log says why, and it comes last in the rounds that follow.
 */
export async function keepPapers(app: Holding): Promise<void> {
  const began = performance.now()
  const failed = failedBefore.get(app.database) ?? new Set()
  failedBefore.set(app.database, failed)
  const inThisRound = new Set<string>()
  while (performance.now() - began < longest && inThisRound.size < mostFailing) {
    const submission = await nextWithout(app.database, { after: [...failed], except: [...inThisRound] })
    if (!submission) return
    const { id } = submission
    try {
      const content = await contentOf(app.database, id)
      const kept = await keepPaper(app, { content, submission })
      if (isRefused(kept)) throw new Error('The file could not be stored.')
      failed.delete(id)
    } catch (error) {
      // People ask for documents of their own meanwhile: theirs first.
      if (error instanceof NoDocument && error.why === 'busy') return
      failed.add(id)
      inThisRound.add(id)
      app.log.error({ err: error, submission: id }, 'the PDF of a submission could not be made')
    }
  }
}

/** The first without a PDF; some only after all others, some not at all. */
async function nextWithout(
  database: Database,
  { after, except }: { after: string[]; except: string[] }
): Promise<Submission | undefined> {
  const row = await database
    .selectFrom('applications.submission')
    .selectAll()
    .where('paper', 'is', null)
    .where(quiet)
    .where(sql<boolean>`id <> all(${except}::uuid[])`)
    .orderBy(sql`id = any(${after}::uuid[])`)
    .orderBy('accepted_at')
    .limit(1)
    .executeTakeFirst()
  return row && submissionOf(row)
}
