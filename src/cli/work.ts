import { once } from 'node:events'
import { configurationOfThisProcess } from '../configuration.ts'
import { createApp } from '../create-app.ts'
import { startWorker } from '../worker/start-worker.ts'
import { Refusal } from '#shared/operating/refusal.ts'
import { type Command, exit } from './command.ts'

/** Does jobs and sends mail in a process of its own, until it is told to stop. */
export const command: Command = {
  name: 'work',
  usage: '',
  summary: 'cli.work.summary',
  help: 'cli.work.help',
  options: {},
  arguments: { least: 0, most: 0 },
  async run({ t, write }) {
    const configuration = configurationOfThisProcess()
    // The embedded database belongs to the one process that started it.
    if (!configuration.databaseUrl) throw new Refusal((t) => t('cli.work.embedded'))
    const stopAsked = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)))
    const app = await createApp(configuration, { connected: 'kopa-worker' })
    const worker = startWorker(app)
    write(t('cli.work.running'))
    await stopAsked
    await worker.stop()
    await app.close()
    return exit.done
  }
}
