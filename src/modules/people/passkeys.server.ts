import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  type WebAuthnCredential,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse
} from '@simplewebauthn/server'
import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import type { Person } from './persons.server.ts'
import './people-tables.server.ts'

/*
 * Passkeys (WebAuthn). The device asks for a finger, a face or a PIN each time (user verification is required), so
 * that one passkey counts as two factors: having the device, and being or knowing what opens it.
 */

/** EdDSA, ES256, RS256: what devices sign with today. */
const algorithms = [-8, -7, -257]

/** A passkey, as its owner sees it. */
export type Passkey = {
  id: string
  name: string
  added: Temporal.Instant
  lastUsed: Temporal.Instant | null
}

/** What the browser is told to make a passkey. @param origin of the site, such as https://kopa.example.eu */
export async function optionsToAdd(
  database: Database,
  origin: string,
  person: Person
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const held = await passkeyRows(database, person.id)
  return generateRegistrationOptions({
    rpName: 'Kopā',
    rpID: new URL(origin).hostname,
    // The device keeps it beside the passkey, and gives it back when it signs.
    userID: new TextEncoder().encode(person.id),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: held.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
  })
}

/** What the browser is told to sign in by a passkey, whoever's it is. */
export async function optionsToSignIn(origin: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({ rpID: new URL(origin).hostname, userVerification: 'required' })
}

/** A passkey that was just made, checked; undefined when something about it is wrong. */
export type MadePasskey = { id: string; publicKey: Buffer; counter: number; transports: string[] }

/** Checks what a browser says it made. Nothing of it is believed before. */
export async function checkMade(
  origin: string,
  challenge: string,
  response: unknown
): Promise<MadePasskey | undefined> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms
    })
    if (!verified) return undefined
    const { id, publicKey, counter, transports } = registrationInfo.credential
    return { id, publicKey: Buffer.from(publicKey), counter, transports: transports ?? [] }
  } catch {
    // The library throws on whatever is malformed; from outside that is a wrong answer, no accident.
    return undefined
  }
}

/**
 * Checks a signature of a passkey, and notes that it was used.
 * @returns whose it is; undefined when it is nobody's, or wrong, or its counter says that it was copied
 */
export async function checkSigned(
  database: Database,
  origin: string,
  challenge: string,
  response: unknown
): Promise<{ person: string; passkey: string } | undefined> {
  const id = (response as { id?: unknown } | null)?.id
  if (typeof id !== 'string') return undefined
  const row = await database.selectFrom('people.passkey').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      requireUserVerification: true,
      credential: {
        id: row.id,
        publicKey: new Uint8Array(row.public_key),
        counter: Number(row.counter),
        transports: row.transports as NonNullable<WebAuthnCredential['transports']>
      }
    })
    if (!verified) return undefined
    await database
      .updateTable('people.passkey')
      .set({ counter: authenticationInfo.newCounter, last_used_at: sql`clock_timestamp()` })
      .where('id', '=', row.id)
      .execute()
    return { person: row.person, passkey: row.id }
  } catch {
    return undefined
  }
}

/** Somebody's passkeys, the oldest first. */
export async function passkeysOf(database: Database, person: string): Promise<Passkey[]> {
  return (await passkeyRows(database, person)).map(({ id, name, added_at, last_used_at }) => ({
    id,
    name,
    added: added_at,
    lastUsed: last_used_at
  }))
}

function passkeyRows(database: Database, person: string) {
  return database
    .selectFrom('people.passkey')
    .selectAll()
    .where('person', '=', person)
    .orderBy('added_at')
    .execute()
}
