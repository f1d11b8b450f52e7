import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#shared/database/index.ts'
import type { Rounds } from '#shared/jobs/index.ts'
import { type AuditKey, openAuditKey } from './audit-key.ts'
import { type Head, headNote } from './head.ts'
import { type PublishedHeads, publishedHeads } from './published-heads.ts'
import { newestHead } from './reads.ts'
import { startSealer } from './sealer.ts'
import './audit-tables.ts'

/** This installation's log: the name by which others know it, what signs for it, and where its heads are kept. */
export type AuditLog = { name: string; key: AuditKey; heads: PublishedHeads }

type Places = { auditKey: string; auditHeads: string }

/** Opens the log of a migrated installation; the first start makes its key. */
export async function openAuditLog(database: Database, places: Places): Promise<AuditLog> {
  const key = openAuditKey(places.auditKey)
  return { name: await logName(database), key, heads: publishedHeads(places.auditHeads) }
}

/** The name of the installation's log. It goes with a backup. */
export async function logName(database: Database): Promise<string> {
  const { id } = await database.selectFrom('kopa.installation').select('id').executeTakeFirstOrThrow()
  return `kopa/${id}`
}

/** Seals in this process, and publishes each head in the folder of heads. */
export function startAudit(app: { database: Database; log: Logger; audit: AuditLog }): Rounds {
  const { database, log, audit } = app
  const publish = (head: Head) => {
    try {
      audit.heads.add(head.sealedAt.slice(0, 7), headNote(audit.name, head))
    } catch (error) {
      // The head is in the database, and the API shows it.
      log.error({ err: error }, 'a head of the audit log could not be published')
    }
  }
  const begin = async () => {
    await noteKey(database, audit.key, log)
    const last = await newestHead(database)
    // One that was sealed, but not published before the process ended.
    if (last && last.publicKey.equals(audit.key.publicKey)) {
      const note = headNote(audit.name, last)
      if (audit.heads.all().at(-1) !== note) publish(last)
    }
  }
  return startSealer({ database, signer: audit, log, publish, begin })
}

/** Others learn which keys sign for this log, and since when. */
async function noteKey(database: Database, { publicKey }: AuditKey, log: Logger): Promise<void> {
  const known = await database.selectFrom('audit.key').select('public_key').execute()
  if (known.some(({ public_key }) => public_key.equals(publicKey))) return
  if (known.length > 0) log.warn('the audit log is signed by a key that is new to it')
  await sql`insert into audit.key (public_key) values (${publicKey}) on conflict do nothing`.execute(database)
}
