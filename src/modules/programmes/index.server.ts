/** The door on the server: actions and reads. */
export { checkEligibility } from './actions/check-eligibility.ts'
export type { EligibilityQuestion, NotInEdition } from './actions/check-eligibility.ts'
export type { ActionView } from './action-view.server.ts'
export type { CheckReport, ConcernReport, RuleReport } from './check-report.server.ts'
export { formFor } from './forms/form-for.server.ts'
export type { FormWanted } from './forms/making.server.ts'
export { type ApplicationLimit, applicationLimits } from './application-limits.server.ts'
export { loadProgrammes } from './programmes.server.ts'
export type { Programmes } from './programmes.server.ts'
export { ProgrammeProblems } from './programme.server.ts'
export {
  budgetRules,
  editionForBrowser,
  lifecycleFact,
  listActions,
  listFamilies,
  listPlaces,
  listPriorities,
  showAction,
  showForm
} from './reads.ts'
export type { ActionEntry, LifecycleFact, PriorityEntry } from './reads.ts'
export { checkAnswer } from './check-answer.server.ts'
export type { CheckAnswer } from './check-answer.server.ts'
export { mostBytes, readConsortiumText, writeConsortiumYaml } from './consortium-file.server.ts'
export { problemText } from './input-problem.ts'
export { knowledgeOf } from './knowledge.server.ts'
export { partIn } from './participation.server.ts'
export type { Asker, CountryPart } from './participation.server.ts'
export { actionOfCall, programmesOfCall, readOwnRules } from './own-rules.server.ts'
export type { CallForRules, OwnRules } from './own-rules.server.ts'
export type { FileProblem } from './programme-files.server.ts'
export type { CallToCheck, FindCallToCheck } from './call-to-check.ts'
