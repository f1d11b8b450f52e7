import type { Temporal } from 'temporal-polyfill'
import type { Handling, HandlingQuestion } from '#modules/programmes'
import { personsOf } from '#server/people'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { adviceBy } from './advice-store.server.ts'
import type { Advice } from './advice.ts'
import { type Body, type BodyKind, type Unit, calledIn } from './body.ts'
import {
  type AdviceFilter,
  type AdviceLine,
  type Desk,
  type Received,
  readAdviceLog,
  readDesk,
  readReceived
} from './desk-reads.server.ts'
import { type Earlier, earlierOf } from './earlier.server.ts'
import { type Invitation, openInvitation, openInvitations } from './invitation.server.ts'
import { type MandateOnRecord, holdsOn } from './mandate.ts'
import { type Officer, officersOf } from './officers.server.ts'
import { bodiesOnRecord, bodyOnRecord, mandatesOnRecord, unitsOnRecord } from './store.server.ts'
import type { SupportHolding } from './support.server.ts'
import { type Substitution, substitutionsOf } from './substitution.server.ts'
import { type HandlingInDetail, handlingOf, today } from './who-handles.server.ts'

/** Who carries out the programme is public. What a body does with whom is for its officers. */
export const permissions = {
  bodyNames: 'public',
  showBody: 'public',
  listBodies: 'public',
  whoHandles: 'public',
  handlingInDetail: 'public',
  bodiesFor: 'public',
  deskOf: ['officer'],
  adviceLog: ['officer'],
  staffOf: ['officer', 'administrator'],
  adviceReceived: ['member'],
  adviceGiven: ['person'],
  lookAtInvitation: ['person'],
  changesOf: ['officer', 'administrator']
} as const satisfies Record<string, Permission>

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** What people call some bodies, by id: the short name where there is one. Unknown ids are left out. */
export async function bodyNames(
  database: Database,
  ids: readonly string[],
  language: Language
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const bodies = await bodiesOnRecord(database, ids)
  return new Map(bodies.map((body) => [body.id, calledIn(language, body)]))
}

export type BodyShown = {
  body: Body
  units: Unit[]
  mandates: MandateOnRecord[]
  supervisor: Body | undefined
}

/** Everything public about a body: units and mandates, those that ended included. undefined: there is none. */
export async function showBody(app: Pick<Holding, 'database'>, id: string): Promise<BodyShown | undefined> {
  const body = await bodyOnRecord(app.database, id)
  if (!body) return undefined
  const [units, mandates, supervisor] = await Promise.all([
    unitsOnRecord(app.database, id),
    mandatesOnRecord(app.database, id),
    body.supervisedBy ? bodyOnRecord(app.database, body.supervisedBy) : undefined
  ])
  return { body, units, mandates, supervisor }
}

export type BodyListed = { body: Body; mandates: MandateOnRecord[] }

/** The bodies of today, each with the mandates that hold today. */
export async function listBodies(app: Holding): Promise<BodyListed[]> {
  const [bodies, mandates] = await Promise.all([bodiesOnRecord(app.database), mandatesOnRecord(app.database)])
  const day = today(app)
  return bodies
    .filter(({ endedOn }) => endedOn === null || endedOn >= day.toString())
    .map((body) => ({
      body,
      mandates: mandates.filter((mandate) => mandate.body === body.id && holdsOn(mandate, day))
    }))
}

/** Who handles an action of an edition for an applicant of a country; see WhoHandles of `programmes`. */
export async function whoHandles(app: Holding, question: HandlingQuestion): Promise<Handling[]> {
  const lines = await handlingOf(app, question)
  return lines.map((line) => ({
    ...line,
    handlers: line.handlers.map(({ mandate: _mandate, ...handler }) => handler)
  }))
}

/** The same, with the mandate that each answer follows from. */
export async function handlingInDetail(
  app: Holding,
  question: HandlingQuestion
): Promise<HandlingInDetail[]> {
  return handlingOf(app, question)
}

/**
 * The bodies whose mandate reaches a country today, by id: those of the country itself before those of all Europe.
 * @param kind only bodies of a kind, such as national-agency
 */
export async function bodiesFor(app: Holding, country: string, kind?: BodyKind): Promise<string[]> {
  const listed = await listBodies(app)
  const reached = listed.filter(
    ({ body, mandates }) =>
      (kind === undefined || body.kinds.includes(kind)) &&
      mandates.some(({ countries }) => countries === null || countries.includes(country))
  )
  const own = ({ body }: BodyListed) => (body.country === country ? 0 : 1)
  return reached.sort((a, b) => own(a) - own(b)).map(({ body }) => body.id)
}

