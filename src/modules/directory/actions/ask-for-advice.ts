import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { fields } from '#modules/programmes'
import { organisationNames } from '#server/organisations'
import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import { optionalLine, optionalOneOf, paragraphs, wholeNumber } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { routeOf } from '../route.server.ts'
import { letWait } from '../waiting.server.ts'
import { writeToUnit } from '../letters.server.ts'

/** Whoever works for the organisation may ask for it. */
export const permission: Permission = ['member']

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

export type Asked = { request: string; body: string; unit: string | null }

// An organisation that waits for so many answers asks the next question in one of them.
const mostOpen = 5

const schema = z.object({
  action: optionalLine(100),
  edition: wholeNumber(2014, 2100), // not of a guide: a year of calls
  field: optionalOneOf(fields),
  question: paragraphs(4000) // not of a guide: characters
})

/**
 * Asks for advice about an action or in general. The question goes to the unit whose mandate it is, and waits there
 * until an officer answers.
 */
export async function askForAdvice(
  app: Holding,
  caller: Caller,
  { organisation, ...given }: { organisation: string } & Record<string, unknown>
): Promise<Asked | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { action, edition, field, question } = read.data
  const [asking] = (await organisationNames(app.database, [organisation], 'lv')).values()
  if (!asking) return refused('not-found')
  const route = await routeOf(app, { country: asking.country, action, edition, field })
  if (isRefused(route)) return route
  return app.database.transaction().execute(async (transaction) => {
    if ((await openRequests(transaction, organisation)) >= mostOpen) {
      return notNow('directory.advice.too-many-open', { most: mostOpen })
    }
    const { id } = await transaction
      .insertInto('directory.advice_request')
      .values({
        organisation,
        asked_by: caller.person,
        language: caller.language,
        country: asking.country,
        action: action ?? null,
        edition,
        field: field ?? null,
        question
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await letWait(transaction, { kind: 'advice-request', subject: id, organisation, ...route })
    await record(transaction, {
      act: 'directory.advice-asked',
      by: actorOf(caller),
      subject: { kind: 'advice-request', id },
      payload: { organisation, action, edition, field, body: route.body, unit: route.unit }
    })
    await announce(transaction, 'directory.advice-asked', { request: id, organisation, body: route.body })
    await writeToUnit(transaction, route, 'advice-asked', { organisation: asking.name })
    return { request: id, body: route.body, unit: route.unit }
  })
}

async function openRequests(transaction: Database, organisation: string): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from directory.waiting
    where kind = 'advice-request' and organisation = ${organisation} and settled_at is null`.execute(
    transaction
  )
  return rows[0]!.open
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'directory.advice-asked': { request: string; organisation: string; body: string }
  }
}
