import { sql } from 'kysely'
import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import { nobodyAnyMore, staysWhereAny, withMoment } from '../personal-rows.ts'
import type { SealedDeclaration } from './manifest.ts'
import './submission-tables.server.ts'

/** What handing in keeps about people: who handed in what, and what they tried in vain. */
export const submissionData: Pick<PersonalData, 'keeps' | 'exports' | 'stays' | 'erases'> = {
  keeps: [
    {
      what: 'applications-submission.kept.submissions',
      why: 'applications-submission.kept.submissions-why',
      basis: 'law',
      howLong: 'applications-submission.kept.submissions-how-long'
    },
    {
      what: 'applications-submission.kept.attempts',
      why: 'applications-submission.kept.attempts-why',
      basis: 'public-task',
      howLong: 'applications-submission.kept.attempts-how-long'
    }
  ],
  exports: async (database, person) => {
    const [submitted, changed, tried] = await Promise.all([
      database
        .selectFrom('applications.submission as s')
        .innerJoin('applications.application as a', 'a.id', 's.application')
        .leftJoin('applications.submitted_content as c', 'c.submission', 's.id')
        .select(['a.code', 's.number', 's.state', 's.received_at'])
        // The declaration as it was frozen: what was agreed to, under which name.
        .select(sql<SealedDeclaration | null>`c.frame -> 'declaration'`.as('declaration'))
        .where('s.submitted_by', '=', person)
        .orderBy('s.received_at')
        .execute(),
      database
        .selectFrom('applications.submission as s')
        .innerJoin('applications.application as a', 'a.id', 's.application')
        .select(['a.code as application', 's.number', 's.state', 's.changed_at'])
        .where('s.changed_by', '=', person)
        .orderBy('s.changed_at')
        .execute(),
      database
        .selectFrom('applications.attempt as t')
        .innerJoin('applications.application as a', 'a.id', 't.application')
        .select(['a.code as application', 't.what', 't.known_by as knownBy', 't.outcome', 't.why', 't.at'])
        .where('t.made_by', '=', person)
        .orderBy('t.at')
        .execute()
    ])
    return {
      submitted: submitted.map(({ code, number, state, received_at, declaration }) => ({
        ...{ application: code, number, state, received: received_at.toString() },
        declared: declaration && {
          as: declaration.by,
          for: declaration.organisation,
          says: [...declaration.text]
        }
      })),
      changed: withMoment(changed, 'changed_at'),
      tried: withMoment(tried, 'at')
    }
  },
  stays: async (database, person) => {
    return staysWhereAny(await submittedBy(database, person), {
      what: 'applications-submission.kept.submissions-stay',
      why: 'applications-submission.kept.submissions-stay-why'
    })
  },
  // What was handed in is evidence, with the name in its declaration: the hash and the receipt stand on it. What was
  // told about attempts in vain, in free words, goes.
  erases: async (transaction, person) => {
    await transaction
      .deleteFrom('applications.attempt')
      .where('made_by', '=', person)
      .where('known_by', '=', 'claim')
      .execute()
    // What this system saw may still move a deadline for the others of the consortium.
    await transaction
      .updateTable('applications.attempt')
      .set({ made_by: nobodyAnyMore })
      .where('made_by', '=', person)
      .execute()
  }
}

async function submittedBy(database: Database, person: string): Promise<number> {
  const { count } = await database
    .selectFrom('applications.submission')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('submitted_by', '=', person)
    .executeTakeFirstOrThrow()
  return Number(count)
}
