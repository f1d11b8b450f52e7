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
