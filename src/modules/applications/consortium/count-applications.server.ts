import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { callsThatClose } from '#server/calls'
import { idsToday } from '#server/organisations'
import type { Database } from '#shared/database/index.ts'
import type { ApplicationState, ParticipantRole } from '../application.ts'
import '../applications-tables.server.ts'
import type { Counted } from './limits-across.ts'

/** All applications of an action under the calls of one deadline, drafts too: what limits are counted over. */
export async function countedApplications(
  database: Database,
  { action, closesAt }: { action: string; closesAt: Temporal.Instant }
): Promise<Counted[]> {
  const calls = await callsThatClose({ database }, { from: closesAt, until: closesAt })
  const codes = calls.map(({ code }) => code)
  return codes.length === 0 ? [] : readApplications(database, action, codes)
}

/**
 * Those that share an organisation with a given application: no other can touch the same limit, and of a call of
 * thousands only these few are read.
 */
export async function applicationsSharing(
  database: Database,
  application: string,
  { action, closesAt }: { action: string; closesAt: Temporal.Instant },
  organisations: readonly string[]
): Promise<Counted[]> {
  const calls = await callsThatClose({ database }, { from: closesAt, until: closesAt })
  const codes = calls.map(({ code }) => code)
  if (codes.length === 0) return []
  const { rows } = await sql<{ application: string }>`
    select distinct p.application from applications.participant p
    join applications.application a on a.id = p.application
    where p.organisation = any(${[...organisations]}::uuid[]) and p.state = 'accepted'
      and a.action = ${action} and a.call = any(${codes}::text[]) and a.state <> 'withdrawn'
    union select ${application}::uuid`.execute(database)
  return readApplications(
    database,
    action,
    codes,
    rows.map((row) => row.application)
  )
}

type Row = {
  code: string
  field: string
  state: ApplicationState
  submitted: { toString: () => string } | null
  started: { toString: () => string }
  members: { organisation: string; role: ParticipantRole }[]
}

async function readApplications(
  database: Database,
  action: string,
  calls: readonly string[],
  only?: readonly string[]
): Promise<Counted[]> {
  const { rows } = await sql<Row>`
    select a.code, a.field, a.state, a.started_at as started,
      (select s.received_at from applications.submission s
        where s.application = a.id and s.state = 'counts' limit 1) as submitted,
      coalesce((select jsonb_agg(jsonb_build_object('organisation', p.organisation, 'role', p.role))
        from applications.participant p
        where p.application = a.id and p.state = 'accepted' and p.organisation is not null), '[]') as members
    from applications.application a
    where a.action = ${action} and a.call = any(${[...calls]}::text[]) and a.state <> 'withdrawn'
      and (${only === undefined} or a.id = any(${[...(only ?? [])]}::uuid[]))`.execute(database)
  const today = await idsToday(
    database,
    rows.flatMap(({ members }) => members.map(({ organisation }) => organisation))
  )
  return rows.map(({ submitted, started, members, ...row }) => ({
    ...row,
    submittedAt: row.state === 'submitted' ? submitted?.toString() : undefined,
    startedAt: started.toString(),
    members: members.map(({ organisation, role }) => ({
      organisation: today.get(organisation) ?? organisation,
      role
    }))
  }))
}
