/**
 * Goes on under Node 24, which npm brought, when the Node that runs us is older.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bin, environment } from './paths.js'

const needed = 24

/**
 * Returns under Node 24 or newer. Under an older Node it starts the same command again under the one in
 * node_modules, waits for it, passes signals on, and ends as it ended: it never returns.
 */
export async function underNode24() {
  endWithNpm()
  if (Number(process.versions.node.split('.')[0]) >= needed) return endWithParent()
  const node = join(bin, 'node')
  if (!existsSync(node)) {
    console.error(
      `Kopā needs Node ${needed}; this is ${process.version}, and npm carries none for ${process.platform} ${process.arch}. ` +
        `Please install Node ${needed} and try again.`
    )
    process.exit(1)
  }
  const child = spawn(node, process.argv.slice(1), {
    // The fourth is a line between the two: when we are killed it breaks, and the child stops in order.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment()
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`Node ${needed} does not start: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (status, signal) => resolve(status ?? (signal === 'SIGINT' ? 130 : 143)))
  })
  process.exit(code)
}

/** Where an older Node started us: when it is gone, however it went, we stop too. */
function endWithParent() {
  if (!process.send) return
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  // The line alone keeps nothing alive.
  process.channel?.unref()
}

/**
 * Where npm started us, and npm is killed, nobody would pass a signal on any more: we stop in order then, so that
 * the next start finds the way free.
 */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event || process.send) return
  const npm = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
