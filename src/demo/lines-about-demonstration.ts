import type { Say } from '#shared/texts/index.ts'
import type { RunningServer } from '../server.ts'
import { beside } from './settle-demonstration.server.ts'

/** What the operator reads after a start: that this is a demonstration, or that there is one. */
export function linesAboutDemonstration({ app, address }: RunningServer, t: Say): string[] {
  if (app.demonstration) return [t('demo.started', { address })]
  if (!app.firstStart) return []
  return [t('demo.offered', { command: app.configuration.databaseUrl ? elsewhere : beside })]
}

const elsewhere = 'DATABASE_URL=… npm start -- --demo'
