import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { organisationByCode } from '#server/organisations'
import { rolesIn } from '#server/people'
import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { announce } from '#shared/events/index.ts'
import {
  day,
  line,
  oneOf,
  optional,
  optionalLine,
  optionalParagraphs,
  wholeNumber
} from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import {
  type Caller,
  type Permission,
  type SignedIn,
  actorOf,
  isSignedIn,
  refusalFor
} from '#shared/identity/index.ts'
import { adviceWays } from '../advice.ts'
import { writeAnswer } from '../letters.server.ts'
import { insteadOfWhom } from '../officers.server.ts'
import { recordNow } from '../record-now.server.ts'
import { bodyOnRecord, unitsOnRecord } from '../store.server.ts'
import { settleWaiting } from '../waiting.server.ts'
import { today } from '../who-handles.server.ts'

/** Officers book what their body advised; an expert what they advised for a body themselves. */
export const permission: Permission = ['officer', 'expert']

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

export type Booked = { advice: string; organisation: string }

const schema = z.object({
  organisation: line(40),
  on: day(),
  how: oneOf(adviceWays),
  action: optionalLine(100),
  edition: wholeNumber(2014, 2100), // not of a guide: a year of calls
  call: optional(z.uuid('form.not-offered')),
  unit: optional(z.uuid('form.not-offered')),
  advisor: optional(z.uuid('form.not-offered')),
  request: optional(z.uuid('form.not-offered')),
  topic: line(200),
  answer: optionalParagraphs(4000), // not of a guide: characters
  notes: optionalParagraphs(4000) // not of a guide: characters
})

/**
 * Books advice that was given to an organisation: who advised, when, how, about what. From then on the advisor can
 * neither assess nor decide what the organisation applies with (mayNotDecide). Notes stay with the body.
 */
export async function bookAdvice(
  app: Holding,
  caller: Caller,
  { body, ...given }: { body: string } & Record<string, unknown>
): Promise<Booked | Refused> {
  const no = refusalFor(caller, permission, { body })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  if (!(await bodyOnRecord(app.database, body))) return refused('not-found')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const checked = await checkedAgainst(app, caller, body, read.data)
  if (isRefused(checked)) return checked
  const { organisation, advisor } = checked
  const { request, on, how, action, edition, call, unit, topic, answer, notes } = read.data
  return app.database.transaction().execute(async (transaction) => {
    const { id } = await transaction
      .insertInto('directory.advice')
      .values({
        body,
        unit: unit ?? null,
        organisation,
        advisor,
        advised_on: on,
        how,
        action: action ?? null,
        edition,
        call: call ?? null,
        topic,
        answer: answer ?? null,
        notes: notes ?? null,
        request: request ?? null,
        booked_by: caller.person
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (request) {
      await settleWaiting(transaction, { kind: 'advice-request', subject: request, by: caller.person })
      if (answer) await writeAnswer(transaction, { request, body, answer })
    }
    await record(transaction, {
      act: 'directory.advice-booked',
      by: actorOf(caller),
      subject: { kind: 'advice', id },
      payload: {
        body,
        unit,
        organisation,
        advisor,
        on,
        how,
        action,
        edition,
        call,
        topic,
        request,
        insteadOf: await insteadOfWhom(transaction, caller)
      },
      about: [advisor]
    })
    await announce(transaction, 'directory.advice-booked', { advice: id, organisation, body })
    return { advice: id, organisation }
  })
}

/** What only the database and the rule files can say: who is meant, and whether it fits together. */
async function checkedAgainst(
  app: Holding,
  caller: SignedIn,
  body: string,
  given: z.output<typeof schema>
): Promise<{ organisation: string; advisor: string } | Refused> {
  const found = await organisationByCode(app, given.organisation)
  if (!found) return invalid('organisation', 'directory.advice.no-organisation')
  if (Temporal.PlainDate.compare(Temporal.PlainDate.from(given.on), today(app)) > 0) {
    return invalid('on', 'directory.advice.not-yet')
  }
  if (given.action && !app.programmes.programme.actions.has(given.action)) {
    return invalid('action', 'form.not-offered')
  }
  if (given.unit && !(await unitsOnRecord(app.database, body)).some(({ id }) => id === given.unit)) {
    return invalid('unit', 'form.not-offered')
  }
  const advisor = given.advisor ?? caller.person
  if (advisor !== caller.person) {
    const colleagues = caller.acting?.role === 'officer' ? await rolesIn(app.database, { body }) : []
    if (!colleagues.some(({ person }) => person === advisor)) return invalid('advisor', 'form.not-offered')
  }
  if (given.answer && !given.request) return invalid('answer', 'directory.advice.nobody-asked')
  if (given.request && !(await isOpenAt(app.database, body, given.request, found.id))) {
    return invalid('request', 'directory.advice.request-elsewhere')
  }
  return { organisation: found.id, advisor }
}

/** Whether a question of the organisation waits at the body. */
async function isOpenAt(database: Database, body: string, request: string, organisation: string) {
  const [waits] = await database
    .selectFrom('directory.waiting')
    .select('organisation')
    .where('kind', '=', 'advice-request')
    .where('subject', '=', request)
    .where('body', '=', body)
    .where('settled_at', 'is', null)
    .execute()
  // The organisation may have been merged into another since it asked.
  return !!waits?.organisation && (await recordNow(database, waits.organisation)) === organisation
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'directory.advice-booked': { advice: string; organisation: string; body: string }
  }
}
