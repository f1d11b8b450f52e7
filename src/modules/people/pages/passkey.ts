import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON
} from '@simplewebauthn/browser'

/** How the browser answered: what it signed or made, as JSON for a form; or why not. */
export type Answer = { credential: string } | { failed: 'stopped' | 'not-possible' | 'too-often' }

/** Asks the browser to sign in by a passkey. @param quietly offers it among remembered names, and waits */
export async function askForPasskey(options: string, quietly: 'quietly' | 'now'): Promise<Answer> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return ask(options, (optionsJSON: PublicKeyCredentialRequestOptionsJSON) =>
    startAuthentication({ optionsJSON, useBrowserAutofill: quietly === 'quietly' })
  )
}

/** Asks the browser to make a passkey. */
export async function makePasskey(options: string): Promise<Answer> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return ask(options, (optionsJSON: PublicKeyCredentialCreationOptionsJSON) =>
    startRegistration({ optionsJSON })
  )
}

/** Whether this browser can offer passkeys among remembered names. */
export async function canOfferPasskeys(): Promise<boolean> {
  const { browserSupportsWebAuthnAutofill } = await import('@simplewebauthn/browser')
  return browserSupportsWebAuthnAutofill()
}

async function ask<Options>(address: string, work: (options: Options) => Promise<object>): Promise<Answer> {
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' } })
  if (answer.status === 429) return { failed: 'too-often' }
  if (!answer.ok) return { failed: 'not-possible' }
  try {
    return { credential: JSON.stringify(await work((await answer.json()) as Options)) }
  } catch (error) {
    // Closing the browser's window is no mistake; the rest is said.
    return { failed: (error as Error).name === 'NotAllowedError' ? 'stopped' : 'not-possible' }
  }
}
