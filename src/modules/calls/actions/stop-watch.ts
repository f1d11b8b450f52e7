import type { Database } from '#shared/database/index.ts'
import { deleteWatch } from '../watches-store.server.ts'

/** Whoever has the key was sent it, or follows with their account. */
export const permission = 'public'

/** Ends what somebody follows. Stopped already, or never begun: it is stopped. */
export async function stopWatch(app: { database: Database }, key: string): Promise<{ stopped: true }> {
  await deleteWatch(app.database, key)
  return { stopped: true }
}
