import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
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
    changes: (await changesBy(database, person)).map(({ saved_at, ...row }) => ({
      ...row,
      at: saved_at.toString()
    }))
  }),
  stays: async (database, person) => {
    const count = (await changesBy(database, person)).length
    return count === 0
      ? []
      : [
          {
            what: 'applications-budget.kept.lines-stay',
            why: 'applications-budget.kept.lines-stay-why',
            args: { count }
          }
        ]
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
