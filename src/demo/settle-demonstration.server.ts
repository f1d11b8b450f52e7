import { lockInstallation, type Database } from '#shared/database/index.ts'
import { Refusal } from '#shared/operating/refusal.ts'
import type { Configuration } from '../configuration.ts'
import { type Demonstration, type NoStart, decideDemonstration } from './demonstration.ts'
import './demonstration-tables.server.ts'

/** What a start found and settled. */
export type Settled = {
  demonstration: Demonstration | undefined
  /** Whether nobody started this installation before. */
  firstStart: boolean
}

/**
 * Settles at a start whether the installation is a demonstration, before anything else is written into it. Refuses
 * what cannot be, in words for the operator.
 */
export async function settleDemonstration(
  database: Database,
  configuration: Configuration,
  version: string
): Promise<Settled> {
  return database.transaction().execute(async (transaction) => {
    await lockInstallation(transaction)
    const installation = await transaction
      .selectFrom('kopa.installation')
      .select('installed_at')
      .executeTakeFirst()
    const demonstration = await demonstrationIn(transaction)
    const begun = installation !== undefined || (await somebodyIsIn(transaction))
    const decision = decideDemonstration({ begun, demonstration }, configuration)
    if ('refuse' in decision) throw refusalOf(decision, configuration)
    if (decision.start === 'begin-demonstration')
      await transaction.insertInto('kopa.demonstration').values({ version }).execute()
    return { demonstration: await demonstrationIn(transaction), firstStart: !begun }
  })
}

/** Whether a command made an account before the first start. */
async function somebodyIsIn(database: Database): Promise<boolean> {
  const somebody = await database.selectFrom('people.person').select('id').limit(1).executeTakeFirst()
  return somebody !== undefined
}

async function demonstrationIn(database: Database): Promise<Demonstration | undefined> {
  const row = await database
    .selectFrom('kopa.demonstration')
    .select(['decided_at', 'version'])
    .executeTakeFirst()
  return row && { since: row.decided_at, version: row.version }
}

function refusalOf(decision: NoStart, { databaseUrl }: Configuration): Refusal {
  if (decision.refuse === 'open-to-others') {
    const { because, value } = decision
    return new Refusal((t) => t('demo.refused.open-to-others', { variable: because, value }))
  }
  return new Refusal((t) =>
    databaseUrl
      ? t('demo.refused.begun-without-server')
      : t('demo.refused.begun-without', { command: beside })
  )
}

/** Starts a demonstration beside an installation that is none. */
export const beside = 'KOPA_DATA=data-demo npm start -- --demo'
