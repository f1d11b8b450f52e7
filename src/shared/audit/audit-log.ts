import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#shared/database/index.ts'
import type { Rounds } from '#shared/jobs/index.ts'
import { type AuditKey, openAuditKey } from './audit-key.ts'
import { type Head, type HeadStatement, headNote, unsignedHead } from './head.ts'
import { rootOf } from './merkle.ts'
import { type PublishedHeads, publishedHeads } from './published-heads.ts'
import { newestHead } from './reads.ts'
import { startSealer } from './sealer.ts'
import { edgeAt, treeSize } from './tree-store.ts'
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
    await compareWithPublished({ database, log, audit })
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

/**
 * The last head that was published stands in no database, so whoever rewrote the log did not rewrite it. Where the two
 * differ nothing is sealed: a valid signature would make the forgery this log's.
 */
async function compareWithPublished({
  database,
  log,
  audit
}: Parameters<typeof startAudit>[0]): Promise<void> {
  const head = lastPublished(audit)
  if (!head || (head.log === audit.name && (await hasRoot(database, head)))) return
  log.error(
    { size: head.size, sealedAt: head.sealedAt },
    'the audit log is not the one of the last published head, so nothing is sealed: run ./kopa audit verify'
  )
  throw new Error('The audit log is not the one of the last published head.')
}

/** Whoever signed it: the log may have had other keys, and one that somebody put there merely stops the sealing. */
const lastPublished = ({ heads }: AuditLog) =>
  heads
    .all()
    .flatMap((note) => unsignedHead(note) ?? [])
    .at(-1)

async function hasRoot(database: Database, { size, root }: HeadStatement): Promise<boolean> {
  if (size > (await treeSize(database))) return false
  return rootOf(await edgeAt(database, size)).equals(root)
}

async function keysOf(database: Database): Promise<Buffer[]> {
  const known = await database.selectFrom('audit.key').select('public_key').execute()
  return known.map(({ public_key }) => public_key)
}

/** Others learn which keys sign for this log, and since when. */
async function noteKey(database: Database, { publicKey }: AuditKey, log: Logger): Promise<void> {
  const known = await keysOf(database)
  if (known.some((key) => key.equals(publicKey))) return
  if (known.length > 0) log.warn('the audit log is signed by a key that is new to it')
  await sql`select audit.note_key(${publicKey})`.execute(database)
}
