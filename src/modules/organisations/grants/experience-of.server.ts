import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { programmeZone } from '#shared/texts/format.ts'
import { type Counting, type EarlierGrant, type Experience, experienceWith } from './experience.ts'
import { grantsOf } from './grants-store.server.ts'

/** What is known of an organisation's grants, and how experienced it is by them. */
export type ExperienceShown = {
  grants: EarlierGrant[]
  counting: Counting
  /** With each action of the newest edition. */
  actions: (Experience & { action: string })[]
}

/** How the guide counts who is less experienced. @throws Error when the programme does not say it */
export function countingOf({ programme }: Programmes): Counting {
  const values = programme.lifecycle.find(({ id }) => id === 'organisation-status')?.values
  const times = values?.['less-experienced-times']
  const years = values?.years
  if (typeof times !== 'number' || typeof years !== 'number')
    throw new Error('lifecycle.yaml does not say who is less experienced (organisation-status)')
  return { times, years }
}

export async function experienceOf(
  {
    database,
    programmes,
    clock
  }: { database: Database; programmes: Programmes; clock: () => Temporal.Instant },
  organisation: string
): Promise<ExperienceShown> {
  const grants = await grantsOf(database, organisation)
  const counting = countingOf(programmes)
  const year = clock().toZonedDateTimeISO(programmeZone).year
  const { actions, predecessors } = programmes.programme
  const newest = programmes.editions[0]!
  const offered = [...actions.values()].filter(({ action }) =>
    programmes.edition(newest)?.data.actions.some(({ spec }) => spec.action === action.action)
  )
  return {
    grants,
    counting,
    actions: offered.map(({ action: { action } }) => ({
      action,
      ...experienceWith(action, grants, {
        predecessors: predecessors.find((one) => one.action === action)?.of ?? [],
        counting,
        year
      })
    }))
  }
}
