import { randomBytes } from 'node:crypto'
import type { SignedIn } from '#shared/identity/index.ts'
import { personActing } from '../cast/cast.ts'
import type { World } from './world.ts'

/*
 * Things that a visit uses up, made anew for each: an invitation that is withdrawn, an officer who leaves.
 */

/** Somebody is invited to work for the body. */
export async function freshInvitation({ site, cast, body }: World): Promise<string> {
  const { id } = await site.app.database
    .insertInto('directory.invitation')
    .values({
      body,
      email: 'ieva.jauna@example.org',
      language: 'lv',
      secret_digest: randomBytes(32),
      invited_by: cast.petra.person,
      expires_at: '2100-01-01T00:00:00Z'
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns people.role */
export async function freshExpert({ site }: World): Promise<string> {
  const somebody = { name: 'Eva Eksperte', email: freshAddress(), role: { role: 'expert' } } as const
  return (await personActing(site.app.database, somebody)).acting!.id
}

/** @returns people.role */
export async function freshOfficer({ site, body }: World): Promise<string> {
  const somebody = { name: 'Vija Vēlā', email: freshAddress(), role: { role: 'officer', body } } as const
  return (await personActing(site.app.database, somebody)).acting!.id
}

/** Petra is away, and somebody stands in for her. */
export async function freshSubstitution(world: World): Promise<string> {
  const { site, cast, body } = world
  const { id } = await site.app.database
    .insertInto('directory.substitution')
    .values({
      body,
      officer: cast.petra.person,
      officer_role: cast.petra.acting!.id,
      substitute: cast.ana.person,
      substitute_role: await freshOfficer(world),
      from_at: '2026-01-01T00:00:00Z',
      until_at: '2100-01-01T00:00:00Z'
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Maria’s school has a question. */
export async function freshAdviceRequest({ site, cast, school }: World): Promise<string> {
  const { id } = await site.app.database
    .insertInto('directory.advice_request')
    .values({
      organisation: school.id,
      asked_by: cast.maria.person,
      language: 'lv',
      country: 'LV',
      edition: 2026,
      question: 'Kā?'
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Somebody who works for Maria’s school. */
export async function freshMember({ site, school }: World): Promise<SignedIn> {
  return personActing(site.app.database, {
    name: 'Mārīte Jaunā',
    email: freshAddress(),
    role: { role: 'member', organisation: school.id }
  })
}

/** Somebody is invited to work for the school. */
export async function freshMemberInvitation({ site, cast, school }: World): Promise<string> {
  const { id } = await site.app.database
    .insertInto('organisations.invitation')
    .values({
      organisation: school.id,
      email: freshAddress(),
      role: 'member',
      secret_digest: randomBytes(32),
      invited_by: cast.maria.person,
      expires_at: '2100-01-01T00:00:00Z'
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Somebody asks to join an organisation. @param person people.person; somebody new unless given */
export async function freshRequest(world: World, organisation: string, person?: string): Promise<string> {
  const { database } = world.site.app
  const asking =
    person ?? (await personActing(database, { name: 'Jana Jaunā', email: freshAddress() })).person
  const { id } = await database
    .insertInto('organisations.join_request')
    .values({ organisation, person: asking, role: 'member', reason: 'Strādāju šeit.' })
    // Petra's programs ask at the same time as she does.
    .onConflict((conflict) =>
      conflict
        .columns(['organisation', 'person'])
        .where('decision', 'is', null)
        .doUpdateSet({ reason: 'Strādāju šeit.' })
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

function freshAddress(): string {
  return `${randomBytes(6).toString('hex')}@example.org`
}
