import { readdirSync, readlinkSync } from 'node:fs'

/** The processes of the PostgreSQL that works in a data folder. */
export function postgresOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)
      } catch {
        return false
      }
    })
}
