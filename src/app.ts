import type { Logger } from 'pino'
import type { Temporal } from 'temporal-polyfill'
import type { RemarksOn } from '#server/applications'
import type { WhoHandles } from '#modules/programmes'
import type { BodiesFor } from '#server/organisations'
import type { DraftsUnder, MoneyUnder, ToldAsWriters } from '#server/calls'
import type { IsLeaked, Providers } from '#server/people'
import type { FindCallToCheck, Programmes } from '#server/programmes'
import type { AuditLog } from '#shared/audit/index.ts'
import type { Database, DatabaseServer, EmbeddedDatabase } from '#shared/database/index.ts'
import type { Following } from '#shared/events/index.ts'
import type { FileStore } from '#shared/files/file-store.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import type { Network } from '#shared/outbound/network.ts'
import type { ServerClock } from '#shared/time/server-clock.ts'
import type { Configuration } from './configuration.ts'
import type { Demonstration } from './demo/demonstration.ts'

/** What every action, page and endpoint is given: the installation they work in. */
export type App = {
  configuration: Configuration
  version: string
  log: Logger
  database: Database
  /** Where it answers, for what needs a connection of its own. */
  databaseServer: DatabaseServer
  /** The log of what was done: for receiptFor and proofFor of src/shared/audit. */
  audit: AuditLog
  /** What other modules announce, for what this process holds in memory. */
  events: Pick<Following, 'follow'>
  /** The rules of the programme, read once at the start. */
  programmes: Programmes
  /** Where files of people lie: for the functions of src/shared/files. */
  files: FileStore
  /** Which bodies look after the organisations of a country: organisations asks, directory answers. */
  bodiesFor: BodiesFor
  /** Who handles an action: asked by the pages of actions, answered by the directory. */
  whoHandles: WhoHandles
  /** What each module keeps about people, in the order in which it is erased. */
  personalData: readonly PersonalData[]
  /** Whether a password leaked somewhere, where a service is configured that knows. */
  isLeaked: IsLeaked
  /** Where else people can prove who they are. */
  providers: Providers
  /** What a machine's token can be limited to: <module>:read and <module>:write. */
  scopes: readonly string[]
  /** The internet, as far as addresses that people gave are reached: for guardedFetch and lookUpText. */
  network: Network
  /** How many applications stand under a call: asked by calls, answered by the module that takes applications. */
  draftsUnder: DraftsUnder
  /** Who is told of corrigenda of a call because they write under it: asked by calls, answered by applications. */
  toldAsWriters: ToldAsWriters
  /** What was awarded and committed in a year: asked by calls, answered by the module that decides grants. */
  moneyUnder: MoneyUnder
  /** What assessors remarked on an application: asked by applications, answered by the module in which they are assessed. */
  remarksOn: RemarksOn
  /** The programme as a published call applies it: asked by the check, answered by calls. */
  callToCheck: FindCallToCheck
  /** Now. The only clock of the product. */
  clock: () => Temporal.Instant
  /** The clock of the database, read without asking it: for what counts by the instant at which it arrived. */
  serverClock: ServerClock
  /** Set where this process runs PostgreSQL itself. */
  embedded: EmbeddedDatabase | undefined
  /** Set where this installation only shows Kopā, with invented people. */
  demonstration: Demonstration | undefined
  /** Whether nobody started this installation before. */
  firstStart: boolean
  /** Lets go of the database, and stops an embedded one. May be called twice. */
  close: () => Promise<void>
}

// The site's bundle holds a second copy of this module: what both must share is kept on the process.
const place = Symbol.for('kopa.app')
type Holding = { [place]?: App }

/** Makes an app the one that pages reach with theApp(). */
export function provideApp(app: App): void {
  ;(globalThis as Holding)[place] = app
}

/** The app of this process, for pages; everything else is handed it. */
export function theApp(): App {
  const app = (globalThis as Holding)[place]
  if (!app) throw new Error('No app was provided: pages are served by src/server.ts.')
  return app
}
