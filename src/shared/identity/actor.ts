import type { Actor } from '../audit/index.ts'
import type { SignedIn } from './caller.ts'

/** The caller as the audit log names them: the person, and in which role and by which token they acted. */
export function actorOf(caller: SignedIn): Actor {
  return {
    person: caller.person,
    ...(caller.acting ? { role: caller.acting.id } : {}),
    ...('token' in caller.by ? { token: caller.by.token } : {})
  }
}
