import type { Selectable } from 'kysely'
import { organisationNames } from '#server/organisations'
import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow } from '#shared/forms/refused.ts'
import { type Advice, type Bar, type UnderDecision, mayNotDecide } from './advice.ts'
import type { AdviceTable } from './directory-tables.server.ts'

/** All advice that persons gave and that was not struck. For modules that let somebody assess or decide. */
export async function adviceBy(database: Database, persons: readonly string[]): Promise<Advice[]> {
  if (persons.length === 0) return []
  const rows = await database
    .selectFrom('directory.advice')
    .selectAll()
    .where('advisor', 'in', [...persons])
    .where('struck_at', 'is', null)
    .orderBy('advised_on')
    .orderBy('id')
    .execute()
  return rows.map(toAdvice)
}

/** Which of some persons may neither assess nor decide, by person, and why. */
export async function barredByAdvice(
  database: Database,
  persons: readonly string[],
  application: UnderDecision
): Promise<Map<string, Bar>> {
  const advice = await adviceBy(database, persons)
  if (advice.length === 0) return new Map()
  // An organisation may have been merged into another since it was advised, or since it applied.
  const mentioned = [...application.organisations, ...advice.map(({ organisation }) => organisation)]
  const records = await organisationNames(database, mentioned, 'lv')
  const recordOf = (organisation: string) => records.get(organisation)?.code ?? organisation
  const asked = { ...application, organisations: application.organisations.map(recordOf) }
  const given = advice.map((one) => ({ ...one, organisation: recordOf(one.organisation) }))
  return new Map(
    persons.flatMap((person): [string, Bar][] => {
      const bar = mayNotDecide(person, asked, given)
      const found = bar && advice.find(({ id }) => id === bar.advice.id)
      return found ? [[person, { because: 'advised', advice: found }]] : []
    })
  )
}

/** Refuses somebody who advised an applicant, in their words; undefined when no advice stands in the way. */
export async function refusalOfAdvisor(
  database: Database,
  person: string,
  application: UnderDecision
): Promise<Refused | undefined> {
  const bar = (await barredByAdvice(database, [person], application)).get(person)
  return bar && notNow('directory.advice.barred', { day: bar.advice.on })
}

export function toAdvice(row: Selectable<AdviceTable>): Advice {
  return {
    id: row.id,
    body: row.body,
    unit: row.unit,
    organisation: row.organisation,
    advisor: row.advisor,
    on: row.advised_on.toString(),
    how: row.how,
    action: row.action,
    edition: row.edition,
    call: row.call,
    topic: row.topic
  }
}
