/** The door on the server: actions and reads. */
export { type Registered, registerOrganisation } from './actions/register-organisation.ts'
export type { BodiesFor } from './bodies-for.ts'
export type { Suggestion } from './names/find-organisations.server.ts'
export {
  type OrganisationName,
  type OrganisationView,
  findOrganisations,
  organisationByCode,
  organisationNames,
  showOrganisation
} from './reads.ts'
