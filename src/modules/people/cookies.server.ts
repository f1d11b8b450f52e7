import type { Cookies } from '@sveltejs/kit'
import { lasting, sessionCookie } from './sessions.server.ts'

/** The part of a page's event that cookies need. */
type Asked = { cookies: Cookies; url: URL }

/** A browser that was signed in before is recognised by this, also after signing out. */
const deviceCookie = { plain: 'kopa-device', secure: '__Host-kopa-device' } as const
/** A browser that is in the middle of something. */
const ceremonyCookie = { plain: 'kopa-ceremony', secure: '__Host-kopa-ceremony' } as const

type Name = { plain: string; secure: string }

const day = 86_400
// The longest that browsers keep a cookie.
const deviceDays = 400

function set({ cookies, url }: Asked, name: Name, value: string, seconds: number): void {
  const secure = url.protocol === 'https:'
  cookies.set(secure ? name.secure : name.plain, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: seconds
  })
}

function get({ cookies, url }: Asked, name: Name): string | undefined {
  return cookies.get(url.protocol === 'https:' ? name.secure : name.plain) || undefined
}

function drop({ cookies, url }: Asked, name: Name): void {
  const secure = url.protocol === 'https:'
  cookies.delete(secure ? name.secure : name.plain, { path: '/', httpOnly: true, sameSite: 'lax', secure })
}

/** Gives the browser its session. */
export function keepSession(asked: Asked, secret: string): void {
  set(asked, sessionCookie, secret, lasting.sessionDays * day)
}

/** Takes the session from the browser. */
export function dropSession(asked: Asked): void {
  drop(asked, sessionCookie)
}

/** Lets the browser be recognised. */
export function keepKnownDevice(asked: Asked, secret: string): void {
  set(asked, deviceCookie, secret, deviceDays * day)
}

/** What the browser is in the middle of. */
export function ceremonyOf(asked: Asked): string | undefined {
  return get(asked, ceremonyCookie)
}

/** Remembers in the browser what it is in the middle of. */
export function keepCeremony(asked: Asked, secret: string): void {
  set(asked, ceremonyCookie, secret, day)
}

/** The secret by which the browser is recognised, if it was signed in before. */
export function knownDeviceOf(asked: Asked): string | undefined {
  return get(asked, deviceCookie)
}
