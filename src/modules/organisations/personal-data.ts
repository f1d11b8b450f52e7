import { personOf } from '#server/people'
import type { Database } from '#shared/database/index.ts'
import type { PersonalData } from '#shared/identity/index.ts'
import './organisations-tables.server.ts'

/** What this module keeps about people: what they said of organisations, that they joined and invited, as contacts. */
export const personalData: PersonalData = {
  module: 'organisations',
  name: 'organisations.kept.name',
  keeps: [
    {
      what: 'organisations.kept.changes',
      why: 'organisations.kept.changes-why',
      basis: 'public-task',
      howLong: 'organisations.kept.changes-how-long'
    },
    {
      what: 'organisations.kept.joining',
      why: 'organisations.kept.joining-why',
      basis: 'contract',
      howLong: 'organisations.kept.joining-how-long'
    },
    {
      what: 'organisations.kept.contacts',
      why: 'organisations.kept.contacts-why',
      basis: 'legitimate-interest',
      howLong: 'organisations.kept.contacts-how-long'
    },
    {
      what: 'organisations.kept.officers',
      why: 'organisations.kept.officers-why',
      basis: 'public-task',
      howLong: 'organisations.kept.officers-how-long'
    }
  ],
  exports: exportOf,
  stays: async (database, person) => {
    const count = (await mergesBy(database, person)).length
    return count === 0
      ? []
      : [
          {
            what: 'organisations.kept.merges-stay',
            why: 'organisations.kept.merges-stay-why',
            args: { count }
          }
        ]
  },
  erases: erase
}

async function exportOf(database: Database, person: string) {
  const email = (await personOf(database, person))?.email ?? ''
  const changes = await database
    .selectFrom('organisations.change')
    .select(['organisation', 'revision', 'at', 'act'])
    .where('by_person', '=', person)
    .orderBy('at')
    .execute()
  const requests = await database
    .selectFrom('organisations.join_request')
    .select(['organisation', 'role', 'reason', 'asked_at', 'decision', 'answer'])
    .where('person', '=', person)
    .orderBy('asked_at')
    .execute()
  const invitations = await database
    .selectFrom('organisations.invitation')
    .select(['organisation', 'role', 'invited_at', 'invited_by', 'email'])
    .where((where) => where.or([where('invited_by', '=', person), where('accepted_by', '=', person)]))
    .orderBy('invited_at')
    .execute()
  const proofs = await database
    .selectFrom('organisations.domain_proof')
    .select(['organisation', 'domain', 'method', 'asked_at'])
    .where('asked_by', '=', person)
    .orderBy('asked_at')
    .execute()
  return {
    changes: changes.map(({ at, ...change }) => ({ ...change, at: at.toString() })),
    requests: requests.map(({ asked_at, ...request }) => ({ ...request, askedAt: asked_at.toString() })),
    invitations: invitations.map(({ organisation, role, invited_at, invited_by, email }) => ({
      ...{ organisation, role },
      as: invited_by === person ? 'inviter' : 'invited',
      at: invited_at.toString(),
      // Whom one invited and who has not answered yet: one typed the address.
      ...(invited_by === person && email !== null && { email })
    })),
    contacts: await contactsBy(database, email),
    domainProofs: proofs.map(({ asked_at, ...proof }) => ({ ...proof, askedAt: asked_at.toString() })),
    merges: await mergesBy(database, person)
  }
}

/** Contacts of organisations with one's own address. */
async function contactsBy(database: Database, email: string) {
  if (email === '') return []
  return database
    .selectFrom('organisations.contact')
    .select(['organisation', 'purpose', 'name', 'email', 'phone', 'shown'])
    .where((where) => where(where.fn('lower', ['email']), '=', email.toLowerCase()))
    .execute()
}

async function mergesBy(database: Database, person: string) {
  const rows = await database
    .selectFrom('organisations.merge')
    .select(['kept', 'merged', 'merged_at', 'reason'])
    .where((where) => where.or([where('merged_by', '=', person), where('undone_by', '=', person)]))
    .orderBy('merged_at')
    .execute()
  return rows.map(({ merged_at, ...merge }) => ({ ...merge, at: merged_at.toString() }))
}

/**
 * What somebody said of an organisation stays its own, without who said it. That two records were merged or told
 * apart stays under an id which no longer leads to a name: it may have to be undone.
 */
async function erase(transaction: Database, person: string): Promise<void> {
  const email = (await personOf(transaction, person))?.email.toLowerCase()
  await transaction
    .updateTable('organisations.fact')
    .set({ stated_by: null })
    .where('stated_by', '=', person)
    .execute()
  await transaction
    .updateTable('organisations.change')
    .set({ by_person: null })
    .where('by_person', '=', person)
    .execute()
  await transaction.deleteFrom('organisations.join_request').where('person', '=', person).execute()
  await transaction
    .updateTable('organisations.join_request')
    .set({ decided_by: null })
    .where('decided_by', '=', person)
    .execute()
  await transaction
    .deleteFrom('organisations.invitation')
    .where((where) => where.or([where('invited_by', '=', person), where('accepted_by', '=', person)]))
    .execute()
  await transaction
    .updateTable('organisations.domain_proof')
    .set({ asked_by: null })
    .where('asked_by', '=', person)
    .execute()
  await transaction
    .updateTable('organisations.earlier_grant')
    .set({ noted_by: null })
    .where('noted_by', '=', person)
    .execute()
  if (email === undefined) return
  for (const table of ['organisations.contact', 'organisations.invitation'] as const) {
    await transaction
      .deleteFrom(table)
      .where((where) => where(where.fn('lower', ['email']), '=', email))
      .execute()
  }
}
