import type {} from '#shared/events/event-types.ts'

// What happens to calls and others may want to know. Facts are ids and small values.
declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    /** Everybody may see it from now on. */
    'calls.published': { call: string; code: string; body: string; edition: number }
    /** A corrigendum was published. */
    'calls.corrected': { call: string; code: string; number: number }
    /** A corrigendum moved the deadline to a later instant (ISO 8601); `calls.corrected` comes besides. */
    'calls.deadline-extended': { call: string; code: string; number: number; from: string; to: string }
  }
}
