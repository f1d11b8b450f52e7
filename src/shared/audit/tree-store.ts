import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import { type Edge, type Subtree, leafHash, nodeHash, rootOfRun, subtreesOf } from './merkle.ts'
import './audit-tables.ts'

// audit.seal() keeps roots at each eighth level; those between are computed from the next below.
const step = 8

/** The right edge of the tree of the first `size` leaves. */
export async function edgeAt(database: Database, size: number): Promise<Edge> {
  return { size, roots: await rootsOf(database, subtreesOf(0, size)) }
}

/** The root of a run of leaves that a proof needs. */
export async function runRoot(database: Database, run: { from: number; to: number }): Promise<Buffer> {
  return rootOfRun(await rootsOf(database, subtreesOf(run.from, run.to)))
}

async function rootsOf(database: Database, subtrees: readonly Subtree[]): Promise<Buffer[]> {
  const roots: Buffer[] = []
  for (const subtree of subtrees) roots.push(await subtreeRoot(database, subtree))
  return roots
}

async function subtreeRoot(database: Database, { level, index }: Subtree): Promise<Buffer> {
  const kept = level - (level % step)
  const count = 2 ** (level - kept)
  const below = await keptHashes(database, kept, index * count, count)
  if (below.length !== count)
    throw new Error(`The tree lacks hashes at level ${kept}, from ${index * count}.`)
  return joined(below)
}

async function keptHashes(database: Database, level: number, from: number, count: number): Promise<Buffer[]> {
  if (level === 0) {
    const leaves = await database
      .selectFrom('audit.leaf')
      .select('digest')
      .where('position', '>=', String(from))
      .where('position', '<', String(from + count))
      .orderBy('position')
      .execute()
    return leaves.map(({ digest }) => leafHash(digest))
  }
  const nodes = await database
    .selectFrom('audit.node')
    .select('root')
    .where('level', '=', level)
    .where('index', '>=', String(from))
    .where('index', '<', String(from + count))
    .orderBy('index')
    .execute()
  return nodes.map(({ root }) => root)
}

function joined(hashes: readonly Buffer[]): Buffer {
  let level = hashes
  while (level.length > 1) {
    level = Array.from({ length: level.length / 2 }, (_, at) => nodeHash(level[2 * at]!, level[2 * at + 1]!))
  }
  return level[0]!
}

/** How many leaves the tree has. */
export async function treeSize(database: Database): Promise<number> {
  const { rows } = await sql<{ size: string }>`
    select coalesce(max(position) + 1, 0) as size from audit.leaf`.execute(database)
  return Number(rows[0]!.size)
}
