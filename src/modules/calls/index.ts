/** The door for everybody, safe in a browser. */
export { callKinds } from './call.ts'
export type { AssessmentPlan, Budget, Call, CallKind, CallTerms, OpenedAction, Translated } from './call.ts'
export { filterFrom, queryOf } from './filter.ts'
export type { CallFilter } from './filter.ts'
export { callStates, publicStates } from './life.ts'
export type { CallState, OpenFrom, PublicState } from './life.ts'
export type { YearPlan } from './year-plan.ts'
