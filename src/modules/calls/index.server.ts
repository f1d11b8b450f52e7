/** The door on the server: actions and reads. */
export { listCalls } from './reads.ts'
export type { CallList } from './reads.ts'
export { type DraftsUnder, noApplicationsYet } from './correct.ts'
