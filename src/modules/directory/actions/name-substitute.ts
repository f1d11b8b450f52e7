import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type Limit, countAttempt } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { day, emailAddress, optional, optionalLine } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  actorOf,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { invite } from '../invitation.server.ts'
import { writeInvitation } from '../letters.server.ts'
import { longestSubstitutionDays } from '../limits.ts'
import { type Officer, officersOf } from '../officers.server.ts'
import { standIn } from '../substitution.server.ts'
import { today } from '../who-handles.server.ts'

/** An officer for themselves; the head of the body and an administrator for any of its officers. */
export const permission: Permission = ['officer', 'administrator']

type Holding = { database: Database; clock: () => Temporal.Instant }

// As for officers: enough for holidays, too few to write to strangers all day.
const limit: Limit = { free: 30, wait: 60, longestWait: 3600, forget: 86_400 }
const zone = 'Europe/Brussels'

const schema = z.object({
  /** people.role of who is away; left out: the caller. */
  officer: optional(z.uuid('form.not-offered')),
  /** people.person of a colleague, or an address of somebody else. */
  colleague: optional(z.uuid('form.not-offered')),
  email: optional(emailAddress()),
  from: day(),
  until: day(),
  reason: optionalLine(200)
})

export type Named = { standsIn: 'at-once'; role: string } | { standsIn: 'once-accepted'; invitation: string }

/**
 * Names who stands in for an officer, from the first to the last day. A colleague needs not be asked; somebody else
 * gets an invitation. What a substitute does is recorded as done instead of the officer.
 */
export async function nameSubstitute(
  app: Holding,
  caller: Caller,
  { body, ...given }: { body: string } & Record<string, unknown>
): Promise<Named | Refused> {
  const no = refusalFor(caller, permission, { body })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const officers = await officersOf(app.database, body)
  const away = officers.find(({ role }) => role === (read.data.officer ?? caller.acting?.id))
  if (!away) return invalid('officer', 'form.not-offered')
  // A substitute's substitute would hide who is responsible.
  if (away.insteadOf) return notNow('directory.substitute.not-for-substitutes')
  const head = officers.some(({ role, head }) => role === caller.acting?.id && head)
  if (away.person !== caller.person && !head && caller.acting?.role !== 'administrator') {
    return notNow('directory.officers.only-head')
  }
  const days = period(read.data, today(app))
  if (isRefused(days)) return days
  const { colleague, email, reason } = read.data
  if ((colleague === undefined) === (email === undefined)) {
    return invalid('colleague', 'directory.substitute.one-of-two')
  }
  const standingIn = { caller, body, away, reason: reason ?? null, ...days }
  if (email !== undefined) return inviteSubstitute(app, { ...standingIn, email })
  const chosen = officers.find(({ person }) => person === colleague)
  if (!chosen) return invalid('colleague', 'form.not-offered')
  if (chosen.person === away.person) return invalid('colleague', 'directory.substitute.oneself')
  return appoint(app, { ...standingIn, substitute: chosen.person })
}

type StandingIn = {
  caller: SignedIn
  body: string
  away: Officer
  from: string
  until: string
  reason: string | null
}

/** From the beginning of the first day to the end of the last, in Brussels. */
function period(given: { from: string; until: string }, today: Temporal.PlainDate) {
  const [first, last] = [Temporal.PlainDate.from(given.from), Temporal.PlainDate.from(given.until)]
  if (Temporal.PlainDate.compare(last, first) < 0) return invalid('until', 'directory.substitute.order')
  if (Temporal.PlainDate.compare(last, today) < 0) return invalid('until', 'directory.substitute.past')
  if (first.until(last).days >= longestSubstitutionDays) {
    return invalid('until', 'directory.substitute.too-long', { days: longestSubstitutionDays })
  }
  return {
    from: first.toZonedDateTime(zone).toInstant().toString(),
    until: last.add({ days: 1 }).toZonedDateTime(zone).toInstant().toString()
  }
}

async function appoint(app: Holding, { caller, substitute, ...named }: StandingIn & { substitute: string }) {
  const { body, away, from, until, reason } = named
  return app.database.transaction().execute(async (transaction): Promise<Named> => {
    const role = await standIn(transaction, {
      body,
      officer: { person: away.person, role: away.role },
      substitute,
      from,
      until,
      reason,
      by: caller.person
    })
    await recordNamed(transaction, caller, { ...named, substitute })
    return { standsIn: 'at-once', role }
  })
}

async function inviteSubstitute(
  app: Holding,
  { caller, email, ...named }: StandingIn & { email: string }
): Promise<Named | Refused> {
  const { body, away, from, until, reason } = named
  const wait = await countAttempt(app.database, [{ what: 'directory.invite', of: [caller.person], limit }])
  if (wait) return wait
  const { language } = caller
  return app.database.transaction().execute(async (transaction): Promise<Named> => {
    const { id, secret } = await invite(transaction, {
      body,
      email,
      language,
      by: caller.person,
      insteadOf: away.role,
      from,
      until,
      reason
    })
    await writeInvitation(transaction, { body, email, language, secret, by: caller.name, insteadOf: away })
    await recordNamed(transaction, caller, { ...named, invitation: id })
    return { standsIn: 'once-accepted', invitation: id }
  })
}

async function recordNamed(
  transaction: Database,
  caller: SignedIn,
  named: Omit<StandingIn, 'caller'> & ({ substitute: string } | { invitation: string })
) {
  const { body, away, from, until } = named
  const substitute = 'substitute' in named ? named.substitute : undefined
  await record(transaction, {
    act: 'directory.substitute-named',
    by: actorOf(caller),
    subject: { kind: 'body', id: body },
    payload: {
      officer: away.person,
      from,
      until,
      ...('substitute' in named ? { substitute } : { invitation: named.invitation })
    },
    about: substitute ? [away.person, substitute] : [away.person]
  })
}
