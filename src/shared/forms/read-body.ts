import type { Context } from 'hono'
import { z } from 'zod'
import { readInput } from './read-form.ts'
import { type Refused, invalid, refused } from './refused.ts'

/**
 * The JSON of a machine's request by a schema made of fields.ts, or what has to be settled. Where nothing was sent,
 * nothing was given: what is missing then is said field by field.
 */
export async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema
): Promise<z.output<Schema> | Refused> {
  const sent = await c.req.text()
  let given: unknown
  try {
    given = sent === '' ? {} : JSON.parse(sent)
  } catch {
    return invalid('', 'form.not-json')
  }
  try {
    const read = readInput(schema, given)
    return 'data' in read ? read.data : refused('invalid', { problems: read.problems })
  } catch (error) {
    // Lists in lists in lists: deeper than any schema, or the stack, goes.
    if (error instanceof RangeError) return invalid('', 'form.not-understood')
    throw error
  }
}

/** The same for an action that reads by its own schema: an object, whatever stands in it. */
export function readObject(c: Context): Promise<Record<string, unknown> | Refused> {
  return readBody(c, anyObject)
}

const anyObject = z.record(z.string(), z.unknown(), 'form.not-understood')
