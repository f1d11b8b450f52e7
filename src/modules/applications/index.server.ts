/** The door on the server: actions and reads. */
export { submitApplication } from './actions/submit-application.ts'
export { removeBudgetLine } from './actions/remove-budget-line.ts'
export { replaceBudget } from './actions/replace-budget.ts'
export { saveBudgetLine } from './actions/save-budget-line.ts'
export { type NewApplication, startApplication } from './actions/start-application.ts'
export { type PostedAnswer, saveAnswer, saveAnswers } from './actions/save-answer.ts'
export { endStreams } from './writing/hub.server.ts'
