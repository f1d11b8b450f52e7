import { sql } from 'kysely'
import { type Person, personsOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type SignedIn, isSignedIn } from '#shared/identity/index.ts'
import { type Access, accessOf } from '../access.ts'
import type { Outline } from '../application.ts'
import { organisationsIn, rolesInEach } from '../consortium/people-of.server.ts'
import { findOutline } from '../outline.server.ts'
import { openedHub } from './hub.server.ts'
import './writing-tables.server.ts'

/** Somebody who talks about a draft with the others of its consortium. */
export type Talking = { transaction: Database; outline: Outline; access: Access; who: SignedIn }

/**
 * Lets somebody of the consortium do something about a draft that the others hear of, in one transaction. Who was
 * only asked to take part reads along.
 */
export async function talk<Outcome>(
  { database }: { database: Database },
  caller: Caller,
  application: string,
  work: (talking: Talking) => Promise<Outcome | Refused>
): Promise<Outcome | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const outcome = await database.transaction().execute(async (transaction) => {
    const outline = await findOutline(transaction, application)
    const access = outline ? accessOf(outline, caller) : refused('not-found')
    if (!outline || isRefused(access)) return isRefused(access) ? access : refused('not-found')
    if (access.participant.state !== 'accepted') return refused('not-allowed')
    if (outline.state === 'withdrawn') return notNow('applications-writing.not-now.withdrawn')
    const done = await work({ transaction, outline, access, who: caller })
    if (!isRefused(done)) await discussed(transaction, outline.id)
    return done
  })
  if (!isRefused(outcome)) openedHub(database)?.nudge()
  return outcome
}

/** Notes that there is something to read: streams look for it (hub.server.ts). */
export async function discussed(transaction: Database, application: string): Promise<void> {
  await sql`
    insert into applications.discussion (application) values (${application})
    on conflict (application) do update set transaction = pg_current_xact_id()`.execute(transaction)
}

/** Somebody who works for an organisation of the consortium. */
export type Colleague = Person & { participant: string }

/** Everybody who works for the organisations that have agreed to take part: who can be asked and named. */
export async function colleaguesOf(database: Database, outline: Outline): Promise<Map<string, Colleague>> {
  const roles = await rolesInEach(database, organisationsIn(outline))
  const found = outline.participants.flatMap(({ id, organisation }) =>
    (roles.get(organisation ?? '') ?? []).map(({ person }) => ({ person, participant: id }))
  )
  const people = await personsOf(
    database,
    found.map(({ person }) => person)
  )
  return new Map(
    found.flatMap(({ person, participant }) => {
      const known = people.get(person)
      return known ? [[person, { ...known, participant }]] : []
    })
  )
}
