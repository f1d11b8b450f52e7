import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import { staysWhereAny, withMoment } from '../personal-rows.ts'
import '../applications-tables.server.ts'
import './budget-tables.server.ts'

/** What a budget keeps about people: who planned and changed which line. */
export const budgetData: Pick<PersonalData, 'keeps' | 'exports' | 'stays' | 'erases'> = {
  keeps: [
    {
      what: 'applications-budget.kept.lines',
      why: 'applications-budget.kept.lines-why',
      basis: 'public-task',
      howLong: 'applications-budget.kept.lines-how-long'
    }
  ],
  exports: async (database, person) => ({
    changes: withMoment(await changesBy(database, person), 'saved_at')
  }),
  stays: async (database, person) => {
    return staysWhereAny((await changesBy(database, person)).length, {
      what: 'applications-budget.kept.lines-stay',
      why: 'applications-budget.kept.lines-stay-why'
    })
  },
  // What was planned is the consortium's. It names a number that leads to nobody any more.
  erases: () => Promise.resolve()
}

function changesBy(database: Database, person: string) {
  return database
    .selectFrom('applications.budget_change as c')
    .innerJoin('applications.application as a', 'a.id', 'c.application')
    .select(['a.code as application', 'c.line', 'c.version', 'c.how', 'c.saved_at'])
    .where('c.saved_by', '=', person)
    .orderBy('c.saved_at')
    .execute()
}
