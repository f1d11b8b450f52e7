import type { KeysOf, Say } from '../texts/language.ts'

/** Why nothing was fetched. */
export type OutboundRefusal = {
  refused:
    | 'not-an-address' // no URL, or neither http nor https
    | 'with-password' // a name and password in the address
    | 'not-public' // a private address, or another port than 80 and 443
    | 'unknown-host'
    | 'unreachable' // no connection, or an encryption that cannot be trusted
    | 'too-many-redirects'
    | 'redirected' // something that was sent cannot be sent on
    | 'less-secure' // from https to http
    | 'too-large'
    | 'too-slow'
    | 'bad-answer' // no HTTP, or packed in a way nobody asked for
  /** Where it ended: the last address of a chain of redirects. */
  url: string
}

/** The texts: texts/<language>/outbound.json. */
export type OutboundKey = KeysOf<'outbound'>

/** Why an address could not be read, for the person who gave it. */
export function outboundRefusalText({ refused, url }: OutboundRefusal, t: Say<OutboundKey>): string {
  return t(`outbound.refused.${refused}`, { url: url.slice(0, 200) })
}
