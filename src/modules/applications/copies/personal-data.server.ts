import type { PersonalData } from '#shared/identity/index.ts'
import { staysWhereAny, withMoment } from '../personal-rows.ts'
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
        .select(['a.code as application', 'r.name', 'r.number', 'r.filed_at'])
        .where('r.filed_by', '=', person)
        .orderBy('r.filed_at')
        .execute()
    ])
    return { begun: withMoment(begun, 'started_at'), receipts: withMoment(receipts, 'filed_at') }
  },
  stays: async (database, person) => {
    const { count } = await database
      .selectFrom('applications.application')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('started_by', '=', person)
      .executeTakeFirstOrThrow()
    return staysWhereAny(Number(count), {
      what: 'applications-editor.kept.begun-stay',
      why: 'applications-editor.kept.begun-stay-why'
    })
  },
  // Nothing to take away: rows hold the id of an account that is then nobody's.
  erases: () => Promise.resolve()
}
