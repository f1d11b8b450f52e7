import { type Selectable, sql } from 'kysely'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import type { Outline, Participant, ParticipantRole } from '../application.ts'
import '../applications-tables.server.ts'
import { forgetProofs } from './connection-store.server.ts'
import type { ParticipantDetailTable } from './consortium-tables.server.ts'
import { closeInvitations } from './invitations-store.server.ts'

/** An organisation that is taken into a consortium. */
export type NewParticipant = {
  position: number
  role: Exclude<ParticipantRole, 'coordinator'>
  organisation: string | null
  name: string
  country: string
  tasks: string | undefined
  replaces: string | undefined
  by: string
}

/** Writes a participant who is asked. @returns its id */
export async function addParticipant(
  transaction: Database,
  application: string,
  { tasks, replaces, by, ...participant }: NewParticipant
): Promise<string> {
  const { id } = await transaction
    .insertInto('applications.participant')
    .values({ application, ...participant, state: 'invited', added_by: by })
    .returning('id')
    .executeTakeFirstOrThrow()
  await noteDetail(transaction, id, { tasks: tasks ?? null, replaces: replaces ?? null, changed_by: by })
  return id
}

type Detail = {
  tasks?: string | null
  replaces?: string | null
  reason?: string | null
  type?: string | null
  established_on?: string | null
  non_profit?: boolean | null
  european_ngo?: boolean | null
  functions?: string[] | null
  changed_by: string | null
}

/** Notes something about a participant beside its row. */
export async function noteDetail(transaction: Database, participant: string, detail: Detail): Promise<void> {
  const { tasks = null, replaces = null, reason = null } = detail
  const {
    type = null,
    established_on = null,
    non_profit = null,
    european_ngo = null,
    functions = null
  } = detail
  const whole = { tasks, replaces, reason, type, established_on, non_profit, european_ngo, functions }
  await transaction
    .insertInto('applications.participant_detail')
    .values({ participant, ...whole, changed_by: detail.changed_by })
    .onConflict((conflict) =>
      conflict.column('participant').doUpdateSet({ ...detail, changed_at: sql`clock_timestamp()` })
    )
    .execute()
}

/** Ends somebody's part: it is among the participants no more; its words stay where they are. */
export async function endParticipant(
  transaction: Database,
  { id, state }: Pick<Participant, 'id' | 'state'>,
  { reason, by }: { reason: string | undefined; by: string | null }
): Promise<void> {
  await transaction
    .updateTable('applications.participant')
    // Who had never agreed did not leave.
    .set({ state: state === 'accepted' ? 'left' : 'declined', ended_at: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
  await noteDetail(transaction, id, { reason: reason ?? null, changed_by: by })
  await transaction
    .updateTable('applications.mandate')
    .set({ ended_at: sql`clock_timestamp()` })
    .where('participant', '=', id)
    .where('ended_at', 'is', null)
    .execute()
  await closeInvitations(transaction, id)
  await forgetProofs(transaction, id)
}

/** Somebody agreed. @param organisation the record of the register that turned out to be meant */
export async function acceptParticipant(
  transaction: Database,
  id: string,
  organisation: { id: string; name: string; country: string } | undefined
): Promise<void> {
  await transaction
    .updateTable('applications.participant')
    .set({
      state: 'accepted',
      ...(organisation && {
        organisation: organisation.id,
        name: organisation.name,
        country: organisation.country
      })
    })
    .where('id', '=', id)
    .execute()
}

/** Puts participants into a new order. @param ids all but the coordinator, in their order */
export async function orderParticipants(transaction: Database, ids: readonly string[]): Promise<void> {
  // Two steps, since a place is held by one only at any moment.
  for (const beyond of [-10_000, 1]) {
    await sql`
      update applications.participant p set position = o.place + ${beyond}
      from unnest(${[...ids]}::uuid[]) with ordinality as n (id, number)
      cross join lateral (select (n.number - 1)::int as place) o
      where p.id = n.id`.execute(transaction)
  }
}

/** The place behind all others. */
export function nextPosition({ participants }: Outline): number {
  return Math.max(0, ...participants.map(({ position }) => position)) + 1
}

/** What is known of participants beside their rows, those who left included. */
export type ParticipantDetail = {
  tasks: string | undefined
  replaces: string | undefined
  reason: string | undefined
  type: string | undefined
  establishedOn: string | undefined
  nonProfit: boolean | undefined
  europeanNgo: boolean | undefined
  functions: string[] | undefined
}

export async function detailsOf(
  database: Database,
  application: string | readonly string[]
): Promise<ReadonlyMap<string, ParticipantDetail>> {
  const rows = await runPrepared<DetailRow>(database, details, [[application].flat()])
  return new Map(
    rows.map((row) => [
      row.participant,
      {
        tasks: row.tasks ?? undefined,
        replaces: row.replaces ?? undefined,
        reason: row.reason ?? undefined,
        type: row.type ?? undefined,
        establishedOn: row.established_on ?? undefined,
        nonProfit: row.non_profit ?? undefined,
        europeanNgo: row.european_ngo ?? undefined,
        functions: row.functions ?? undefined
      }
    ])
  )
}

type DetailRow = Omit<Selectable<ParticipantDetailTable>, 'changed_by' | 'changed_at'>

const details: Prepared = {
  name: 'applications.participant-details',
  text: `
    select d.participant, d.tasks, d.replaces, d.reason, d.type, d.non_profit, d.european_ngo, d.functions,
      to_char(d.established_on, 'YYYY-MM-DD') as established_on
    from applications.participant p join applications.participant_detail d on d.participant = p.id
    where p.application = any($1::uuid[])`
}

/** One who is no longer among the participants, and what it leaves. */
export type GoneParticipant = {
  id: string
  name: string
  country: string
  role: ParticipantRole
  state: 'declined' | 'left'
  endedAt: string
  /** Fields of the form that hold what it wrote in its own part. */
  answers: number
}

export async function goneFrom(database: Database, application: string): Promise<GoneParticipant[]> {
  const { rows } = await sql<Omit<GoneParticipant, 'endedAt'> & { ended: { toString: () => string } }>`
    select p.id, p.name, p.country, p.role, p.state, p.ended_at as ended,
      (select count(*)::int from applications.answer a
        where a.application = p.application and a.path like '%@' || p.id::text || '%') as answers
    from applications.participant p
    where p.application = ${application}::uuid and p.ended_at is not null
    order by p.ended_at desc`.execute(database)
  return rows.map(({ ended, ...row }) => ({ ...row, endedAt: ended.toString() }))
}
