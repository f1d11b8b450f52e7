import { draftsUnder, noRemarksYet, toldAsWriters } from '#server/applications'
import { callToCheck, noAwardsYet } from '#server/calls'
import { bodiesFor, whoHandles } from '#server/directory'
import type { BodiesFor } from '#server/organisations'
import type { App } from './app.ts'

/**
 * What lower modules ask and higher ones answer. A module declares its question as a type and finds the answer in
 * the app; it never knows who gives it.
 */
export function answers(
  app: Pick<App, 'database' | 'programmes' | 'clock'>
): Pick<
  App,
  'bodiesFor' | 'whoHandles' | 'draftsUnder' | 'toldAsWriters' | 'moneyUnder' | 'remarksOn' | 'callToCheck'
> {
  const lookingAfter: BodiesFor = async (database, country) => {
    const agencies = await bodiesFor({ ...app, database }, country, 'national-agency')
    // Where there is none, the executive agency manages the actions that are open to the country.
    return agencies.length > 0 ? agencies : bodiesFor({ ...app, database }, country, 'executive-agency')
  }
  return {
    bodiesFor: lookingAfter,
    whoHandles: (question) => whoHandles(app, question),
    draftsUnder: draftsUnder(app),
    toldAsWriters: toldAsWriters(app),
    moneyUnder: noAwardsYet,
    remarksOn: noRemarksYet,
    callToCheck: (code) => callToCheck(app, code)
  }
}
