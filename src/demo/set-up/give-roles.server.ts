import { grantRole } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Role } from '#shared/identity/index.ts'
import { type CastMember, type CastRole, cast, castKeys } from '../cast.ts'
import type { Entered } from './enter-cast.server.ts'
import type { RegisteredOrganisations } from './register-organisations.server.ts'
import type { World } from './set-up.server.ts'

/** Gives the cast the roles that they do not hold by what they did: nobody is there yet who could appoint them. */
export async function giveRoles(
  { database }: World,
  entered: Entered,
  organisations: RegisteredOrganisations
): Promise<void> {
  for (const key of castKeys) {
    const { roles }: CastMember = cast[key]
    for (const role of roles.map((role) => roleIn(role, organisations))) {
      if (role.role === 'representative') continue
      const given = await grantRole(database, entered[key], role)
      await record(database, {
        act: 'demo.role-given',
        by: { system: 'demo' },
        subject: { kind: 'person', id: entered[key] },
        payload: { ...role, given },
        about: [entered[key]]
      })
    }
  }
}

function roleIn(role: CastRole, organisations: RegisteredOrganisations): Role {
  return 'organisation' in role
    ? { role: role.role, organisation: organisations[role.organisation].organisation }
    : role
}
