/**
 * A call as it stands on the last day: many applications, each with its coordinator, its partners and its answers, and
 * somebody signed in who may write it. One application is written by the product's own actions; the others are copies
 * of it in SQL, each with its own ids, organisations and people.
 */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { DatabaseServer } from '#shared/database/index.ts'
import { withClient } from './with-client.ts'
import { type CopiedTable, columnsOf, tablesAbout } from './copied-tables.ts'
import type { Writer } from './writer.ts'
import { type Template, writeTemplate } from './template.ts'

export type Filled = {
  call: string
  /** People who have just begun: all that their applications hold is one text. */
  beginners: Writer[]
  /** People whose applications are answered from end to end. */
  finishers: Writer[]
  /** As many rows of participants. */
  participants: number
  answers: number
  /** A text field of each application that its writer may change, and its version. */
  path: string
  version: number
  /** The version of the declaration of honour. */
  declaration: string
  seconds: number
}

/** How many applications of each kind. */
export type Asked = { begun: number; finished: number }

/** So many applications share their partners. */
const sharing = 5

export async function fill(server: DatabaseServer, asked: Asked): Promise<Filled> {
  const began = performance.now()
  const applications = asked.begun + asked.finished
  const template = await writeTemplate(server)
  return withClient(server, async (client) => {
    // Copies break no rule that the original keeps; checking each again would take most of the time.
    await client.query(
      `set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'`
    )
    await prepareFunctions(client, template)
    await copyOrganisations(client, template, applications)
    await copyPeople(client, template, applications)
    for (const table of await tablesAbout(client)) await copyTable(client, table, template, asked)
    await vacuumFilled(client)
    await client.query('checkpoint')
    const { rows } = await client.query(
      `select (select count(*) from applications.participant) as participants,
        (select count(*) from applications.answer) as answers`
    )
    const writers = Array.from({ length: applications }, (_, at) => ({
      application: copyOf(template.application, at + 1),
      cookie: `kopa-session=${secretOf(at + 1)}`
    }))
    return {
      call: template.call,
      beginners: writers.slice(0, asked.begun),
      finishers: writers.slice(asked.begun),
      participants: Number(rows[0].participants),
      answers: Number(rows[0].answers),
      path: template.path,
      version: template.version,
      declaration: template.declaration,
      seconds: (performance.now() - began) / 1000
    }
  })
}

/**
 * Not the empty ones: plans that are made when a table is known to be empty read it whole for as long as a connection
 * keeps them. Nor does PostgreSQL by itself.
 */
