import { sql } from 'kysely'
import { personsOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import './calls-tables.server.ts'

/** What this module keeps about people: what they follow, and what officers did to calls. */
export const personalData: PersonalData = {
  module: 'calls',
  name: 'calls.kept.name',
  keeps: [
    {
      what: 'calls.kept.watches',
      why: 'calls.kept.watches-why',
      basis: 'contract',
      howLong: 'calls.kept.watches-how-long'
    },
    {
      what: 'calls.kept.addresses',
      why: 'calls.kept.addresses-why',
      basis: 'consent',
      howLong: 'calls.kept.addresses-how-long'
    },
    {
      what: 'calls.kept.steps',
      why: 'calls.kept.steps-why',
      basis: 'public-task',
      howLong: 'calls.kept.steps-how-long'
    }
  ],
  exports: async (database, person) => {
    const [watches, steps, revisions, plans] = await Promise.all([
      watchesOf(database, person),
      database
        .selectFrom('calls.step as s')
        .innerJoin('calls.call as c', 'c.id', 's.call')
        .select(['c.code', 's.step', 's.revision', 's.taken_at', 's.remarks'])
        .where('s.taken_by', '=', person)
        .orderBy('s.id')
        .execute(),
      database
        .selectFrom('calls.revision as r')
        .innerJoin('calls.call as c', 'c.id', 'r.call')
        .select(['c.code', 'r.number', 'r.saved_at'])
        .where('r.saved_by', '=', person)
        .orderBy('r.saved_at')
        .execute(),
      database
        .selectFrom('calls.year_revision')
        .select(['edition', 'number', 'saved_at'])
        .where('saved_by', '=', person)
        .orderBy('saved_at')
        .execute()
    ])
    return {
      follows: watches.map(({ code, filter, asked_at, confirmed_at }) => ({
        call: code,
        list: filter,
        asked: asked_at.toString(),
        confirmed: confirmed_at?.toString() ?? null
      })),
      steps: steps.map(({ code, step, revision, taken_at, remarks }) => ({
        call: code,
        step,
        revision,
        at: taken_at.toString(),
        remarks
      })),
      saved: revisions.map(({ code, number, saved_at }) => ({
        call: code,
        revision: number,
        at: saved_at.toString()
      })),
      plannedYears: plans.map(({ edition, number, saved_at }) => ({
        edition,
        revision: number,
        at: saved_at.toString()
      }))
    }
  },
  stays: async (database, person) => {
    const { count } = await database
      .selectFrom('calls.step')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('taken_by', '=', person)
      .executeTakeFirstOrThrow()
    return Number(count) === 0
      ? []
      : [{ what: 'calls.kept.steps-stay', why: 'calls.kept.steps-stay-why', args: { count: Number(count) } }]
  },
  erases: async (transaction, person) => {
    const address = await addressOf(transaction, person)
    await transaction
      .deleteFrom('calls.watch')
      .where((where) =>
        where.or([
          where('person', '=', person),
          ...(address ? [sql<boolean>`lower(email) = lower(${address})`] : [])
        ])
      )
      .execute()
  }
}

/** What somebody follows, with their account and with the address of it. */
async function watchesOf(database: Database, person: string) {
  const address = await addressOf(database, person)
  return database
    .selectFrom('calls.watch as w')
    .leftJoin('calls.call as c', 'c.id', 'w.call')
    .select(['c.code', 'w.filter', 'w.asked_at', 'w.confirmed_at'])
    .where((where) =>
      where.or([
        where('w.person', '=', person),
        ...(address ? [sql<boolean>`lower(w.email) = lower(${address})`] : [])
      ])
    )
    .orderBy('w.asked_at')
    .execute()
}

async function addressOf(database: Database, person: string): Promise<string | undefined> {
  return (await personsOf(database, [person])).get(person)?.email
}
