/**
 * What somebody may act as. `id` names the role held (people.role), so that one can switch to it and an act can
 * say in which role it was done. A person may hold several, and acts in one at a time.
 */
export type HeldRole = { id: string } & Role

export type Role =
  /** Works for an organisation: edits its record, writes its applications. */
  | { role: 'member'; organisation: string }
  /** May sign for the organisation; may do all that a member may. */
  | { role: 'representative'; organisation: string }
  /** Works for a body that carries out the programme. */
  | { role: 'officer'; body: string }
  /** Assesses applications. */
  | { role: 'expert' }
  /** Looks after this installation. */
  | { role: 'administrator' }

export type RoleName = Role['role']

export const roleNames = ['member', 'representative', 'officer', 'expert', 'administrator'] as const

/** Somebody who has not said who they are. */
export type Nobody = { person: undefined }

/** Somebody who has proved who they are. */
export type SignedIn = {
  /** people.person */
  person: string
  name: string
  /** The language in which they are written to. */
  language: string
  /** How they came: with a browser's session, or a machine with a token that the person made. */
  by: { session: string } | { token: string; scopes: readonly string[] }
  /** All roles in force now. */
  roles: readonly HeldRole[]
  /** The role they act in; undefined: as themselves only. */
  acting: HeldRole | undefined
  /** Whether this session was opened with a second factor or a passkey. */
  secondFactor: boolean
}

/** Who asks. Every action and every read that is not public is handed one. */
export type Caller = Nobody | SignedIn

export const nobody: Nobody = { person: undefined }

export function isSignedIn(caller: Caller): caller is SignedIn {
  return caller.person !== undefined
}
