import type { ApplicationForm } from '#modules/programmes'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Access } from '../access.ts'
import { type Outline, coordinatorOf } from '../application.ts'
import { carriedPaths } from '../form/carry-over.ts'
import { keptForm } from '../form/kept-forms.server.ts'
import { formOfDraft } from '../form-of-draft.server.ts'
import { findOutline } from '../outline.server.ts'
import { readPath, writePath } from '../path.ts'
import type { Remark, RemarksOn } from './remarks.ts'

type Holding = { database: Database; programmes: Programmes }

/**
 * What assessors remarked on the application that this one was begun again from, by the paths of this one. Only
 * organisations that took part in the earlier one read it; none where this one was begun afresh.
 */
export async function remarksOnEarlier(
  app: Holding & { remarksOn: RemarksOn },
  { outline, access }: { outline: Outline; access: Access }
): Promise<ReadonlyMap<string, readonly Remark[]>> {
  const earlier = await earlierOf(app.database, outline)
  if (!earlier || !tookPart(earlier, access)) return new Map()
  const remarks = await app.remarksOn(earlier.id)
  if (remarks.size === 0) return remarks
  const { organisation } = coordinatorOf(outline)
  const own = earlier.participants.find((one) => one.organisation === organisation)?.id
  const carried = carriedPaths(await formOfEarlier(app, earlier), await formOfDraft(app, outline))
  return new Map(
    [...remarks].flatMap(([path, of]) => {
      const at = readPath(carried(path) ?? '')
      // What partners wrote of themselves stayed with them, and so does what was remarked on it.
      if (!at || (at.participant !== undefined && at.participant !== own)) return []
      const here = at.participant === undefined ? at : { ...at, participant: coordinatorOf(outline).id }
      return [[writePath(here), of] as const]
    })
  )
}

/** The form that an earlier application was written in; where that was not kept, the one of its terms. */
export async function formOfEarlier(app: Holding, earlier: Outline): Promise<ApplicationForm> {
  const kept = await keptForm(app.database, { ...earlier, version: earlier.formVersion })
  return kept ?? formOfDraft(app, earlier)
}

async function earlierOf(database: Database, { id }: Outline): Promise<Outline | undefined> {
  const row = await database
    .selectFrom('applications.application')
    .select('cloned_from')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.cloned_from ? findOutline(database, row.cloned_from) : undefined
}

function tookPart(earlier: Outline, { participant: { organisation, state } }: Access): boolean {
  return (
    state === 'accepted' &&
    earlier.participants.some((one) => one.organisation === organisation && one.state === 'accepted')
  )
}
