/** An id that nothing has. */
const nothing = '00000000-0000-0000-0000-000000000000'

/**
 * What somebody gave as the id of something, for a question to the database: what can be no id (UUID) becomes one
 * that nothing has, so that it is not found instead of an accident.
 */
export function asId(given: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given) ? given : nothing
}
