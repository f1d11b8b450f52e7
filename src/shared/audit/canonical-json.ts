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
    // Without a comparison of our own, sort() is by code units.
    const members = keys.sort().map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`)
    return `{${members.join(',')}}`
  }
  throw new TypeError(`No JSON: ${String(value)}`)
}

function isPlain(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
