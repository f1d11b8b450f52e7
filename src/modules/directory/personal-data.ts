import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import './directory-tables.server.ts'

/** What this module keeps about people: that they worked for a body, stood in for somebody, asked and advised. */
export const personalData: PersonalData = {
  module: 'directory',
  name: 'directory.kept.name',
  keeps: [
    {
      what: 'directory.kept.posts',
      why: 'directory.kept.posts-why',
      basis: 'public-task',
      howLong: 'directory.kept.posts-how-long'
    },
    {
      what: 'directory.kept.advice',
      why: 'directory.kept.advice-why',
      basis: 'public-task',
      howLong: 'directory.kept.advice-how-long'
    },
    {
      what: 'directory.kept.questions',
      why: 'directory.kept.questions-why',
      basis: 'public-task',
      howLong: 'directory.kept.questions-how-long'
    },
    {
      what: 'directory.kept.invitations',
      why: 'directory.kept.invitations-why',
      basis: 'public-task',
      howLong: 'directory.kept.invitations-how-long'
    }
  ],
  exports: exportOf,
  stays: async (database, person) => {
    const given = await adviceGivenBy(database, person)
    return given.length === 0
      ? []
      : [
          {
            what: 'directory.kept.advice-stays',
            why: 'directory.kept.advice-stays-why',
            args: { count: given.length }
          }
        ]
  },
  erases: erase
}

async function exportOf(database: Database, person: string) {
  const posts = await database
    .selectFrom('directory.post')
    .select(['body', 'unit', 'from_at', 'until_at'])
    .where('person', '=', person)
    .orderBy('from_at')
    .execute()
  const substitutions = await database
    .selectFrom('directory.substitution')
    .select(['body', 'officer', 'from_at', 'until_at', 'reason'])
    .where((where) => where.or([where('officer', '=', person), where('substitute', '=', person)]))
    .orderBy('from_at')
    .execute()
  const questions = await database
    .selectFrom('directory.advice_request')
    .select(['organisation', 'asked_at', 'question'])
    .where('asked_by', '=', person)
    .orderBy('asked_at')
    .execute()
  return {
    posts: posts.map(({ body, unit, from_at, until_at }) => ({
      body,
      headOfBody: unit === null,
      from: from_at.toString(),
      until: until_at?.toString() ?? null
    })),
    substitutions: substitutions.map(({ body, officer, from_at, until_at, reason }) => ({
      body,
      as: officer === person ? 'officer' : 'substitute',
      from: from_at.toString(),
      until: until_at.toString(),
      // Why somebody was away is theirs alone.
      ...(officer === person && { reason })
    })),
    questions: questions.map(({ organisation, asked_at, question }) => ({
      organisation,
      askedAt: asked_at.toString(),
      question
    })),
    adviceGiven: await adviceGivenBy(database, person)
  }
}

async function adviceGivenBy(database: Database, person: string) {
  const rows = await database
    .selectFrom('directory.advice')
    .select(['body', 'organisation', 'advised_on', 'how', 'topic', 'notes', 'answer'])
    .where('advisor', '=', person)
    .orderBy('advised_on')
    .execute()
  return rows.map(({ advised_on, ...row }) => ({ ...row, on: advised_on.toString() }))
}

/**
 * That somebody advised stays under their id, which no longer leads to a name: an application may still be decided,
 * and it must be seen by whom it was not. Questions stay with the organisation, without who asked.
 */
async function erase(transaction: Database, person: string): Promise<void> {
  await transaction
    .updateTable('directory.advice_request')
    .set({ asked_by: null })
    .where('asked_by', '=', person)
    .execute()
  await transaction
    .updateTable('directory.substitution')
    .set({ reason: null })
    .where((where) => where.or([where('officer', '=', person), where('substitute', '=', person)]))
    .execute()
  await transaction.deleteFrom('directory.post').where('person', '=', person).execute()
  await transaction
    .updateTable('directory.waiting')
    .set({ taken_by: null, taken_at: null })
    .where('taken_by', '=', person)
    .where('settled_at', 'is', null)
    .execute()
  await transaction
    .deleteFrom('directory.invitation')
    .where((where) => where.or([where('accepted_by', '=', person), where('invited_by', '=', person)]))
    .execute()
}
