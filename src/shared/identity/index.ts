/** Who asks, and whether they may. How they prove who they are is the work of src/modules/people. */
export { actorOf } from './actor.ts'
export {
  type Caller,
  type HeldRole,
  type Nobody,
  type Role,
  type RoleName,
  type SignedIn,
  isSignedIn,
  nobody,
  roleNames
} from './caller.ts'
export {
  type Audience,
  type Concerns,
  type Permission,
  audiences,
  may,
  needsSecondFactor,
  refusalFor
} from './permission.ts'
export type { Consent, Kept, LegalBasis, PersonalData, Stays } from './personal-data.ts'
