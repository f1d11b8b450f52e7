import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import type { Temporal } from 'temporal-polyfill'

/** Seconds that a code lasts; the one before and the one after are taken, too: clocks differ. */
const period = 30

/** A new secret, and how an app is told it. */
export type NewCodes = {
  /** In base32, for typing it. */
  key: string
  /** A QR code, as the address of an image. */
  picture: string
}

/** Makes a secret for somebody's app. @param email under which the app lists it */
export function newCodes(email: string): NewCodes {
  return codesOf(new Secret({ size: 20 }).base32, email)
}

/** The same for a secret that was shown before: a wrong code does not ask for another scan. */
export function codesOf(key: string, email: string): NewCodes {
  const uri = totpOf(Secret.fromBase32(key), email).toString()
  const svg = renderSVG(uri, { border: 3, ecc: 'M' })
  return { key, picture: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` }
}

/** The bytes of a key that came back with a form; undefined when it is none of ours. */
export function secretOf(key: string): Uint8Array | undefined {
  return /^[A-Z2-7]{32}$/.test(key) ? new Uint8Array(Secret.fromBase32(key).buffer) : undefined
}

/**
 * In which time step a code belongs, counted as in RFC 6238; undefined when it is wrong now. A step that was used
 * before is for the caller to refuse.
 */
export function stepOf(secret: Uint8Array, code: string, now: Temporal.Instant): number | undefined {
  const token = code.replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const timestamp = now.epochMilliseconds
  const buffer = new Uint8Array(secret).buffer
  const delta = totpOf(new Secret({ buffer }), '').validate({ token, timestamp, window: 1 })
  return delta === null ? undefined : Math.floor(timestamp / 1000 / period) + delta
}

function totpOf(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer: 'Kopā', label, secret, algorithm: 'SHA1', digits: 6, period })
}