/** What waits at the body that the caller acts for, with their colleagues. */
export async function deskOf(
  app: SupportHolding,
  caller: Caller,
  language: Language
): Promise<Desk | Refused> {
  const no = refusalFor(caller, permissions.deskOf, { body: 'any' })
  if (no || !isSignedIn(caller) || caller.acting?.role !== 'officer') return no ?? refused('sign-in')
  return (await readDesk(app, caller, caller.acting.body, language)) ?? refused('not-found')
}

/** The advice that a body gave, for its officers. */
export async function adviceLog(
  app: Holding,
  caller: Caller,
  { body, language, ...filter }: AdviceFilter & { body: string; language: Language }
): Promise<AdviceLine[] | Refused> {
  const no = refusalFor(caller, permissions.adviceLog, { body })
  return no ?? readAdviceLog(app.database, body, filter, language)
}

/** What an organisation asked and how it was advised, for those who work for it. */
export async function adviceReceived(
  app: Holding,
  caller: Caller,
  organisation: string
): Promise<Received | Refused> {
  const no = refusalFor(caller, permissions.adviceReceived, { organisation })
  return no ?? readReceived(app.database, organisation)
}

/** The advice that the caller gave themselves: where they can neither assess nor decide. */
export async function adviceGiven(app: Holding, caller: Caller): Promise<Advice[] | Refused> {
  const no = refusalFor(caller, permissions.adviceGiven)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  return adviceBy(app.database, [caller.person])
}

export type Staff = {
  body: Body
  units: Unit[]
  officers: Officer[]
  substitutions: (Substitution & { officerName: string; substituteName: string })[]
  invitations: Invitation[]
  /** Whether the caller may invite, assign and end officers: the head, or an administrator. */
  mayManage: boolean
}

/** Who works for a body: for its officers and for administrators. */
export async function staffOf(app: Holding, caller: Caller, id: string): Promise<Staff | Refused> {
  const no = refusalFor(caller, permissions.staffOf, { body: id })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const body = await bodyOnRecord(app.database, id)
  if (!body) return refused('not-found')
  const [units, officers, substitutions, invitations] = await Promise.all([
    unitsOnRecord(app.database, id),
    officersOf(app.database, id),
    substitutionsOf(app.database, id),
    openInvitations(app.database, id)
  ])
  const persons = await personsOf(
    app.database,
    substitutions.flatMap(({ officer, substitute }) => [officer, substitute])
  )
  const nameOf = (person: string) => persons.get(person)?.name ?? ''
  return {
    body,
    units: units.filter(({ endedOn }) => endedOn === null),
    officers,
    substitutions: substitutions.map((one) => ({
      ...one,
      officerName: nameOf(one.officer),
      substituteName: nameOf(one.substitute)
    })),
    invitations,
    mayManage:
      caller.acting?.role === 'administrator' ||
      officers.some(({ role, head }) => head && role === caller.acting?.id)
  }
}

export type InvitationShown = {
  body: Body
  head: boolean
  insteadOf: string | undefined
  from: string | null
  until: string | null
}

/** What a link invites to; undefined when it can no longer be accepted. */
export async function lookAtInvitation(
  app: Holding,
  caller: Caller,
  secret: string
): Promise<InvitationShown | undefined | Refused> {
  const no = refusalFor(caller, permissions.lookAtInvitation)
  if (no) return no
  const invitation = await openInvitation(app.database, secret)
  const body = invitation && (await bodyOnRecord(app.database, invitation.body))
  if (!invitation || !body) return undefined
  const officers = invitation.insteadOf ? await officersOf(app.database, invitation.body) : []
  return {
    body,
    head: invitation.head,
    insteadOf: officers.find(({ role }) => role === invitation.insteadOf?.role)?.name,
    from: invitation.insteadOf?.from.toString() ?? null,
    until: invitation.insteadOf?.until.toString() ?? null
  }
}

/** What a body, one of its units or of its mandates said before, with who changed it; for its own people. */
export type Changed = Omit<Earlier, 'by'> & { by: string | null }

export async function changesOf(
  app: Pick<Holding, 'database'>,
  caller: Caller,
  { body, subject, id }: { body: string; subject: 'body' | 'unit' | 'mandate'; id: string }
): Promise<Changed[] | Refused> {
  const no = refusalFor(caller, permissions.changesOf, { body })
  if (no) return no
  const shown = await showBody(app, body)
  const its =
    subject === 'body'
      ? id === body
      : [...(shown?.units ?? []), ...(shown?.mandates ?? [])].some((one) => one.id === id)
  if (!its) return refused('not-found')
  const earlier = await earlierOf(app.database, subject, id)
  const persons = await personsOf(
    app.database,
    earlier.flatMap(({ by }) => by ?? [])
  )
  return earlier.map(({ by, ...one }) => ({ ...one, by: by && (persons.get(by)?.name ?? '–') }))
}
