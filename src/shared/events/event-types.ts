/**
 * Every event and its facts. A module declares its own beside the action that announces them; facts are ids and
 * small values, never what somebody wrote or who they are:
 *
 *     declare module '#shared/events/event-types.ts' {
 *       interface EventTypes { 'organisations.registered': { organisation: string } }
 *     }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the modules
export interface EventTypes {}

/** The name of an event: module.what-happened. */
export type EventName = keyof EventTypes & string
