/** The door on the server: actions and reads. */
export { type NewApplication, startApplication } from './actions/start-application.ts'
