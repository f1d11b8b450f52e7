import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { idsOfRecords, idsToday } from '#server/organisations'
import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import { type Outline, type Participant, canNameApplication } from './application.ts'
import './applications-tables.server.ts'

/** An application by its code or its id, without its content; undefined when there is none. */
export async function findOutline(database: Database, codeOrId: string): Promise<Outline | undefined> {
  return canNameApplication(codeOrId) ? (await findOutlines(database, [codeOrId]))[0] : undefined
}

/** Applications by their codes or ids, without their content, in one statement. @returns in the order of what is asked */
export async function findOutlines(
  database: Database,
  asked: readonly string[]
): Promise<(Outline | undefined)[]> {
  const rows = await runPrepared<{ place: number; outline: Outline }>(database, outlinesAsked, [
    asked.map((one) => (uuid.test(one) ? one : null)),
    asked.map((one) => (uuid.test(one) ? null : one))
  ])
  const today = await idsToday(
    database,
    rows.flatMap(({ outline }) => outline.participants.flatMap(({ organisation }) => organisation ?? []))
  )
  const byPlace = new Map(
    rows.map(({ place, outline }) => [
      place,
      { ...outline, participants: outline.participants.map((one) => asToday(one, today)) }
    ])
  )
  return asked.map((_, at) => byPlace.get(at + 1))
}

/** The same, kept from other changes of who takes part and of its state until the transaction ends. */
export async function lockOutline(transaction: Database, codeOrId: string): Promise<Outline | undefined> {
  if (!canNameApplication(codeOrId)) return undefined
  const row = await transaction
    .selectFrom('applications.application')
    .select('id')
    .where(uuid.test(codeOrId) ? 'id' : 'code', '=', codeOrId)
    .forUpdate()
    .executeTakeFirst()
  return row && findOutline(transaction, row.id)
}

/** Says that participants, rights, state or form changed: whatever was remembered of them is stale. */
export async function outlineChanged(transaction: Database, application: string): Promise<void> {
  await transaction
    .updateTable('applications.application')
    .set({ outline: sql`outline + 1` })
    .where('id', '=', application)
    .execute()
}

/** The names of those who took part once, by their ids. */
export async function whoLeft(database: Database, application: string): Promise<Map<string, string>> {
  const rows = await database
    .selectFrom('applications.participant')
    .select(['id', 'name'])
    .where('application', '=', application)
    .where('ended_at', 'is not', null)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The applications that organisations take part in, those begun last first. */
export async function outlinesOfOrganisations(
  database: Database,
  organisations: readonly string[]
): Promise<Outline[]> {
  if (organisations.length === 0) return []
  // What was written down for a record that was merged into one of these is theirs, too.
  const records = [...(await idsOfRecords(database, organisations)).values()].flat()
  const rows = await database
    .selectFrom('applications.application')
    .select('id')
    .where('id', 'in', (select) =>
      select
        .selectFrom('applications.participant')
        .select('application')
        .where('organisation', 'in', records)
        .where('ended_at', 'is', null)
    )
    .orderBy('started_at', 'desc')
    .execute()
  const outlines = await findOutlines(
    database,
    rows.map(({ id }) => id)
  )
  return outlines.filter((one) => one !== undefined)
}

/** What a form made already. Whoever sends the same form meanwhile waits until the transaction ends. */
export async function lockForm(
  transaction: Database,
  form: string
): Promise<{ code: string; startedBy: string } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`applications ${form}`}, 0))`.execute(transaction)
  return transaction
    .selectFrom('applications.application')
    .select(['code', 'started_by as startedBy'])
    .where('form', '=', form)
    .executeTakeFirst()
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A code for a new application of a call: five letters that nobody mistakes for others when they are read out. */
export function newCode(call: string): string {
  return `${call}-${Array.from(randomBytes(5), (byte) => letters[byte % letters.length]).join('')}`
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An organisation that was merged into another meanwhile is that other (decision 105). */
function asToday(one: Participant, today: ReadonlyMap<string, string>): Participant {
  return { ...one, organisation: one.organisation && (today.get(one.organisation) ?? one.organisation) }
}

const outlinesAsked: Prepared = {
  name: 'applications.outlines-asked',
  text: `
    select asked.place::integer, json_build_object('id', a.id, 'code', a.code, 'call', a.call,
      'edition', a.edition, 'action', a.action, 'field', a.field, 'language', a.language, 'title', a.title,
      'terms', a.terms, 'formVersion', a.form_version, 'state', a.state, 'outline', a.outline,
      'participants', coalesce((
        select json_agg(json_build_object('id', p.id, 'position', p.position, 'role', p.role,
          'organisation', p.organisation, 'name', p.name, 'country', p.country, 'state', p.state,
          'edits', p.edits) order by p.position)
        from applications.participant p where p.application = a.id and p.ended_at is null), '[]'::json)) as outline
    from unnest($1::uuid[], $2::text[]) with ordinality as asked (id, code, place)
    cross join lateral (
      (select * from applications.application where id = asked.id)
      union all
      (select * from applications.application where code = asked.code)
      limit 1) a`
}
