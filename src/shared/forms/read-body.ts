import type { Context } from 'hono'
import type { z } from 'zod'
import { readInput } from './read-form.ts'
import { type Refused, refused } from './refused.ts'

/** The JSON of a machine's request by a schema made of fields.ts, or what has to be settled. */
export async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema
): Promise<z.output<Schema> | Refused> {
  const notUnderstood = refused('invalid', { problems: [{ field: '', key: 'form.not-understood' }] })
  let given: unknown
  try {
    given = await c.req.json()
  } catch {
    return notUnderstood
  }
  try {
    const read = readInput(schema, given)
    return 'data' in read ? read.data : refused('invalid', { problems: read.problems })
  } catch (error) {
    // Lists in lists in lists: deeper than any schema, or the stack, goes.
    if (error instanceof RangeError) return notUnderstood
    throw error
  }
}
