import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { turns } from './turns.ts'

type Cost = Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism'>

/** What one hash costs: 19 MiB and two passes, the least that OWASP recommends for Argon2id; some 30 ms. */
export const currentCost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }

const hash = promisify(argon2)

// Node works in four threads, and files and names are looked up in them, too: one stays free. A line of 100 is
// served in two or three seconds; who comes then is asked to come again, and memory stays below 60 MiB whatever is sent.
const inTurn = turns(Math.min(3, Math.max(1, availableParallelism())), 100)

const busy = refused('too-often', { retryAfterSeconds: 5 })

/** A password as it is kept: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. Refuses when too many are waiting already. */
export async function hashPassword(password: string, cost: Cost = currentCost): Promise<string | Refused> {
  const salt = randomBytes(16)
  const tag = await tagOf(password, salt, cost, 32)
  if (tag === 'full') return busy
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`
}

/**
 * Compares a password with what is kept. Without anything kept (an unknown address, somebody who never set one) the
 * same work is done, so that the time it takes tells nothing.
 * @returns whether it is right, and whether it is kept at another cost than today's and should be hashed anew
 */
export async function verifyPassword(
  encoded: string | undefined,
  password: string
): Promise<{ right: boolean; outdated: boolean } | Refused> {
  const kept = parse(encoded ?? standIn)
  const tag = await tagOf(password, kept.salt, kept.cost, kept.tag.length)
  if (tag === 'full') return busy
  const right = timingSafeEqual(tag, kept.tag) && encoded !== undefined
  return { right, outdated: !sameCost(kept.cost) }
}

function tagOf(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer | 'full'> {
  // The same letters may be typed composed or not, wide or narrow (NIST SP 800-63B, 3.1.1.2).
  const message = password.normalize('NFKC')
  return inTurn(() => hash('argon2id', { message, nonce, tagLength, ...cost }))
}

// Of nobody's password.
const standIn = `$argon2id$v=19$m=${currentCost.memory},t=${currentCost.passes},p=${currentCost.parallelism}$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`

function parse(encoded: string): { cost: Cost; salt: Buffer; tag: Buffer } {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    encoded
  )
  if (!parts) throw new Error('A password is not kept as Argon2id')
  const [, memory, passes, parallelism, salt, tag] = parts
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt!, 'base64'),
    tag: Buffer.from(tag!, 'base64')
  }
}

function sameCost(cost: Cost): boolean {
  return (
    cost.memory === currentCost.memory &&
    cost.passes === currentCost.passes &&
    cost.parallelism === currentCost.parallelism
  )
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
