/** The door on the server: actions and reads. */
export {
  type BodyListed,
  type BodyShown,
  bodiesFor,
  bodyNames,
  listBodies,
  showBody,
  whoHandles
} from './reads.ts'
export { type Synced, syncShippedBodies } from './sync-shipped.server.ts'
export { refusalAsSecond, secondOfficerFor } from './second-person.server.ts'
export { type Officer, insteadOfWhom, isHead, officersOf } from './officers.server.ts'
export { adviceBy, barredByAdvice, refusalOfAdvisor } from './advice-store.server.ts'
export { type Waiting, type WaitingKind, letWait, settleWaiting } from './waiting.server.ts'
export { type Asked, askForAdvice } from './actions/ask-for-advice.ts'
export { type Booked, bookAdvice } from './actions/book-advice.ts'
export { assignOfficer } from './actions/assign-officer.ts'
export { inviteOfficer } from './actions/invite-officer.ts'
export { nameSubstitute } from './actions/name-substitute.ts'
