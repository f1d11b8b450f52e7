import { personOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import './consortium-tables.server.ts'

/** What a consortium keeps about people: who was asked at which address, who gave a mandate, who changed what. */
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
    }
  ],
  exports: exportOf,
  stays: async (database, person) => {
    const count = (await mandatesBy(database, person)).length
    return count === 0
      ? []
      : [
          {
            what: 'applications-consortium.kept.mandates-stay',
            why: 'applications-consortium.kept.mandates-stay-why',
            args: { count }
          }
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
    mandates: await mandatesBy(database, person)
  }
}

async function mandatesBy(database: Database, person: string) {
  const rows = await database
    .selectFrom('applications.mandate')
    .select(['participant', 'way', 'signatory', 'position', 'given_at', 'text'])
    .where('given_by', '=', person)
    .orderBy('given_at')
    .execute()
  return rows.map(({ given_at, ...row }) => ({ ...row, at: given_at.toString() }))
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
