import type { Database } from '#shared/database/index.ts'
import { type Head, headNote } from './head.ts'
import { consistencyRuns, inclusionRuns } from './merkle.ts'
import { headsBefore, newestHead } from './reads.ts'
import { runRoot } from './tree-store.ts'
import './audit-tables.ts'

/** That an entry is in the tree of a head (RFC 9162, 2.1.3). Hashes are in hexadecimal. */
export type Proof = {
  entry: string
  digest: string
  /** Its place in the log, counted from 0. */
  position: number
  path: string[]
  /** The signed head that the path leads to. */
  head: string
}

/** That the log of one head is the beginning of that of another (RFC 9162, 2.1.4). */
export type Consistency = { from: string; to: string; path: string[] }

type Holding = { database: Database; audit: { name: string } }

/** @returns undefined while the entry is not sealed, which takes a second, and where there is none */
export async function proofFor({ database, audit }: Holding, entry: string): Promise<Proof | undefined> {
  const leaf = await database
    .selectFrom('audit.leaf')
    .select(['position', 'digest'])
    .where('entry', '=', entry)
    .executeTakeFirst()
  const head = leaf && (await newestHead(database))
  if (!head) return undefined
  const position = Number(leaf.position)
  const path = await hashes(database, inclusionRuns(position, head.size))
  return { entry, digest: leaf.digest.toString('hex'), position, path, head: headNote(audit.name, head) }
}

/** @returns undefined where there is no head of one of the sizes */
export async function consistencyOf(
  { database, audit }: Holding,
  from: number,
  to: number
): Promise<Consistency | undefined> {
  const [older, newer] = [await headOfSize(database, from), await headOfSize(database, to)]
  if (!older || !newer || from > to) return undefined
  const path = await hashes(database, consistencyRuns(from, to))
  return { from: headNote(audit.name, older), to: headNote(audit.name, newer), path }
}

async function headOfSize(database: Database, size: number): Promise<Head | undefined> {
  const [head] = await headsBefore(database, size + 1, 1)
  return head?.size === size ? head : undefined
}

async function hashes(database: Database, runs: { from: number; to: number }[]): Promise<string[]> {
  const found: string[] = []
  for (const run of runs) found.push((await runRoot(database, run)).toString('hex'))
  return found
}
