import type { Database } from '#shared/database/index.ts'

/** What uses a file of an application. */
export const usedByApplication = (application: string) => `applications.application:${application}`

/** Whether a file was given to an application: an answer that names another's file opens nothing. */
export async function isOfApplication(
  database: Database,
  file: string,
  application: string
): Promise<boolean> {
  const use = await database
    .selectFrom('files.use')
    .select('file')
    .where('file', '=', file)
    .where('used_by', '=', usedByApplication(application))
    .executeTakeFirst()
  return use !== undefined
}
