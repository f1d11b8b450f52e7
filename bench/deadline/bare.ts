/** The references of the same run: Node http and pg alone, and pg alone, on the product's own PostgreSQL. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import type { DatabaseServer } from '../../src/shared/database/index.ts'
import type { Place } from '../../tests/deadline/connection.ts'
import { textOf } from '../../tests/deadline/two-kilobytes.ts'
import { withClient } from '../../tests/deadline/with-client.ts'

/** As many as there are applications in the call. */
export const drafts = 30_000

export type Bare = { place: Place; process: ChildProcess; server: DatabaseServer; stop: () => Promise<void> }

/** Makes the tables in a database of their own, and starts the server. */
export async function startBare(owner: DatabaseServer): Promise<Bare> {
  await withClient(owner, (client) => client.query('create database bare'))
  const server = { ...owner, database: 'bare' } as DatabaseServer
  await withClient(server, async (client) => {
    await client.query(`
      create table draft (id integer primary key, body text not null, state text not null default 'draft',
        version integer not null default 1, saved_at timestamptz not null default now()) with (fillfactor = 50);
      create table submission (id bigint generated always as identity primary key, draft integer not null unique,
        hash bytea not null, at timestamptz not null default now());
      create table entry (id bigint generated always as identity primary key, act text not null,
        subject bigint not null, at timestamptz not null default now())`)
    await client.query(
      'insert into draft (id, body) select n, $1 from generate_series(1, $2::integer) as n',
      [textOf(0), drafts]
    )
    await client.query('vacuum analyze draft')
  })
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), { execArgv: [] })
  child.send(server)
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (said) => resolve((said as { port: number }).port))
    child.once('exit', (code) => reject(new Error(`the bare server ended with ${code}`)))
  })
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.disconnect()
    })
  return { place: { host: '127.0.0.1', port }, process: child, server, stop }
}

/** What pg alone gives, without HTTP: saves a second over 16 connections. */
export async function savesWithoutHttp(server: DatabaseServer, seconds: number): Promise<number> {
  const pool = new pg.Pool({ ...server, max: 16 })
  const end = performance.now() + seconds * 1000
  let done = 0
  const client = async () => {
    while (performance.now() < end) {
      const id = (done++ % drafts) + 1
      await pool.query({
        name: 'save',
        text: `update draft set body = $2, version = version + 1, saved_at = now() where id = $1 returning version`,
        values: [id, textOf(done)]
      })
    }
  }
  await Promise.all(Array.from({ length: 64 }, client))
  await pool.end()
  return done / seconds
}
