import { createPublicKey } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import {
  type AuditLog,
  consistencyOf,
  headNote,
  headsBefore,
  newestHead,
  proofFor,
  verifierKey
} from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { refuse } from '#shared/forms/api-answer.ts'
import { refused } from '#shared/forms/refused.ts'

const most = 100

/** What anybody may ask of the audit log: its keys, its signed heads, and proofs. None of it says what was done. */
export function auditApi(app: { database: Database; audit: AuditLog }): Hono {
  const api = new Hono()
  const { database, audit } = app

  api.get('/key', describeRoute(keyDescription), async (c) => {
    const keys = await database
      .selectFrom('audit.key')
      .select(['public_key', 'since'])
      .orderBy('since', 'desc')
      .execute()
    return c.json({
      log: audit.name,
      keys: keys.map(({ public_key, since }) => ({
        since: since.toString(),
        verifierKey: verifierKey(audit.name, public_key),
        pem: pemOf(public_key)
      }))
    })
  })

  api.get('/heads', describeRoute(headsDescription), async (c) => {
    const before = sizeIn(c, 'before')
    if (before === 'wrong') return refuse(c, refused('not-found'))
    const heads = await headsBefore(database, before, most)
    return c.json({
      log: audit.name,
      heads: heads.map((head) => ({
        size: head.size,
        root: head.root.toString('hex'),
        sealedAt: head.sealedAt,
        note: headNote(audit.name, head)
      }))
    })
  })

  api.get('/checkpoint', describeRoute(checkpointDescription), async (c) => {
    const head = await newestHead(database)
    return head ? c.text(headNote(audit.name, head)) : refuse(c, refused('not-found'))
  })

  api.get('/proofs/:entry{[1-9][0-9]{0,17}}', describeRoute(proofDescription), async (c) => {
    const proof = await proofFor(app, c.req.param('entry'))
    if (proof) return c.json(proof)
    // It may just not be sealed yet.
    c.header('retry-after', '1')
    return refuse(c, refused('not-found'))
  })

  api.get('/consistency', describeRoute(consistencyDescription), async (c) => {
    const [from, to] = [sizeIn(c, 'from'), sizeIn(c, 'to')]
    if (typeof from !== 'number' || typeof to !== 'number') return refuse(c, refused('not-found'))
    const proof = await consistencyOf(app, from, to)
    return proof ? c.json(proof) : refuse(c, refused('not-found'))
  })

  return api
}

function sizeIn(c: Context, name: string): number | undefined | 'wrong' {
  const given = c.req.query(name)
  if (given === undefined) return undefined
  return /^(0|[1-9]\d{0,14})$/.test(given) ? Number(given) : 'wrong'
}

function pemOf(publicKey: Buffer): string {
  const key = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }) as string
}

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const note = z.string().describe('A signed note (c2sp.org/signed-note) that holds a checkpoint')
const keysSchema = z.object({
  log: z.string(),
  keys: z.array(z.object({ since: z.iso.datetime(), verifierKey: z.string(), pem: z.string() }))
})
const headsSchema = z.object({
  log: z.string(),
  heads: z.array(z.object({ size: z.number().int(), root: hash, sealedAt: z.iso.datetime(), note }))
})
const proofSchema = z.object({
  entry: z.string(),
  digest: hash,
  position: z.number().int(),
  path: z.array(hash),
  head: note
})
const consistencySchema = z.object({ from: note, to: note, path: z.array(hash) })

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } }
})
const missing = (description: string) => ({ description, content: { 'application/problem+json': {} } })
const size = (name: string, required: boolean, description: string) => ({
  name,
  in: 'query' as const,
  required,
  schema: { type: 'integer' as const, minimum: 0 },
  description
})

const keyDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'listAuditKeys',
  summary: 'The public keys that sign the audit log',
  responses: { 200: json(keysSchema, 'The newest first.') }
}
const headsDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'listAuditHeads',
  summary: 'Signed heads of the audit log: keep one, and nothing before it can be changed unnoticed',
  parameters: [size('before', false, 'Only heads of fewer entries.')],
  responses: { 200: json(headsSchema, `The newest ${most}, the newest first.`) }
}
const checkpointDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'showAuditCheckpoint',
  summary: 'The newest head alone, as a checkpoint (c2sp.org/tlog-checkpoint)',
  responses: {
    200: { description: 'The signed note.', content: { 'text/plain': { schema: { type: 'string' } } } },
    404: missing('Nothing is sealed yet.')
  }
}
const proofDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'proveAuditEntry',
  summary: 'That an entry is in the log: its path to the newest head (RFC 9162, 2.1.3)',
  responses: {
    200: json(proofSchema, 'The proof.'),
    404: missing('There is no such entry, or it is not sealed yet: ask again in a second.')
  }
}
const consistencyDescription: Parameters<typeof describeRoute>[0] = {
  operationId: 'proveAuditConsistency',
  summary: 'That the log of one head is the beginning of that of another (RFC 9162, 2.1.4)',
  parameters: [size('from', true, 'The size of the older head.'), size('to', true, 'The size of the newer.')],
  responses: {
    200: json(consistencySchema, 'The proof.'),
    404: missing('There is no head of one of the sizes.')
  }
}
