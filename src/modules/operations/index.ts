/** What operations offers to everybody: where mail goes, and what can be done about one. */
export { type Delivery, canBeSent, showsWords } from './outbox.ts'
