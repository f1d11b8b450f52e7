import type { Temporal } from 'temporal-polyfill'
import { personsOf, rolesToCome } from '#server/people'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import type { Database } from '#shared/database/index.ts'
import {
  type Member,
  type OpenInvitation,
  type OpenRequest,
  invitationsOf,
  membersOf,
  requestsAt
} from './members-store.server.ts'
import { type Deciders, memberMayDecide, officersMayDecide, whoDecides } from './membership.ts'

/** A request with who makes it, and whether the reader may answer it. */
export type RequestShown = OpenRequest & {
  name: string
  email: string
  deciders: Deciders
  mayAnswer: boolean
}

/** Who works for an organisation, who is about to, and who wants to. */
export type MembersShown = {
  members: Member[]
  /** Roles that begin later, of people who are there. */
  coming: { role: string; name: string; from: Temporal.Instant; until: Temporal.Instant | null }[]
  invitations: OpenInvitation[]
  requests: RequestShown[]
}

export async function membersShown(
  database: Database,
  caller: Caller,
  organisation: string,
  now: Temporal.Instant
): Promise<MembersShown> {
  const [members, later, invitations, open] = await Promise.all([
    membersOf(database, organisation),
    rolesToCome(database, organisation),
    invitationsOf(database, organisation),
    requestsAt(database, organisation)
  ])
  const people = await personsOf(
    database,
    [...open, ...later].map(({ person }) => person)
  )
  return {
    members,
    coming: later.flatMap(({ held, person, from, until }) => {
      const name = people.get(person)?.name
      return name === undefined ? [] : [{ role: held.id, name, from, until }]
    }),
    invitations,
    requests: open.flatMap((request) => {
      const who = people.get(request.person)
      return who ? [withDeciders(request, who, members, caller, now)] : []
    })
  }
}

/** Says who decides about a request, and whether the reader is one of them. */
export function withDeciders(
  request: OpenRequest,
  { name, email }: { name: string; email: string },
  members: readonly Pick<Member, 'as'>[],
  caller: Caller,
  now: Temporal.Instant
): RequestShown {
  const deciders = whoDecides(
    members.map(({ as }) => as),
    request.role
  )
  const acting = isSignedIn(caller) && caller.person !== request.person ? caller.acting?.role : undefined
  const mayAnswer =
    acting === 'member' || acting === 'representative'
      ? memberMayDecide(deciders, acting)
      : acting === 'officer' || acting === 'administrator'
        ? officersMayDecide(deciders, request.askedAt, now)
        : false
  return { ...request, name, email, deciders, mayAnswer }
}
