import * as client from 'openid-client'
import type { Language } from '#shared/texts/language.ts'
import type { ProviderEntry } from './providers-file.server.ts'

/** Somebody, as a provider knows them. */
export type OutsidePerson = {
  /** What the provider calls them; stays the same. */
  subject: string
  name: string
  email: string | undefined
  /** Whether the provider saw that the address is theirs. */
  emailConfirmed: boolean
  /** Whether the provider asked for two factors. */
  secondFactor: boolean
}

/** What is remembered while somebody is away at a provider. */
export type Journey = { state: string; nonce: string; verifier: string; fresh: boolean }

/** Why somebody came back without being known: they changed their mind, or something does not work. */
export type NotKnown = { failed: 'stopped' | 'failed'; why: string }

/** The providers of an installation. One object for the whole process: what was discovered is kept in it. */
export type Providers = {
  list: readonly Pick<ProviderEntry, 'id' | 'name'>[]
  /** Where a browser is sent, and what to remember; undefined when the provider cannot be reached or is none. */
  begin: (id: string, journey: BeginJourney) => Promise<{ url: string; journey: Journey } | undefined>
  /** Who came back. @param url the address under which they came back, as the provider made it */
  finish: (id: string, url: URL, journey: Journey) => Promise<OutsidePerson | NotKnown>
  /** Reaches for each, so that health can tell. */
  tryAll: () => Promise<void>
  /** Whether each could be reached when it was tried last. */
  health: () => Record<string, 'ok' | 'unreachable' | 'not-tried'>
}

type BeginJourney = {
  /** Where the provider sends the browser back to. */
  back: string
  language: Language
  /** Whether the provider must ask anew for a proof, also of somebody whom it remembers. */
  fresh: boolean
}

// A provider that does not answer is asked again after so long.
const patience = 30_000 // not of a guide: milliseconds
// Seconds that a provider has to answer.
const timeout = 10
// How old a proof may be that was asked for anew, in seconds: typing takes its time.
const freshFor = 300

/** Providers by their entries. Nothing is asked of them before the first is needed, so a start never waits. */
export function openProviders(entries: readonly ProviderEntry[], now: () => number): Providers {
  const known = new Map(entries.map((entry) => [entry.id, { entry, discovered: discovery(entry, now) }]))
  return {
    list: entries.map(({ id, name }) => ({ id, name })),
    async begin(id, { back, language, fresh }) {
      const provider = known.get(id)
      const configuration = await provider?.discovered.configuration()
      if (!provider || !configuration) return undefined
      const verifier = client.randomPKCECodeVerifier()
      const journey = { state: client.randomState(), nonce: client.randomNonce(), verifier, fresh }
      const acr = provider.entry['acr-values']
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: back,
        scope: provider.entry.scopes.join(' '),
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ui_locales: language,
        ...(acr && { acr_values: acr.join(' ') }),
        ...wantsToKnow(provider.entry, configuration),
        ...(fresh && { prompt: 'login', max_age: '0' })
      })
      return { url: url.href, journey }
    },
    async finish(id, url, journey) {
      const provider = known.get(id)
      const configuration = await provider?.discovered.configuration()
      if (!provider || !configuration) return { failed: 'failed', why: 'the provider cannot be reached' }
      try {
        const tokens = await client.authorizationCodeGrant(configuration, url, {
          expectedState: journey.state,
          expectedNonce: journey.nonce,
          pkceCodeVerifier: journey.verifier,
          idTokenExpected: true,
          ...(journey.fresh && { maxAge: freshFor })
        })
        const claims = tokens.claims()!
        const email = provider.entry.claims.email
        // Some keep the address out of the token.
        const more =
          claims[email] === undefined && configuration.serverMetadata().userinfo_endpoint
            ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
            : {}
        return personOf(provider.entry, { ...more, ...claims })
      } catch (error) {
        return notKnown(error)
      }
    },
    tryAll: async () => {
      await Promise.all([...known.values()].map(({ discovered }) => discovered.configuration()))
    },
    health: () => Object.fromEntries([...known].map(([id, { discovered }]) => [id, discovered.health()]))
  }
}

/** Asks a provider where its doors are, once it is needed; what failed is tried again after a while. */
function discovery(entry: ProviderEntry, now: () => number) {
  let asked: Promise<client.Configuration | undefined> | undefined
  let health: 'ok' | 'unreachable' | 'not-tried' = 'not-tried'
  let failedAt = 0
  const ask = async () => {
    try {
      const secret = entry['client-secret']
      const insecure = entry.issuer.startsWith('http:') ? [client.allowInsecureRequests] : []
      const found = await client.discovery(
        new URL(entry.issuer),
        entry['client-id'],
        undefined,
        secret ? client.ClientSecretBasic(secret) : client.None(),
        { timeout, execute: insecure }
      )
      health = 'ok'
      return found
    } catch {
      health = 'unreachable'
      failedAt = now()
      return undefined
    }
  }
  return {
    configuration: () => {
      if (health === 'unreachable' && now() - failedAt > patience) asked = undefined
      return (asked ??= ask())
    },
    health: () => health
  }
}

/** Asks how the proof was given, of a provider that can be asked: some say it only then. */
function wantsToKnow(
  { 'second-factor': counts }: ProviderEntry,
  configuration: client.Configuration
): object {
  const asked = [counts.acr.length > 0 && 'acr', counts.amr.length > 0 && 'amr'].filter(Boolean)
  if (asked.length === 0 || !configuration.serverMetadata().claims_parameter_supported) return {}
  const idToken = Object.fromEntries(asked.map((claim) => [claim, null]))
  return { claims: JSON.stringify({ id_token: idToken }) }
}

/** What the claims say, by the provider's own names for things. */
function personOf(entry: ProviderEntry, claims: Record<string, unknown> & { sub: string }): OutsidePerson {
  const said = (name: string) => (typeof claims[name] === 'string' ? (claims[name] as string).trim() : '')
  const { acr, amr } = entry['second-factor']
  const given = Array.isArray(claims.amr) ? claims.amr : []
  return {
    subject: claims.sub,
    name: [entry.claims.name].flat().map(said).filter(Boolean).join(' '),
    email: said(entry.claims.email) || undefined,
    emailConfirmed: entry['emails-are-confirmed'] || claims[entry.claims['email-confirmed']] === true,
    secondFactor: acr.includes(said('acr')) || given.some((method) => amr.includes(method as string))
  }
}

function notKnown(error: unknown): NotKnown {
  if (error instanceof client.AuthorizationResponseError) {
    const failed = error.error === 'access_denied' ? 'stopped' : 'failed'
    return { failed, why: error.error }
  }
  return { failed: 'failed', why: (error as Error).message }
}
