import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { findFile, useFile } from '#shared/files/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import type { CallTerms } from './call.ts'

/** What files of calls are given for. */
export const documentsPurpose = 'calls.document'

/** The most that a document of a call may weigh, in bytes: what a form of the site may carry, with room for the rest of it. */
export const mostDocumentBytes = 5_000_000 // not of a guide: bytes

const kept = /^\/calls\/documents\/([0-9a-f-]{36})$/

/** The files among the documents of a call, with where each stands in the list. */
export function filesIn({ documents }: Pick<CallTerms, 'documents'>): { file: string; index: number }[] {
  return documents.flatMap(({ address }, index) => {
    const file = kept.exec(address)?.[1]
    return file === undefined ? [] : [{ file, index }]
  })
}

/**
 * Keeps the files that terms name. A revision is never lost, so neither are its documents. Refused where a file is
 * not there, or was given for something else: nobody makes another's paper public by writing its address.
 */
export async function keepDocuments(
  transaction: Database,
  call: string,
  terms: Pick<CallTerms, 'documents'>
): Promise<Refused | undefined> {
  for (const { file, index } of filesIn(terms)) {
    const found = await findFile(transaction, file)
    const ours = found?.purpose === documentsPurpose && (await useFile(transaction, file, usedBy(call)))
    if (!ours) {
      return refused('invalid', {
        problems: [{ field: `documents.${index}.address`, key: 'calls.problem.document-gone' }]
      })
    }
  }
  return undefined
}

/**
 * Who may have a document: everybody once a published call names it, until then the officers of the bodies whose
 * calls do.
 */
export async function readersOf(
  database: Database,
  file: string
): Promise<{ everybody: boolean; bodies: string[] }> {
  const named = JSON.stringify([{ address: `/calls/documents/${file}` }])
  const { rows } = await sql<{ body: string; published: boolean }>`
    select distinct c.body, r.number is not distinct from c.published_revision as published
    from calls.revision r join calls.call c on c.id = r.call
    where r.terms -> 'documents' @> ${named}::jsonb`.execute(database)
  return { everybody: rows.some(({ published }) => published), bodies: rows.map(({ body }) => body) }
}

function usedBy(call: string): string {
  return `calls.call:${call}`
}
