import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import { nobodyAnyMore, staysWhereAny, withMoment } from '../personal-rows.ts'
import '../applications-tables.server.ts'
import './writing-tables.server.ts'

/** What writing together keeps about people: what they wrote in drafts, said to others, and were asked to do. */
export const writingData: Pick<PersonalData, 'keeps' | 'exports' | 'stays' | 'erases'> = {
  keeps: [
    {
      what: 'applications-writing.kept.written',
      why: 'applications-writing.kept.written-why',
      basis: 'public-task',
      howLong: 'applications-writing.kept.written-how-long'
    },
    {
      what: 'applications-writing.kept.said',
      why: 'applications-writing.kept.said-why',
      basis: 'legitimate-interest',
      howLong: 'applications-writing.kept.said-how-long'
    },
    {
      what: 'applications-writing.kept.presence',
      why: 'applications-writing.kept.presence-why',
      basis: 'legitimate-interest',
      howLong: 'applications-writing.kept.presence-how-long'
    }
  ],
  exports: async (database, person) => {
    const [versions, comments, mentions, settled, suggestions, decided, tasks, open] = await Promise.all([
      versionsBy(database, person),
      commentsBy(database, person),
      mentionsOf(database, person),
      settledBy(database, person),
      suggestionsBy(database, person),
      decidedBy(database, person),
      tasksOf(database, person),
      presenceOf(database, person)
    ])
    return {
      written: withMoment(versions, 'saved_at'),
      comments: withMoment(comments, 'written_at'),
      mentions: withMoment(mentions, 'written_at'),
      settled: withMoment(settled, 'settled_at'),
      suggestions: withMoment(suggestions, 'suggested_at'),
      decided: withMoment(decided, 'decided_at'),
      tasks: withMoment(tasks, 'given_at'),
      open: withMoment(open, 'seen_at')
    }
  },
  stays: async (database, person) => {
    const [written, said] = await Promise.all([
      versionsBy(database, person).then((rows) => rows.length),
      Promise.all([commentsBy(database, person), suggestionsBy(database, person)]).then(
        ([comments, suggestions]) => comments.length + suggestions.length
      )
    ])
    return [
      ...staysWhereAny(written, {
        what: 'applications-writing.kept.stays',
        why: 'applications-writing.kept.stays-why'
      }),
      ...staysWhereAny(said, {
        what: 'applications-writing.kept.said-stays',
        why: 'applications-writing.kept.said-stays-why'
      })
    ]
  },
  erases
}

/**
 * What was written is the consortium's work: it stays, beside a number that leads to nobody any more. What was said
 * about it stays without even that; where somebody stands now and what they were asked to do goes.
 */
async function erases(transaction: Database, person: string): Promise<void> {
  await transaction.deleteFrom('applications.presence').where('person', '=', person).execute()
  await transaction.deleteFrom('applications.task').where('person', '=', person).execute()
  for (const column of ['given_by', 'ended_by'] as const) {
    await transaction
      .updateTable('applications.task')
      .set({ [column]: nobodyAnyMore })
      .where(column, '=', person)
      .execute()
  }
  for (const column of ['written_by', 'settled_by'] as const) {
    await transaction
      .updateTable('applications.comment')
      .set({ [column]: nobodyAnyMore })
      .where(column, '=', person)
      .execute()
  }
  await transaction
    .updateTable('applications.comment')
    .set({ mentions: sql<string[]>`array_remove(mentions, ${person}::uuid)` })
    .where(sql<boolean>`${person}::uuid = any (mentions)`)
    .execute()
  for (const column of ['suggested_by', 'decided_by'] as const) {
    await transaction
      .updateTable('applications.suggestion')
      .set({ [column]: nobodyAnyMore })
      .where(column, '=', person)
      .execute()
  }
}

function versionsBy(database: Database, person: string) {
  return database
    .selectFrom('applications.answer_version as v')
    .innerJoin('applications.application as a', 'a.id', 'v.application')
    .select(['a.code', 'v.path', 'v.version', 'v.how', 'v.saved_at'])
    .where('v.saved_by', '=', person)
    .orderBy('v.saved_at')
    .execute()
}

function commentsBy(database: Database, person: string) {
  return database
    .selectFrom('applications.comment as c')
    .innerJoin('applications.application as a', 'a.id', 'c.application')
    .select(['a.code', 'c.path', 'c.text', 'c.written_at'])
    .where('c.written_by', '=', person)
    .orderBy('c.written_at')
    .execute()
}

function suggestionsBy(database: Database, person: string) {
  return database
    .selectFrom('applications.suggestion as s')
    .innerJoin('applications.application as a', 'a.id', 's.application')
    .select(['a.code', 's.path', 's.note', 's.decision', 's.suggested_at'])
    .where('s.suggested_by', '=', person)
    .orderBy('s.suggested_at')
    .execute()
}

function tasksOf(database: Database, person: string) {
  return database
    .selectFrom('applications.task as t')
    .innerJoin('applications.application as a', 'a.id', 't.application')
    .select(['a.code', 't.path', 't.note', 't.ending', 't.given_at'])
    .where((where) => where.or([where('t.person', '=', person), where('t.given_by', '=', person)]))
    .orderBy('t.given_at')
    .execute()
}

function mentionsOf(database: Database, person: string) {
  return database
    .selectFrom('applications.comment as c')
    .innerJoin('applications.application as a', 'a.id', 'c.application')
    .select(['a.code', 'c.path', 'c.written_at'])
    .where(sql<boolean>`${person}::uuid = any (c.mentions)`)
    .orderBy('c.written_at')
    .execute()
}

function presenceOf(database: Database, person: string) {
  return database
    .selectFrom('applications.presence as p')
    .innerJoin('applications.application as a', 'a.id', 'p.application')
    .select(['a.code', 'p.path', 'p.seen_at'])
    .where('p.person', '=', person)
    .orderBy('p.seen_at')
    .execute()
}

function settledBy(database: Database, person: string) {
  return database
    .selectFrom('applications.comment as c')
    .innerJoin('applications.application as a', 'a.id', 'c.application')
    .select(['a.code', 'c.path', 'c.settled_at'])
    .where('c.settled_by', '=', person)
    .orderBy('c.settled_at')
    .execute()
}

function decidedBy(database: Database, person: string) {
  return database
    .selectFrom('applications.suggestion as s')
    .innerJoin('applications.application as a', 'a.id', 's.application')
    .select(['a.code', 's.path', 's.decision', 's.decided_at'])
    .where('s.decided_by', '=', person)
    .orderBy('s.decided_at')
    .execute()
}
