import { type Logger, pino } from 'pino'
import type { Configuration } from './configuration.ts'

/** Milliseconds that an ordinary line may wait for others. */
const patience = 200
const bytesTogether = 8192

/**
 * The log of this process, a JSON object a line, to its output. Ordinary lines are written a few together: on a busy
 * day there are thousands a second. A warning and whatever came before it are written at once, and so is everything
 * when the process ends.
 */
export function openLog(level: Configuration['logLevel']): Logger {
  const output = pino.destination({ sync: true, minLength: bytesTogether, periodicFlush: patience })
  process.once('exit', () => output.flushSync())
  const { warn } = pino.levels.values
  return pino(
    {
      level,
      // A bare name would put the process id and the host into each line; a line says what happened, and when.
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: {
        logMethod(given, write, of) {
          write.apply(this, given)
          if (of >= warn!) output.flushSync()
        }
      }
    },
    output
  )
}
