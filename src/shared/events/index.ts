/** News between modules: announced in the transaction of the act, heard after it. */
export { announce } from './announce.ts'
export type { EventName, EventTypes } from './event-types.ts'
export { type Announced, type Listener, listen } from './listener.ts'
