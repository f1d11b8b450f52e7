import type { PersonalData } from '#shared/identity/index.ts'
import { budgetData } from './budget/personal-data.server.ts'
import { consortiumData } from './consortium/personal-data.server.ts'
import { submissionData } from './submission/personal-data.server.ts'
import { draftsData } from './copies/personal-data.server.ts'
import { writingData } from './writing/personal-data.server.ts'

/** What each area of the module keeps about people, in the order in which it is erased. */
const areas = {
  drafts: draftsData,
  writing: writingData,
  budget: budgetData,
  submission: submissionData,
  consortium: consortiumData
} satisfies Record<string, Pick<PersonalData, 'keeps' | 'exports' | 'stays' | 'erases'>>

/** What this module keeps about people: one file an area says what, exports and erases. */
export const personalData: PersonalData = {
  module: 'applications',
  name: 'applications.kept.name',
  keeps: Object.values(areas).flatMap(({ keeps }) => keeps),
  exports: async (database, person) => {
    const parts = Object.entries(areas).map(
      async ([area, { exports }]) => [area, await exports(database, person)] as const
    )
    return Object.fromEntries(await Promise.all(parts))
  },
  stays: async (database, person) => {
    const parts = Object.values(areas).map(({ stays }) => stays(database, person))
    return (await Promise.all(parts)).flat()
  },
  erases: async (transaction, person) => {
    for (const { erases } of Object.values(areas)) await erases(transaction, person)
  }
}
