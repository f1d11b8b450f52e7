import { addVouchedPerson, grantRole } from '#server/people'
import type { Role } from '#shared/identity/index.ts'
import { type CastKey, type CastMember, type CastRole, cast, castKeys } from '../cast.ts'
import type { World } from './set-up.server.ts'

/** Who is who: people.person, by their key. */
export type Entered = Record<CastKey, string>

/** Enters the people of the demonstration, and gives them the roles that nobody else gives them. */
export async function enterCast({ database }: World): Promise<Entered> {
  const entered: Partial<Entered> = {}
  for (const key of castKeys) {
    const { name, email, language, roles }: CastMember = cast[key]
    const person = await addVouchedPerson(database, { name, email, language })
    for (const role of roles.filter(isOfNoOrganisation)) await grantRole(database, person, role)
    entered[key] = person
  }
  return entered as Entered
}

function isOfNoOrganisation(role: CastRole): role is CastRole & Role {
  return role.role !== 'member' && role.role !== 'representative'
}
