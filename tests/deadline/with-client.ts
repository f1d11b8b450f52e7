import pg from 'pg'
import type { DatabaseServer } from '#shared/database/index.ts'

/** Gives work one connection of its own. */
export async function withClient<Result>(
  server: DatabaseServer,
  work: (client: pg.Client) => Promise<Result>
): Promise<Result> {
  const client = new pg.Client(server)
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
