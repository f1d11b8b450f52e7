/** What a script of ours put into a field as JSON; undefined when it is none. */
export function fromBrowser(field: unknown): unknown {
  if (typeof field !== 'string' || field.length > 20_000) return undefined
  try {
    return JSON.parse(field) as unknown
  } catch {
    return undefined
  }
}
