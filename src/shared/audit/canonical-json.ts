/** A value of JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

/** An object of JSON. A key whose value is undefined counts as absent. */
export type JsonObject = { readonly [key: string]: JsonValue | undefined }

/**
 * JSON with one spelling for each value (RFC 8785): keys in order of their UTF-16 code units, no spaces, numbers as
 * JavaScript writes them. What is hashed must not depend on who writes it down.
 * Throws on what JSON cannot say: a moment or an amount is given as text.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(canonicalJson).join(',')}]`
  if (isPlain(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined)
    return canonicalObject(keys.map((key) => [key, canonicalJson(value[key]!)]))
  }
  throw new TypeError(`No JSON: ${String(value)}`)
}

/** The same of an object whose values are written already. @param members keys, each once, in any order */
export function canonicalObject(members: readonly (readonly [key: string, written: string])[]): string {
  const inOrder = members.toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${inOrder.map(([key, written]) => `${JSON.stringify(key)}:${written}`).join(',')}}`
}

function isPlain(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
