import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { RequestShown } from '../../members/show-members.server.ts'
import { dayOf } from '../moment.ts'

/** A request to join as a page shows it. */
export type RequestLine = Pick<
  RequestShown,
  'id' | 'role' | 'name' | 'email' | 'reason' | 'deciders' | 'mayAnswer'
> & {
  on: string
  /** Whoever decides from outside says on what evidence. */
  evidence: boolean
}

export function shownRequest(request: RequestShown, caller: Caller, language: Language): RequestLine {
  const { id, role, name, email, reason, deciders, mayAnswer, askedAt } = request
  const acting = isSignedIn(caller) ? caller.acting?.role : undefined
  return {
    ...{ id, role, name, email, reason, deciders, mayAnswer },
    on: dayOf(askedAt, language),
    evidence: acting === 'officer' || acting === 'administrator'
  }
}
