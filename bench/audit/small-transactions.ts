/** What an entry costs the transaction of an act, measured in turns of a fraction of a second. */
import { randomUUID } from 'node:crypto'
import { Kysely, sql } from 'kysely'
import pg from 'pg'
import { record } from '../../src/shared/audit/index.ts'
import { dialectAtCommit } from '../../src/shared/database/at-commit.ts'
import { type Database, type DatabaseServer, columnTypes } from '../../src/shared/database/connection.ts'
import type { Tables } from '../../src/shared/database/tables.ts'
import { median } from '../measure.ts'

export type Cost = {
  act: string
  clients: number
  /** Transactions a second, medians of all turns. */
  without: number
  withEntry: number
  /** The median of the ratios of neighbouring turns. */
  share: number
}

const turn = 150

const schools = Array.from({ length: 5000 }, () => randomUUID())
const people = Array.from({ length: 500 }, () => randomUUID())
const any = <Value>(of: readonly Value[]) => of[Math.floor(Math.random() * of.length)]!

export async function prepareTables(database: Database): Promise<void> {
  await sql`create table public.school (id uuid primary key, name text, size integer not null default 0)
    with (fillfactor = 70)`.execute(database)
  await sql`create table public.fact (id uuid primary key, name text not null, country text not null,
    at timestamptz not null default now())`.execute(database)
  await sql`insert into public.school (id, name) select unnest(${schools}::uuid[]), 'Rīgas 1. vidusskola'`.execute(
    database
  )
}

const insert = (transaction: Database) =>
  sql`insert into public.fact (id, name, country) values (${randomUUID()}, ${'Rīgas 1. vidusskola'}, ${'LV'})`.execute(
    transaction
  )

/** What is done in the transaction, and to whom. */
const acts: Record<string, (transaction: Database, school: string) => Promise<unknown>> = {
  'one insert': insert,
  'load, change, insert': async (transaction, school) => {
    await sql`select * from public.school where id = ${school} for update`.execute(transaction)
    await sql`update public.school set size = size + 1 where id = ${school}`.execute(transaction)
    await insert(transaction)
  }
}

const note = 'A school of some size, in a town of some size. '.repeat(4)

function entryAbout(school: string) {
  return {
    act: 'organisations.changed',
    by: { person: any(people), role: 'representative' },
    subject: { kind: 'organisation', id: school },
    payload: { name: 'Rīgas 1. vidusskola', country: 'LV', fields: ['school', 'vet'], note },
    // Every third entry holds somebody's data.
    about: Math.random() < 0.33 ? [any(people)] : []
  }
}

export async function costs(server: DatabaseServer, clients: number, rounds: number): Promise<Cost[]> {
  const pool = new pg.Pool({ ...server, max: clients, types: columnTypes, pipeline: true })
  pool.on('error', () => {})
  const database: Database = new Kysely<Tables>({ dialect: dialectAtCommit(pool) })
  const found: Cost[] = []
  for (const [act, work] of Object.entries(acts)) {
    const without = () =>
      database.transaction().execute(async (transaction) => void (await work(transaction, any(schools))))
    const withEntry = () =>
      database.transaction().execute(async (transaction) => {
        const school = any(schools)
        await work(transaction, school)
        await record(transaction, entryAbout(school))
      })
    await rate(without, clients, turn * 3)
    await rate(withEntry, clients, turn * 3)
    const rates: [number, number][] = []
    for (let round = 0; round < rounds; round++) {
      rates.push([await rate(without, clients, turn), await rate(withEntry, clients, turn)])
    }
    found.push({
      act,
      clients,
      without: median(rates.map(([one]) => one)),
      withEntry: median(rates.map(([, other]) => other)),
      share: median(rates.map(([one, other]) => other / one))
    })
  }
  await database.destroy()
  return found
}

async function rate(work: () => Promise<unknown>, clients: number, milliseconds: number): Promise<number> {
  const began = performance.now()
  let done = 0
  const client = async () => {
    while (performance.now() - began < milliseconds) {
      await work()
      done++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return (done / (performance.now() - began)) * 1000
}
