import type { Context } from 'hono'
import type { Caller } from '#shared/identity/index.ts'
import { writerHeader } from '../writing/wire.ts'

/** Whether a window saves for somebody else than who is signed in: they signed in at the same browser meanwhile. */
export function isOfAnotherWriter(c: Context<{ Variables: { caller: Caller } }>): boolean {
  const writer = c.req.header(writerHeader)
  return writer !== undefined && writer !== c.var.caller.person
}
