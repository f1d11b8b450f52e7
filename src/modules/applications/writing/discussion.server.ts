import { sql } from 'kysely'
import { idsOfRecords } from '#server/organisations'
import { personsOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { Outline } from '../application.ts'
import { type Latest, forget, latestOf, versionsAfter } from './latest.server.ts'
import { type KeptDelta, forwards, keptDelta, mergeDelta } from './merge.ts'
import { inWords } from './side-by-side.ts'
import './writing-tables.server.ts'

/** Somebody as others see them; the name is null when they were erased. */
export type Who = { person: string; name: string | null }

export type Said = { id: string; text: string; by: Who; at: string; mentions: Who[] }

/** Talk about a part of a draft. */
export type Talk = Said & {
  path: string
  quote: { text: string; from: number; to: number; version: number } | null
  answers: Said[]
  settled: { by: Who; at: string } | null
}

/** A proposed change, as it would be made to the text that stands now. */
export type Suggestion = {
  id: string
  path: string
  note: string | null
  by: Who
  at: string
  /** The version that stands now, and what the change would do to it; [] when it is there already. */
  version: number
  delta: KeptDelta
}

export type Task = {
  id: string
  path: string
  for: Who
  by: Who
  note: string | null
  at: string
}

/** What people say to each other about a draft. Suggestions and tasks that are decided or done are left out. */
export type Discussion = { talks: Talk[]; suggestions: Suggestion[]; tasks: Task[] }

/** @param path of a field or a section, to narrow it */
export async function discussionOf(
  database: Database,
  { id: application }: Outline,
  path?: string
): Promise<Discussion> {
  const [comments, suggestions, tasks] = await Promise.all([
    commentsOf(database, application, path),
    suggestionsOf(database, application, path),
    tasksOf(database, application, path)
  ])
  const named = await personsOf(database, [
    ...comments.flatMap((one) => [
      one.written_by,
      ...one.mentions,
      ...(one.settled_by ? [one.settled_by] : [])
    ]),
    ...suggestions.map((one) => one.suggested_by),
    ...tasks.flatMap((one) => [one.person, one.given_by])
  ])
  const asOfNow = changesNow(database, application)
  const who = (person: string): Who => ({ person, name: named.get(person)?.name ?? null })
  const said = (one: (typeof comments)[number]): Said => ({
    id: one.id,
    text: one.text,
    by: who(one.written_by),
    at: one.written_at.toString(),
    mentions: one.mentions.map(who)
  })
  return {
    talks: comments
      .filter(({ answers }) => answers === null)
      .map((one) => ({
        ...said(one),
        path: one.path,
        quote:
          one.quote === null
            ? null
            : { text: one.quote, from: one.quote_from!, to: one.quote_to!, version: one.quote_version! },
        answers: comments.filter(({ answers }) => answers === one.id).map(said),
        settled: one.settled_by ? { by: who(one.settled_by), at: one.settled_at!.toString() } : null
      })),
    suggestions: await Promise.all(
      suggestions.map(async (one) => ({
        id: one.id,
        path: one.path,
        note: one.note,
        by: who(one.suggested_by),
        at: one.suggested_at.toString(),
        ...(await asOfNow(one.path, one.base, one.delta as KeptDelta))
      }))
    ),
    tasks: tasks.map((one) => ({
      id: one.id,
      path: one.path,
      for: who(one.person),
      by: who(one.given_by),
      note: one.note,
      at: one.given_at.toString()
    }))
  }
}

/** Changes of earlier versions as they would be made now. Each field is read once, whatever is proposed about it. */
function changesNow(database: Database, application: string) {
  const read = new Map<string, Promise<Latest>>()
  const since = new Map<string, Promise<KeptDelta[]>>()
  const latestAt = (path: string) => {
    forget(database, { application, path })
    return latestOf(database, { application, path })
  }
  return async (path: string, base: number, delta: KeptDelta) => {
    const latest = await once(read, path, () => latestAt(path))
    const theirs = await once(since, `${path} ${base}`, async () => {
      const later = await versionsAfter(database, { application, path }, latest, base)
      return later.map((one) => one.delta ?? [])
    })
    const text = latest.text ?? ''
    const now = mergeDelta(text, theirs, forwards(delta))?.delta ?? []
    return { version: latest.version, delta: keptDelta(text, inWords(text, now)) }
  }
}

function once<Value>(known: Map<string, Promise<Value>>, key: string, work: () => Promise<Value>) {
  const found = known.get(key) ?? work()
  known.set(key, found)
  return found
}

function commentsOf(database: Database, application: string, path?: string) {
  return database
    .selectFrom('applications.comment')
    .selectAll()
    .where('application', '=', application)
    .$if(path !== undefined, (query) => query.where('path', '=', path!))
    .orderBy('written_at')
    .execute()
}

function suggestionsOf(database: Database, application: string, path?: string) {
  return database
    .selectFrom('applications.suggestion')
    .select(['id', 'path', 'base', 'delta', 'note', 'suggested_by', 'suggested_at'])
    .where('application', '=', application)
    .where('decision', 'is', null)
    .$if(path !== undefined, (query) => query.where('path', '=', path!))
    .orderBy('suggested_at')
    .execute()
}

function tasksOf(database: Database, application: string, path?: string) {
  return database
    .selectFrom('applications.task')
    .select(['id', 'path', 'person', 'given_by', 'note', 'given_at'])
    .where('application', '=', application)
    .where('ended_at', 'is', null)
    .$if(path !== undefined, (query) => query.where('path', '=', path!))
    .orderBy('given_at')
    .execute()
}

/** What waits for somebody in a draft: a part that they were asked to write, or words that name them. */
export type Waiting = {
  kind: 'task' | 'mention'
  /** Of the task, or of the comment. */
  id: string
  application: string
  title: string
  path: string
  by: string | null
  at: string
}

/**
 * What waits for somebody in all drafts, the oldest first. A talk in which they answered waits no more, nor does
 * anything in a draft that none of their organisations takes part in any more.
 * @param organisations that they work for
 */
export async function waitingFor(
  database: Database,
  person: string,
  organisations: readonly string[]
): Promise<Waiting[]> {
  const records = [...(await idsOfRecords(database, organisations)).values()].flat()
  const tasks = database
    .selectFrom('applications.task as t')
    .select(['t.id', 't.application', 't.path', 't.given_by as by', 't.given_at as at'])
    .select(sql.lit<Waiting['kind']>('task').as('kind'))
    .where('t.person', '=', person)
    .where('t.ended_at', 'is', null)
  const mentions = database
    .selectFrom('applications.comment as c')
    .leftJoin('applications.comment as first', 'first.id', 'c.answers')
    .select(['c.id', 'c.application', 'c.path', 'c.written_by as by', 'c.written_at as at'])
    .select(sql.lit<Waiting['kind']>('mention').as('kind'))
    .where(sql<boolean>`c.mentions @> array[${person}]::uuid[]`)
    .where('c.written_by', '<>', person)
    .where(sql<boolean>`coalesce(first.settled_at, c.settled_at) is null`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('applications.comment as own')
            .select('own.id')
            .where(sql<boolean>`own.answers = coalesce(c.answers, c.id)`)
            .whereRef('own.application', '=', 'c.application')
            .where('own.written_by', '=', person)
            .whereRef('own.written_at', '>', 'c.written_at')
        )
      )
    )
  const rows = await database
    .selectFrom(tasks.unionAll(mentions).as('w'))
    .innerJoin('applications.application as a', 'a.id', 'w.application')
    .select(['w.kind', 'w.id', 'a.code', 'a.title', 'w.path', 'w.by', 'w.at'])
    .where('a.state', '=', 'draft')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('applications.participant as p')
          .select('p.id')
          .whereRef('p.application', '=', 'a.id')
          .where(sql<boolean>`p.organisation = any(${records}::uuid[])`)
          .where('p.state', '=', 'accepted')
          .where('p.ended_at', 'is', null)
      )
    )
    .orderBy('w.at')
    .limit(mostWaiting)
    .execute()
  const people = await personsOf(
    database,
    rows.map(({ by }) => by)
  )
  return rows.map(({ code, by, at, ...row }) => ({
    ...row,
    application: code,
    by: people.get(by)?.name ?? null,
    at: at.toString()
  }))
}

const mostWaiting = 200 // not of a guide
