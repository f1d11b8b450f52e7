/** The door on the server: actions and reads. */
export { type CreatedAdministrator, createAdministrator } from './actions/create-administrator.ts'
export { giveRole } from './actions/give-role.ts'
export { switchRole } from './actions/switch-role.ts'
export { addVouchedPerson } from './add-vouched-person.server.ts'
export { type Counted, type Limit, countAttempt } from './attempts.server.ts'
export { forgetCodes } from './actions/forget-codes.ts'
export { callerOf, callerOfEndpoint } from './caller.server.ts'
export { keepSession } from './cookies.server.ts'
export { whenNarrowed } from './narrowed.server.ts'
export { type IsLeaked, askIfLeaked } from './leaked-passwords.server.ts'
export { type Person, hasConfirmed, personAt, personOf, personsOf } from './persons.server.ts'
export {
  type RoleHeld,
  endRole,
  grantRole,
  moveRoles,
  rolesIn,
  rolesInAll,
  rolesOf,
  rolesToCome
} from './roles.server.ts'
export {
  type OpenedSession,
  closeSession,
  lastProofs,
  openSession,
  sessionCookie
} from './sessions.server.ts'
export { type Providers, openProviders } from './providers.server.ts'
export { readProviders } from './providers-file.server.ts'
export { visitFrom } from './visit.server.ts'
