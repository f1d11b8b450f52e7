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

/** Kills all of them at once, as when the power fails. One that ends by itself meanwhile is as dead. */
export function killPostgresOf(folder: string): void {
  for (const pid of postgresOf(folder)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
