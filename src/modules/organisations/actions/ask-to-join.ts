import { z } from 'zod'
import { personOf, personsOf, rolesIn } from '#server/people'
import { record } from '#shared/audit/index.ts'
import { oneOf, paragraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Database } from '#shared/database/index.ts'
import { countFor } from '../limits.server.ts'
import { writeRequest } from '../members/letters.server.ts'
import { type Member, membersOf } from '../members/members-store.server.ts'
import { type Deciders, memberRoles, whoDecides } from '../members/membership.ts'
import type { Holding } from '../record/insiders.server.ts'
import '../organisations-tables.server.ts'

export const permission: Permission = ['person']

const schema = z.object({ role: oneOf(memberRoles), reason: paragraphs(2000) })

/** Of the officers who decide so many are written to; the desk shows it to all. */
const mostOfficers = 10

/** A request that was made, and who will answer it. */
export type Asked = { request: string; deciders: Deciders }

/** Asks to join an organisation: those who are there decide, or officers where nobody is. */
export async function askToJoin(
  app: Holding,
  caller: Caller,
  organisation: string,
  given: unknown
): Promise<Asked | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { role, reason } = read.data
  const tooOften = await countFor(app.database, 'ask-to-join', caller.person)
  if (tooOften) return tooOften
  return app.database.transaction().execute(async (transaction) => {
    const head = await transaction
      .selectFrom('organisations.organisation')
      .select(['id', 'country'])
      .where('id', '=', organisation)
      .where('merged_into', 'is', null)
      .executeTakeFirst()
    if (!head) return refused('not-found')
    const there = await membersOf(transaction, organisation)
    if (there.some((member) => member.person === caller.person && (member.as === role || role === 'member')))
      return notNow('organisations.joining.already')
    const made = await transaction
      .insertInto('organisations.join_request')
      .values({ organisation, person: caller.person, role, reason })
      .onConflict((conflict) =>
        conflict.columns(['organisation', 'person']).where('decision', 'is', null).doNothing()
      )
      .returning('id')
      .executeTakeFirst()
    if (!made) return notNow('organisations.joining.waiting')
    const deciders = whoDecides(
      there.map(({ as }) => as),
      role
    )
    const who = (await personOf(transaction, caller.person))!.name
    const desk = deciders === 'officers' ? ('officers' as const) : ('organisation' as const)
    const to =
      deciders === 'officers'
        ? await officersFor({ ...app, database: transaction }, head.country)
        : decidersAmong(there, deciders)
    await writeRequest(transaction, to, { organisation, who, desk })
    await record(transaction, {
      act: 'organisations.join-asked',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { request: made.id, role, reason, deciders },
      about: [caller.person]
    })
    return { request: made.id, deciders }
  })
}

function decidersAmong(there: readonly Member[], deciders: Deciders): Member[] {
  const all = there.filter(({ as }) => deciders === 'members' || as === 'representative')
  return all.filter(({ person }, at) => all.findIndex((other) => other.person === person) === at)
}

async function officersFor(app: { database: Database } & Holding, country: string) {
  const bodies = await app.bodiesFor(app.database, country)
  const held = await Promise.all(bodies.map((body) => rolesIn(app.database, { body })))
  const people = await personsOf(
    app.database,
    [...new Set(held.flat().map(({ person }) => person))].slice(0, mostOfficers)
  )
  return [...people.values()].map(({ id, email, language }) => ({ person: id, email, language }))
}
