import { sql } from 'kysely'
import type { ToldAsWriters } from '#server/calls'
import { personsOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import '../applications-tables.server.ts'
import { findOutlines } from '../outline.server.ts'
import { type ToPerson, organisationsIn, rolesInEach, writtenTo } from './people-of.server.ts'

/** Somebody who writes under a call, with the drafts that they write. */
export type Writer = ToPerson & { drafts: Outline[] }

/** Drafts that are looked at in one go. */
const together = 500 // not of a guide: drafts

/**
 * Who writes the drafts of a call, each once: of every participant that agreed those who may sign (else all), and
 * whoever began the draft or wrote in it and still works for one of them.
 * @param call its code
 */
export async function writersUnder(database: Database, call: string): Promise<Writer[]> {
  const writers = new Map<string, Writer>()
  const ids = await draftsUnder(database, call)
  for (let at = 0; at < ids.length; at += together) {
    for (const [draft, people] of await writersOf(database, ids.slice(at, at + together))) {
      for (const one of people) {
        const known = writers.get(one.person)
        if (known) known.drafts.push(draft)
        else writers.set(one.person, { ...one, drafts: [draft] })
      }
    }
  }
  return [...writers.values()]
}

/** The addresses of who writes under a call: asked by calls, which do not write to them a second time. */
export function toldAsWriters({ database }: { database: Database }): ToldAsWriters {
  return async (call) => new Set((await writersUnder(database, call)).map(({ email }) => email.toLowerCase()))
}

async function draftsUnder(database: Database, call: string): Promise<string[]> {
  const rows = await database
    .selectFrom('applications.application')
    .select('id')
    .where('call', '=', call)
    .where('state', '=', 'draft')
    .orderBy('started_at')
    .execute()
  return rows.map(({ id }) => id)
}

async function writersOf(database: Database, ids: readonly string[]): Promise<[Outline, ToPerson[]][]> {
  const outlines = (await findOutlines(database, ids)).filter((one) => one !== undefined)
  const roles = await rolesInEach(database, [...new Set(outlines.flatMap(organisationsIn))])
  const authors = await authorsOf(database, ids)
  const people = await personsOf(
    database,
    [...roles.values()].flat().map(({ person }) => person)
  )
  return outlines.map((outline) => {
    const told = new Set<string>()
    for (const organisation of organisationsIn(outline)) {
      const held = roles.get(organisation) ?? []
      for (const person of writtenTo(held)) told.add(person)
      for (const { person } of held) if (authors.get(outline.id)?.has(person)) told.add(person)
    }
    const there = [...told].flatMap((person): ToPerson[] => {
      const found = people.get(person)
      return found ? [{ person, email: found.email, language: found.language }] : []
    })
    return [outline, there]
  })
}

/** Who began each draft, and whose words stand in it. */
async function authorsOf(
  database: Database,
  ids: readonly string[]
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ application: string; person: string }>`
    select id as application, started_by as person from applications.application where id = any(${ids}::uuid[])
    union
    select application, changed_by from applications.answer where application = any(${ids}::uuid[])`.execute(
    database
  )
  const authors = new Map<string, Set<string>>()
  for (const { application, person } of rows)
    authors.set(application, (authors.get(application) ?? new Set()).add(person))
  return authors
}