async function vacuumFilled(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relid::regclass::text as name from pg_stat_user_tables where pg_relation_size(relid) > 0`
  )
  await client.query(`vacuum analyze ${rows.map(({ name }) => name).join(', ')}`)
}

const secretOf = (copy: number) => `a-session-of-the-benchmark-${copy}`

/** The id that stands for another one in a copy; the same in SQL below. */
function copyOf(id: string, copy: number): string {
  const digest = createHash('md5').update(`${id}:${copy}`).digest('hex')
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * `copied(id, copy)` is the id's stand-in in a copy; `within(text, copy)` the same for the ids of the application in a
 * text. Partners' organisations are shared by several copies.
 */
async function prepareFunctions(client: pg.Client, template: Template): Promise<void> {
  const { application, participants, organisations, person } = template
  const own = [application, ...participants].map((id) => `'${id}'`).join(', ')
  const [coordinator, ...partners] = organisations
  const replaced = participants.reduce(
    (inner, id) => `replace(${inner}, '${id}', pg_temp.copied('${id}', copy)::text)`,
    'given'
  )
  await client.query(`
    create function pg_temp.copied(id uuid, copy integer) returns uuid language sql immutable
      return md5(id::text || ':' || copy)::uuid;
    create function pg_temp.mapped(id uuid, copy integer) returns uuid language sql immutable
      return case
        when id in (${own}) then pg_temp.copied(id, copy)
        when id in ('${coordinator}', '${person}') then pg_temp.copied(id, copy)
        when id in (${partners.map((id) => `'${id}'`).join(', ')}) then pg_temp.copied(id, copy / ${sharing})
        else id end;
    create function pg_temp.within(given text, copy integer) returns text language sql immutable
      return case when given ~ '${participants.join('|')}' then ${replaced} else given end;
    -- The canonical JSON of an id or of a list of ids: the only values in which ids stand.
    create function pg_temp.digest_of(value jsonb, copy integer) returns bytea language sql immutable
      return sha256(convert_to(replace(pg_temp.within(value::text, copy), '", "', '","'), 'UTF8'))`)
}

async function copyOrganisations(
  client: pg.Client,
  { organisations }: Template,
  applications: number
): Promise<void> {
  for (const [position, id] of organisations.entries()) {
    // The coordinators are numbered first, then the partners of one place after those of the other.
    const shared = Math.floor(applications / sharing) + 1
    const copies = position === 0 ? applications : shared
    const before = position === 0 ? 0 : applications + 1 + (position - 1) * (shared + 1)
    const digits = `translate(lpad((copy + ${before})::text, 8, '0'), '0189', 'ABCD')`
    const set = {
      id: 'pg_temp.copied(id, copy)',
      organisation: 'pg_temp.copied(organisation, copy)',
      code: `'KP-' || left(${digits}, 4) || '-' || right(${digits}, 4)`
    }
    for (const [table, key] of [
      ['organisation', 'id'],
      ['fact', 'organisation'],
      ['name', 'organisation']
    ] as const) {
      const columns = await columnsOf(client, 'organisations', table)
      await client.query(
        `insert into organisations.${table} (${columns.map(({ name }) => name).join(', ')})
          select ${columns.map(({ name }) => set[name as 'id'] ?? name).join(', ')}
          from organisations.${table}, generate_series(${position === 0 ? 1 : 0}, $2::integer) as copy where ${key} = $1`,
        [id, copies]
      )
    }
  }
}

async function copyPeople(
  client: pg.Client,
  { person, organisations }: Template,
  applications: number
): Promise<void> {
  await client.query(
    `insert into people.person (id, name, email, email_confirmed_at)
      select pg_temp.copied($1, copy), 'Somebody ' || copy, copy || '@bench.example', now()
      from generate_series(1, $2::integer) as copy`,
    [person, applications]
  )
  await client.query(
    `insert into people.role (id, person, role, organisation)
      select pg_temp.copied($1, -copy), pg_temp.copied($1, copy), 'representative', pg_temp.copied($2, copy)
      from generate_series(1, $3::integer) as copy`,
    [person, organisations[0], applications]
  )
  await client.query(
    `insert into people.session (person, secret_digest, expires_at, second_factor_at, acting_role)
      select pg_temp.copied($1, copy), sha256(convert_to('${secretOf(0).slice(0, -1)}' || copy, 'UTF8')),
        now() + interval '20 days', now(), pg_temp.copied($1, -copy)
      from generate_series(1, $2::integer) as copy`,
    [person, applications]
  )
}

async function copyTable(
  client: pg.Client,
  { name, key }: CopiedTable,
  template: Template,
  { begun, finished }: Asked
) {
  const { application, call, path, participants } = template
  const columns = await columnsOf(client, 'applications', name)
  // Their ids stand in other tables: copies of them are known.
  const own = ['application', 'participant']
  const letters = `translate(lpad(copy::text, 5, '0'), '0123456789', 'abcdefghjk')`
  const valueOf = ({ name: column, type }: { name: string; type: string }) => {
    if (name === 'application' && column === 'code') return `'${call}-' || ${letters}`
    if (column === 'form') return 'null'
    if (column === 'id' && type === 'uuid' && !own.includes(name)) return 'gen_random_uuid()'
    if (type === 'uuid') return `pg_temp.mapped(${column}, copy)`
    if (column === 'path') return 'pg_temp.within(path, copy)'
    if (column === 'value' && name.startsWith('answer')) return 'pg_temp.within(value::text, copy)::jsonb'
    if (column === 'digest' && name === 'answer')
      return `case when value::text ~ '${participants.join('|')}' then pg_temp.digest_of(value, copy) else digest end`
    return `"${column}"`
  }
  // Of earlier versions only those that a save may rest on: nobody looks at the others here.
  const which =
    name === 'answer'
      ? `path = '${path}' or copy > ${begun}`
      : name === 'answer_version'
        ? `path = '${path}'`
        : 'true'
  await client.query(
    `insert into applications.${name} (${columns.map((column) => `"${column.name}"`).join(', ')})
      select ${columns.map(valueOf).join(', ')}
      from applications.${name}, generate_series(1, $2::integer) as copy where ${key} = any($1::uuid[]) and (${which})`,
    [key === 'participant' ? participants : [application], begun + finished]
  )
}
