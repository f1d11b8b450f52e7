import type {} from '#shared/events/event-types.ts'

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    /** The drafts of a call are written under the terms of a corrigendum from now on. */
    'applications.corrigendum-followed': { call: string; code: string; number: number }
  }
}
