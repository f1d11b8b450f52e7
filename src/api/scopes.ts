/**
 * To which module an endpoint belongs, by the first part of its address after /api/v1. An endpoint that stands
 * nowhere here is closed to tokens; a test finds it.
 */
export const moduleOfSegment: Readonly<Record<string, string>> = {
  actions: 'programmes',
  'eligibility-checks': 'programmes',
  schemas: 'programmes',
  organisations: 'organisations',
  directory: 'directory',
  calls: 'calls',
  applications: 'applications',
  audit: 'audit',
  operations: 'operations',
  people: 'people'
}

/** Everything that a token can be limited to: <module>:read and <module>:write. */
export const scopes: readonly string[] = [...new Set(Object.values(moduleOfSegment))].flatMap((module) => [
  `${module}:read`,
  `${module}:write`
])

/** What a request asks of a token; undefined: no token opens it. */
export function scopeOf(method: string, path: string): string | undefined {
  const segment = /^\/api\/v1\/([^/]+)/.exec(path)?.[1] ?? ''
  const module = Object.hasOwn(moduleOfSegment, segment) ? moduleOfSegment[segment] : undefined
  if (!module) return undefined
  return `${module}:${method === 'GET' || method === 'HEAD' ? 'read' : 'write'}`
}
