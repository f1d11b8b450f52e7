import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import type { Database } from '#shared/database/index.ts'
import { accessOf, ofTheConsortium } from '../access.ts'
import { openedHub } from '../writing/hub.server.ts'
import { rememberedOutline } from '../writing/outlines.server.ts'
import { type Standing, leave, stand } from '../writing/presence.server.ts'

export const permission = ofTheConsortium

/** Says that somebody has an application open, and where their cursor stands; said no more, it is over in 15 seconds. */
export async function standInApplication(
  app: { database: Database },
  caller: Caller,
  application: string,
  { gone, ...standing }: Standing & { gone?: boolean | undefined }
): Promise<{ here: boolean } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const { database } = app
  let outline = await rememberedOutline(database, application)
  let access = outline ? accessOf(outline, caller) : refused('not-found')
  if (outline && isRefused(access)) {
    // What was remembered may be stale: nobody is refused by it.
    outline = await rememberedOutline(database, application, 'anew')
    access = outline ? accessOf(outline, caller) : refused('not-found')
  }
  if (!outline || isRefused(access)) return isRefused(access) ? access : refused('not-found')
  if (gone) await leave(database, outline.id, caller.person, standing.view)
  else await stand(database, outline.id, caller.person, standing)
  openedHub(database)?.nudge()
  return { here: !gone }
}
