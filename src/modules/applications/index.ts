/** The door for everybody, safe in a browser. */
export type {
  Answer,
  ApplicationState,
  Outline,
  Participant,
  ParticipantRole,
  ParticipantState
} from './application.ts'
export type { Save, Saved } from './writing/wire.ts'
