import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
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
    const [versions, comments, suggestions, tasks] = await Promise.all([
      versionsBy(database, person),
      commentsBy(database, person),
      suggestionsBy(database, person),
      tasksOf(database, person)
    ])
    return {
      written: versions.map(({ saved_at, ...row }) => ({ ...row, at: saved_at.toString() })),
      comments: comments.map(({ written_at, ...row }) => ({ ...row, at: written_at.toString() })),
      suggestions: suggestions.map(({ suggested_at, ...row }) => ({ ...row, at: suggested_at.toString() })),
      tasks: tasks.map(({ given_at, ...row }) => ({ ...row, at: given_at.toString() }))
    }
  },
  stays: async (database, person) => {
    const count = (await versionsBy(database, person)).length + (await commentsBy(database, person)).length
    return count === 0
      ? []
      : [
          {
            what: 'applications-writing.kept.stays',
            why: 'applications-writing.kept.stays-why',
            args: { count }
          }
        ]
  },
  erases: async (transaction, person) => {
    // What was written is the application's. It names a number that leads to nobody any more.
    await transaction.deleteFrom('applications.presence').where('person', '=', person).execute()
    await transaction
      .deleteFrom('applications.task')
      .where('person', '=', person)
      .where('ended_at', 'is', null)
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
