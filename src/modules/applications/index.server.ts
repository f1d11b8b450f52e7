/** The door on the server: actions and reads. */
export { submitApplication } from './actions/submit-application.ts'
export { type NewApplication, startApplication } from './actions/start-application.ts'
export { type PostedAnswer, saveAnswer, saveAnswers } from './actions/save-answer.ts'
