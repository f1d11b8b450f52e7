import { randomBytes } from 'node:crypto'
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

function freshAddress(): string {
  return `${randomBytes(6).toString('hex')}@example.org`
}
