import { readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const patience = { fast: 20_000, immediate: 10_000 }

/**
 * Stops what a killed Kopā left behind: a postmaster that goes on by itself, or its children.
 * Only processes that work in this very cluster are touched (PostgreSQL's processes have it as their working
 * directory); a process that merely got the number noted in postmaster.pid is left alone. The caller holds the
 * data folder, so none of them belongs to a Kopā that runs.
 * @returns how many processes had been left
 */
export async function stopLeftOver(cluster: string): Promise<number> {
  const found = processesIn(cluster)
  if (found.length > 0) {
    signal(postmasterAmong(found, cluster), 'SIGINT')
    if (!(await allGone(cluster, patience.fast))) {
      signal(processesIn(cluster), 'SIGQUIT')
      if (!(await allGone(cluster, patience.immediate))) signal(processesIn(cluster), 'SIGKILL')
      await allGone(cluster, patience.immediate)
    }
  }
  // Nobody works here any more: what the file says is past, and its number may be somebody else's by now.
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
  return found.length
}

function processesIn(cluster: string): number[] {
  const folder = realpathSync(cluster)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder && /postgres/.test(commandOf(pid))
      } catch {
        return false // gone in the meantime, or somebody else's
      }
    })
    .map(Number)
}

const commandOf = (pid: string) => readFileSync(`/proc/${pid}/comm`, 'utf8')

/** The postmaster ends its children in order; without one, the children are told themselves. */
function postmasterAmong(processes: number[], cluster: string): number[] {
  try {
    const noted = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
    if (processes.includes(noted)) return [noted]
  } catch {
    // No note: all are told.
  }
  return processes
}

function signal(processes: number[], name: NodeJS.Signals): void {
  for (const pid of processes) {
    try {
      process.kill(pid, name)
    } catch {
      // It ended by itself.
    }
  }
}

async function allGone(cluster: string, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await setTimeout(25)) {
    if (processesIn(cluster).length === 0) return true
  }
  return processesIn(cluster).length === 0
}
