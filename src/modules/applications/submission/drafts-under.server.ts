import type { DraftsUnder } from '#server/calls'
import type { Database } from '#shared/database/index.ts'
import { countUnder } from './desk-store.server.ts'

/** How many applications stand under a call: asked by calls, before they change one. Numbers only. */
export function draftsUnder({ database }: { database: Database }): DraftsUnder {
  return async (call) => {
    const { drafts, submitted } = await countUnder(database, call)
    return { drafts, submitted }
  }
}
