import type { Database } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import { type ToPerson, organisationsIn, peopleOfAll } from '../consortium/people-of.server.ts'
import { findOutline } from '../outline.server.ts'
import { writeChange } from './letters.server.ts'
import { submissionsOf } from './submissions-store.server.ts'

type Holding = { database: Database }

/** Tells whoever represents a participant that it was withdrawn, or taken back. */
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

async function everybodyIn(database: Database, outline: Outline): Promise<ToPerson[]> {
  return everybodyOf(outline, await peopleOfAll(database, organisationsIn(outline)))
}

/** Whoever represents a participant, each once. @param people by organisation */
export function everybodyOf(outline: Outline, people: ReadonlyMap<string, readonly ToPerson[]>): ToPerson[] {
  const all = organisationsIn(outline).flatMap((one) => people.get(one) ?? [])
  return [...new Map(all.map((one) => [one.person, one])).values()]
}
