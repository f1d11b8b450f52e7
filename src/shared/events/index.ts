/** News between modules: announced in the transaction of the act, heard after it. */
export { announce, announceAll } from './announce.ts'
export { deliver } from './deliver.ts'
export { dispatch, redispatch, startDispatch } from './dispatch.ts'
export type { EventName, EventTypes } from './event-types.ts'
export { type Following, type ReadEvent, startFollowing } from './follow.ts'
export { forgetEvents } from './forget-events.ts'
export { type Announced, type Listener, listen } from './listener.ts'
