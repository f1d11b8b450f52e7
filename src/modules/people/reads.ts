import type { Database } from '#shared/database/index.ts'
import type { Permission } from '#shared/identity/index.ts'
import { type FoundLink, type LinkOpens, findLink } from './links.server.ts'

export const permissions = {
  lookAtLink: 'public'
} satisfies Record<string, Permission>

type Holding = { database: Database }

/** What a mailed link opens, for whoever has it; looking does not use it. `email`: whose account it is about. */
export async function lookAtLink(
  app: Holding,
  opens: LinkOpens,
  secret: string
): Promise<{ state: FoundLink['state']; email: string | undefined }> {
  const found = await findLink(app.database, opens, secret)
  return { state: found.state, email: found.state === 'good' ? found.link.email : undefined }
}
