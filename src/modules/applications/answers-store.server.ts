import type { Database } from '#shared/database/index.ts'
import type { Answer } from './application.ts'
import './applications-tables.server.ts'

/** Everything that is answered in an application, by path. */
export async function answersOf(database: Database, application: string): Promise<Map<string, Answer>> {
  const rows = await database
    .selectFrom('applications.answer')
    .select(['path', 'text', 'value', 'version', 'length'])
    .where('application', '=', application)
    .execute()
  return new Map(
    rows.map(({ path, text, value, version, length }) => [
      path,
      text === null ? { path, value, version, length } : { path, text, version, length }
    ])
  )
}
