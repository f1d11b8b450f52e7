/** The door on the server: actions and reads. */
export { type Registered, registerOrganisation } from './actions/register-organisation.ts'
export {
  type OrganisationName,
  type OrganisationView,
  organisationByCode,
  organisationNames,
  showOrganisation
} from './reads.ts'
