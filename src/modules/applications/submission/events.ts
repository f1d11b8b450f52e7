import type {} from '#shared/events/event-types.ts'

// What becomes of applications that were handed in. Facts are ids and small values.
declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    /** An application was handed in; an earlier submission of it counts no more. */
    'applications.submitted': { application: string; submission: string; call: string }
    /** Its people write on. What was handed in counts until they hand in again. */
    'applications.taken-back': { application: string; submission: string; call: string }
    /** Its people want it to be assessed no more. */
    'applications.withdrawn': { application: string; submission: string; call: string }
  }
}
