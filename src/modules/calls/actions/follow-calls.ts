import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Desk } from '../at-desk.server.ts'
import { findWatched, type ToWatch } from '../watched.server.ts'
import { insertWatchOfPerson } from '../watches-store.server.ts'

export const permission: Permission = ['person']

/** Somebody with an account follows a call, or every call that fits a list. Following twice is following. */
export async function followCalls(
  app: Desk,
  caller: Caller,
  asked: ToWatch
): Promise<{ following: true } | Refused> {
  const no = refusalFor(caller, permission)
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const watched = await findWatched(app.database, asked)
  if (!watched) return refused('not-found')
  await insertWatchOfPerson(app.database, caller.person, caller.language, watched)
  return { following: true }
}
