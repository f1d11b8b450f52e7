import { assignOfficer, inviteOfficer, officersOf } from '#server/directory'
import { giveRole, grantRole } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Role } from '#shared/identity/index.ts'
import { type CastKey, type CastMember, type CastRole, cast, castKeys } from '../cast.ts'
import { callerFor } from './callers.server.ts'
import { done } from './done.ts'
import type { Entered } from './enter-cast.server.ts'
import type { RegisteredOrganisations } from './register-organisations.server.ts'
import type { World } from './world.server.ts'

/** Who leads each body: whoever leads one says who works in it. */
const heads: readonly CastKey[] = ['petra', 'zane', 'claire', 'helena']

/**
 * Gives the cast the roles that they do not hold by what they did. Nobody is there yet who could appoint Līga and the
 * officers; Līga makes experts and heads of bodies, and Petra invites one more officer, who has not answered.
 */
export async function giveRoles(
  world: World,
  entered: Entered,
  organisations: RegisteredOrganisations
): Promise<void> {
  for (const [key, role] of rolesOfCast(organisations)) {
    if (role.role === 'officer' || role.role === 'administrator') await give(world, entered[key], role)
  }
  const liga = await callerFor(world.database, entered, 'liga')
  for (const [key, { role }] of rolesOfCast(organisations)) {
    if (role === 'expert')
      done(await giveRole(world, liga, { email: cast[key].email, role }), `${key} is an expert`)
  }
  for (const key of heads) await makeHead(world, liga, key, entered[key])
  const petra = await callerFor(world.database, entered, 'petra')
  const invited = { email: 'ieva.jauna@example.org', language: 'lv', units: [] }
  done(await inviteOfficer(world, petra, { body: 'lv-viaa', ...invited }), 'Ieva is invited')
}

function rolesOfCast(organisations: RegisteredOrganisations): [CastKey, Role][] {
  const roleIn = (role: CastRole): Role =>
    'organisation' in role
      ? { role: role.role, organisation: organisations[role.organisation].organisation }
      : role
  return castKeys.flatMap((key) =>
    (cast[key] as CastMember).roles.map((role): [CastKey, Role] => [key, roleIn(role)])
  )
}

async function give({ database }: World, person: string, role: Role): Promise<void> {
  const given = await grantRole(database, person, role)
  await record(database, {
    act: 'demo.role-given',
    by: { system: 'demo' },
    subject: { kind: 'person', id: person },
    payload: { ...role, given },
    about: [person]
  })
}

async function makeHead(
  world: World,
  liga: Awaited<ReturnType<typeof callerFor>>,
  key: CastKey,
  person: string
): Promise<void> {
  const { roles }: CastMember = cast[key]
  const body = roles.flatMap((role) => ('body' in role ? role.body : []))[0]!
  const officer = (await officersOf(world.database, body)).find((one) => one.person === person)!
  const post = { head: true, units: [] }
  done(await assignOfficer(world, liga, { body, officer: officer.role, ...post }), `${key} leads ${body}`)
}
