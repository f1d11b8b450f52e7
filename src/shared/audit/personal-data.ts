import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import type { PersonalData } from '../identity/personal-data.ts'
import type { JsonObject } from './canonical-json.ts'
import { erasePayloadsAbout } from './erase.ts'

/** What the audit log knows of people: what they did, and what was done about them. */
export const personalData: PersonalData = {
  module: 'audit',
  name: 'audit.personal.name',
  keeps: [
    {
      what: 'audit.personal.what',
      why: 'audit.personal.why',
      basis: 'public-task',
      howLong: 'audit.personal.how-long'
    }
  ],
  exports: async (database, person) => ({
    entries: (await entriesOf(database, person)).map(({ about, payload, ...entry }) => ({
      ...entry,
      // What is said of others in the same breath is theirs.
      ...(about && about.every((one) => one === person) && payload ? { payload } : {})
    }))
  }),
  stays: async (database, person) => {
    const count = (await entriesOf(database, person)).length
    return count === 0
      ? []
      : [{ what: 'audit.personal.stays', why: 'audit.personal.stays-why', args: { count } }]
  },
  erases: async (transaction, person) => {
    await erasePayloadsAbout(transaction, person, { by: { person } })
  }
}

type EntryOfPerson = {
  entry: string
  act: string
  at: string
  kind: string
  subject: string
  about: string[] | null
  payload: JsonObject | null
}

// Reads the whole table for what somebody did: an index would cost every act, and this is asked once in a while.
async function entriesOf(database: Database, person: string): Promise<EntryOfPerson[]> {
  const { rows } = await sql<EntryOfPerson>`
    select id as entry, act, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
      subject_kind as kind, subject_id as subject, about, payload
    from audit.entry
    where about @> array[${person}]::uuid[] or actor->>'person' = ${person}
    order by id`.execute(database)
  return rows
}
