import type { Database } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import type { To } from '../consortium/letters.server.ts'
import { peopleOf } from '../consortium/people-of.server.ts'
import { findOutline } from '../outline.server.ts'
import { writeChange, writeReceipt } from './letters.server.ts'
import { submissionsOf } from './submissions-store.server.ts'

type Holding = { database: Database }

/** Sends the receipt to whoever represents a participant, each once. */
export async function tellOfSubmission(
  { database }: Holding,
  application: string,
  id: string
): Promise<void> {
  const found = await whatHappened(database, application, id)
  if (found) await writeReceipt(database, found.to, found)
}

/** Tells them that it was withdrawn, or taken back. */
export async function tellOfChange(
  { database }: Holding,
  { application, submission }: { application: string; submission: string },
  what: 'withdrawn' | 'taken-back'
): Promise<void> {
  const found = await whatHappened(database, application, submission)
  if (found) await writeChange(database, found.to, { ...found, what })
}

async function whatHappened(database: Database, application: string, id: string) {
  const outline = await findOutline(database, application)
  const submission = (await submissionsOf(database, application)).find((one) => one.id === id)
  if (!outline || !submission) return undefined
  return { outline, submission, to: await everybodyIn(database, outline) }
}

async function everybodyIn(database: Database, { participants }: Outline): Promise<To[]> {
  const organisations = participants.flatMap(({ organisation, state }) =>
    state === 'accepted' && organisation ? [organisation] : []
  )
  const people = (await Promise.all(organisations.map((one) => peopleOf(database, one)))).flat()
  return [...new Map(people.map((one) => [one.person, one])).values()]
}
