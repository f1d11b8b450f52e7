import { Refusal } from '#shared/operating/refusal.ts'
import { texts } from '#shared/texts/index.ts'
import { configurationOfThisProcess } from './configuration.ts'
import { linesAboutDemonstration } from './demo/lines-about-demonstration.ts'
import { operatorLanguage } from './operator-language.ts'
import { type RunningServer, serve } from './server.ts'

/**
 * Serves until Ctrl-C or SIGTERM, then stops everything in order. Does not return before it serves.
 * @param given the options of the command: --demo
 */
export async function runServer(given: readonly string[] = []): Promise<void> {
  const t = texts(operatorLanguage())
  let server: RunningServer | undefined
  let stopAsked = false

  const stop = async () => {
    // Ctrl-C reaches us twice when an older Node passes it on; the second changes nothing.
    if (stopAsked) return
    stopAsked = true
    if (server) await end(server)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())

  try {
    server = await serve(configurationOfThisProcess(saidBy(given)))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(error.say(t))
    process.exit(1)
  }
  if (stopAsked) return end(server)
  // In one piece: whoever waits for the first line has the others, too.
  const lines = [t('operating.running', { address: server.address }), ...linesAboutDemonstration(server, t)]
  console.log(lines.join('\n'))
}

function saidBy(options: readonly string[]): { KOPA_DEMO?: string } {
  const other = options.find((option) => option !== '--demo')
  if (other !== undefined) throw new Refusal((t) => t('operating.no-such-option', { option: other }))
  return options.length > 0 ? { KOPA_DEMO: 'yes' } : {}
}

async function end(server: RunningServer): Promise<void> {
  await server.stop()
  process.exit(0)
}
