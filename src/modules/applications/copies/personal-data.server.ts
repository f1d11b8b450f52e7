import type { PersonalData } from '#shared/identity/index.ts'
import '../applications-tables.server.ts'
import './copies-tables.server.ts'

/** What drafts keep about people: who began one, who filed a receipt of an official system. */
export const draftsData: Pick<PersonalData, 'keeps' | 'exports' | 'stays' | 'erases'> = {
  keeps: [
    {
      what: 'applications-editor.kept.begun',
      why: 'applications-editor.kept.begun-why',
      basis: 'contract',
      howLong: 'applications-editor.kept.begun-how-long'
    }
  ],
  exports: async (database, person) => {
    const [begun, receipts] = await Promise.all([
      database
        .selectFrom('applications.application')
        .select(['code', 'title', 'started_at'])
        .where('started_by', '=', person)
        .orderBy('started_at')
        .execute(),
      database
        .selectFrom('applications.official_receipt as r')
        .innerJoin('applications.application as a', 'a.id', 'r.application')
        .select(['a.code', 'r.name', 'r.number', 'r.filed_at'])
        .where('r.filed_by', '=', person)
        .orderBy('r.filed_at')
        .execute()
    ])
    return {
      begun: begun.map(({ code, title, started_at }) => ({ code, title, at: started_at.toString() })),
      receipts: receipts.map(({ code, name, number, filed_at }) => ({
        ...{ application: code, name, number },
        at: filed_at.toString()
      }))
    }
  },
  stays: async (database, person) => {
    const { count } = await database
      .selectFrom('applications.application')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('started_by', '=', person)
      .executeTakeFirstOrThrow()
    return Number(count) === 0
      ? []
      : [
          {
            what: 'applications-editor.kept.begun-stay',
            why: 'applications-editor.kept.begun-stay-why',
            args: { count: Number(count) }
          }
        ]
  },
  // Nothing to take away: rows hold the id of an account that is then nobody's.
  erases: () => Promise.resolve()
}
