import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

/** The user that PostgreSQL runs as. */
export type DatabaseUser = { uid: number; gid: number }

/** “nobody” of every Linux: PostgreSQL refuses to run as root. */
const nobody: DatabaseUser = { uid: 65534, gid: 65534 }

/**
 * Who runs PostgreSQL: ourselves, unless we are root; then the owner of an existing cluster, else “nobody”.
 * @param cluster PostgreSQL's folder, which need not exist
 * @returns undefined when no change of user is needed
 */
export function databaseUser(cluster: string): DatabaseUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (!existsSync(cluster)) return nobody
  const { uid, gid } = statSync(cluster)
  return uid === 0 ? nobody : { uid, gid }
}

/**
 * Whether that user can enter a folder. It is tried, not computed: access lists and mounts have a say, too.
 */
export function canEnter(folder: string, user: DatabaseUser | undefined): boolean {
  if (!user) return true
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' })
  return tried.status === 0
}
