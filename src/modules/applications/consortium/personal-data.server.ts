import { personOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import { staysWhereAny, withMoment } from '../personal-rows.ts'
import '../applications-tables.server.ts'
import './consortium-tables.server.ts'

/** What a consortium keeps about people: who asked whom at which address, gave, brought or confirmed a mandate. */
export const consortiumData: Pick<PersonalData, 'keeps' | 'exports' | 'stays' | 'erases'> = {
  keeps: [
    {
      what: 'applications-consortium.kept.addresses',
      why: 'applications-consortium.kept.addresses-why',
      basis: 'legitimate-interest',
      howLong: 'applications-consortium.kept.addresses-how-long'
    },
    {
      what: 'applications-consortium.kept.mandates',
      why: 'applications-consortium.kept.mandates-why',
      basis: 'public-task',
      howLong: 'applications-consortium.kept.mandates-how-long'
    },
    {
      what: 'applications-consortium.kept.partners',
      why: 'applications-consortium.kept.partners-why',
      basis: 'legitimate-interest',
      howLong: 'applications-consortium.kept.partners-how-long'
    },
    {
      what: 'applications-consortium.kept.looked',
      why: 'applications-consortium.kept.looked-why',
      basis: 'public-task',
      howLong: 'applications-consortium.kept.looked-how-long'
    }
  ],
  exports: exportOf,
  stays: async (database, person) => {
    const [given, looked] = await Promise.all([mandatesBy(database, person), lookedAtBy(database, person)])
    return [
      ...staysWhereAny(given.length, {
        what: 'applications-consortium.kept.mandates-stay',
        why: 'applications-consortium.kept.mandates-stay-why'
      }),
      ...staysWhereAny(looked.length, {
        what: 'applications-consortium.kept.looked-stay',
        why: 'applications-consortium.kept.looked-stay-why'
      })
    ]
  },
  erases: erase
}

async function exportOf(database: Database, person: string) {
  const email = (await personOf(database, person))?.email.toLowerCase() ?? ''
  const invitations = await database
    .selectFrom('applications.invitation')
    .select(['participant', 'email', 'language', 'invited_by', 'invited_at', 'answer'])
    .where((where) =>
      where.or([where('invited_by', '=', person), where(where.fn('lower', ['email']), '=', email)])
    )
    .orderBy('invited_at')
    .execute()
  return {
    invitations: invitations.map(({ invited_by, invited_at, ...row }) => ({
      ...row,
      as: invited_by === person ? 'inviter' : 'invited',
      at: invited_at.toString()
    })),
    mandates: await mandatesBy(database, person),
    partners: await partnersAddedBy(database, person),
    described: await describedBy(database, person),
    brought: await broughtBy(database, person),
    lookedAt: await lookedAtBy(database, person)
  }
}

async function partnersAddedBy(database: Database, person: string) {
  const rows = await database
    .selectFrom('applications.participant as p')
    .innerJoin('applications.application as a', 'a.id', 'p.application')
    .select(['a.code as application', 'p.name', 'p.added_at'])
    .where('p.added_by', '=', person)
    .orderBy('p.added_at')
    .execute()
  return withMoment(rows, 'added_at')
}

async function describedBy(database: Database, person: string) {
  const rows = await database
    .selectFrom('applications.participant_detail as d')
    .innerJoin('applications.participant as p', 'p.id', 'd.participant')
    .select(['p.name', 'd.tasks', 'd.reason', 'd.changed_at'])
    .where('d.changed_by', '=', person)
    .orderBy('d.changed_at')
    .execute()
  return withMoment(rows, 'changed_at')
}

async function broughtBy(database: Database, person: string) {
  const rows = await database
    .selectFrom('applications.mandate')
    .select(['participant', 'given_at'])
    .where('sent_by', '=', person)
    .orderBy('given_at')
    .execute()
  return withMoment(rows, 'given_at')
}

async function lookedAtBy(database: Database, person: string) {
  const rows = await database
    .selectFrom('applications.mandate')
    .select(['participant', 'verdict', 'remarks', 'confirmed_at'])
    .where('confirmed_by', '=', person)
    .orderBy('confirmed_at')
    .execute()
  return withMoment(rows, 'confirmed_at')
}

async function mandatesBy(database: Database, person: string) {
  const rows = await database
    .selectFrom('applications.mandate')
    .select(['participant', 'way', 'signatory', 'position', 'given_at', 'text'])
    .where('given_by', '=', person)
    .orderBy('given_at')
    .execute()
  return withMoment(rows, 'given_at')
}

/** A mandate stays: it was given for an organisation. Addresses go, and with them links that lead nowhere then. */
async function erase(transaction: Database, person: string): Promise<void> {
  const email = (await personOf(transaction, person))?.email.toLowerCase()
  if (email !== undefined) {
    await transaction
      .updateTable('applications.invitation')
      .set({ email: null })
      .where((where) => where(where.fn('lower', ['email']), '=', email))
      .execute()
  }
  await transaction
    .updateTable('applications.invitation')
    .set({ invited_by: null })
    .where('invited_by', '=', person)
    .execute()
  await transaction
    .updateTable('applications.participant_detail')
    .set({ changed_by: null })
    .where('changed_by', '=', person)
    .execute()
  await transaction
    .updateTable('applications.mandate')
    .set({ sent_by: null })
    .where('sent_by', '=', person)
    .execute()
}
