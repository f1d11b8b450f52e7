/** Seconds of processor time that processes have used: which of them was busy while a load ran. */
import { readFileSync } from 'node:fs'
import { postgresOf } from '../../tests/deadline/processes.ts'

const ticksPerSecond = 100

/** Whose processor time is of interest: a server, and the PostgreSQL that works in a data folder. */
export type Watched = { server: number; data: string }

/** In whatever unit it is given. */
export type Cost = { server: number; database: number }

/** Begins to watch. @returns what tells the seconds of processor time that were used since */
export function costSince(watched: Watched): () => Cost {
  const before = secondsOf(watched)
  return () => {
    const after = secondsOf(watched)
    return { server: after.server - before.server, database: after.database - before.database }
  }
}

function secondsOf({ server, data }: Watched): Cost {
  // With all threads of a process, and what its children that ended had used.
  const database = postgresOf(data).reduce((sum, pid) => sum + secondsIn(`/proc/${pid}/stat`), 0)
  return { server: secondsIn(`/proc/${server}/stat`), database }
}

function secondsIn(file: string): number {
  try {
    const stat = readFileSync(file, 'latin1')
    // After the name in brackets, which may hold spaces: utime and stime are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return 0
  }
}
