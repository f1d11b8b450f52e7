import { type Permission, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { permissions } from '../../tools/roles.js'
import type { Door, Place } from './door.ts'
import { type Visitor, callerAt } from './visitors.ts'
import type { World } from './world.ts'

/** What came of a visit. */
export type Visited = { came: 'in' | 'refused' | 'broken'; status: number; location: string; text: string }

/** Goes to a door as somebody. */
export async function visit({ site }: World, door: Door, place: Place, visitor: Visitor): Promise<Visited> {
  const { method, address } = addressed(door.door, place)
  const answer = await fetch(`${site.address}${address}`, {
    method,
    redirect: 'manual',
    headers: { ...(await visitor.headers()), ...headersFor(door.door, method, site.address) },
    ...(method === 'GET' ? {} : { body: bodyFor(door.door, place) })
  })
  const location = answer.headers.get('location') ?? ''
  // A stream of events does not end by itself.
  const stream = answer.headers.get('content-type')?.startsWith('text/event-stream')
  const text = stream ? '' : await answer.text()
  if (stream) await answer.body?.cancel()
  return { came: cameTo(answer.status, location, door), status: answer.status, location, text }
}

/** 'post /calls/[call]?/follow' and { call: 'a' } → POST /lv/calls/a?/follow */
function addressed(door: string, { parts = {}, query }: Place): { method: string; address: string } {
  const [first, ...rest] = door.replace(/^(api|bare) /, '').split(' ')
  const path = rest.join(' ').replace(/\[+(?:\.\.\.)?(\w+)(?:=\w+)?\]+|:(\w+)/g, (part, a, b) => {
    const value = parts[(a ?? b) as string]
    if (value === undefined) throw new Error(`${door}: the place says nothing for ${part}`)
    return encodeURIComponent(value)
  })
  const where = /^(api|bare) /.test(door) ? path : `/lv${path === '/' ? '' : path}`
  const asked = query ? `${path.includes('?') ? '&' : '?'}${query}` : ''
  return { method: methods[first!] ?? first!, address: `${where}${asked}` }
}

const methods: Readonly<Record<string, string>> = { load: 'GET', post: 'POST' }

function headersFor(door: string, method: string, origin: string): Record<string, string> {
  if (method === 'GET') return { accept: door.startsWith('load ') ? 'text/html' : '*/*' }
  // As our own pages send it.
  if (door.startsWith('post ') || door.startsWith('POST ')) {
    return { accept: 'text/html', origin, 'content-type': 'application/x-www-form-urlencoded' }
  }
  return { accept: 'application/json', origin, 'content-type': 'application/json' }
}

function bodyFor(door: string, { body = {} }: Place): string {
  if (door.startsWith('api ')) return JSON.stringify(body)
  return new URLSearchParams(Object.entries(body).map(([name, value]) => [name, String(value)])).toString()
}

function cameTo(status: number, location: string, { alsoIn = [] }: Door): Visited['came'] {
  if (alsoIn.includes(status)) return 'in'
  if (status >= 500) return 'broken'
  if ([401, 403, 404].includes(status)) return 'refused'
  return /^\/(lv|en)\/sign-in(\/second-factor)?(\?|$)/.test(location) ? 'refused' : 'in'
}

/** Whether docs/roles.md lets somebody in. */
export async function mayEnter(door: Door, place: Place, visitor: Visitor): Promise<boolean> {
  const known = await matrix()
  if (door.butNot?.[visitor.name]) return false
  const { method, address } = addressed(door.door, place)
  const caller = callerAt(method, address, visitor)
  if (caller === 'outside-scope') return false
  if (door.ownSecondFactor && isSignedIn(caller) && !caller.secondFactor) return false
  return door.asks.every((name) => {
    const permission = known.get(name)
    if (permission === undefined) throw new Error(`${door.door}: there is no ${name} in docs/roles.md`)
    return refusalFor(caller, permission, place.concerns) === undefined
  })
}

let read: Promise<Map<string, Permission>> | undefined

/** The rows of docs/roles.md: 'calls.save-call' → who may. */
export function matrix(): Promise<Map<string, Permission>> {
  read ??= permissions().then(
    (rows) => new Map(rows.map(({ module, name, permission }) => [`${module}.${name}`, permission]))
  )
  return read
}
