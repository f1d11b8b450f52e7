/** The door on the server: actions and reads. */
export { beginCall } from './actions/begin-call.ts'
export { beginCorrigendum } from './actions/begin-corrigendum.ts'
export { followCalls } from './actions/follow-calls.ts'
export { publishCall } from './actions/publish-call.ts'
export { saveCall } from './actions/save-call.ts'
export { saveYearPlan } from './actions/save-year-plan.ts'
export { sendForReview } from './actions/send-for-review.ts'
export {
  callTaking,
  callToCheck,
  callUnderTerms,
  callsThatClose,
  corrigendumInWords,
  listCalls,
  showCall
} from './reads.ts'
export type { CallTaking } from './call-taking.server.ts'
export type { CallList } from './reads.ts'
export { type DraftsUnder, type ToldAsWriters, noApplicationsYet, nobodyWritesYet } from './correct.ts'
export type { CorrigendumSaid } from './corrigendum-said.server.ts'
export { type MoneyUnder, noAwardsYet } from './year-plan.ts'
