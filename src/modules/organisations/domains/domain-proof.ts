/** How an organisation shows that it runs a web domain. */
export const proofMethods = ['dns', 'file', 'mail'] as const

export type ProofMethod = (typeof proofMethods)[number]

/** Mailboxes that only those who run a domain read. */
export const mailboxes = ['postmaster', 'hostmaster', 'webmaster', 'info'] as const

export type Mailbox = (typeof mailboxes)[number]

/** How long somebody has to put the proof in its place, and how long a link in a mail works; in days. */
export const proofDays = 30
export const mailDays = 3

/** A proof by record or file is looked for again after so many days, and lost after it was missing for so many. */
export const lookAgainDays = 7
export const missingDays = 28

/** A proof by mail says who ran the domain on one day; after so many days it is over. */
export const mailProofDays = 365

/** Where the TXT record stands. */
export function recordName(domain: string): string {
  return `_kopa.${domain}`
}

/** What the record and the file say. */
export function proofLine(token: string): string {
  return `kopa-organisation=${token}`
}

/** The address of the file. */
export function fileAddress(domain: string): string {
  return `https://${domain}/.well-known/kopa-organisation.txt`
}

/** Whether a text holds the proof: on a line of its own, whatever else stands there. */
export function holdsProof(text: string, token: string): boolean {
  return text.split(/\r?\n/).some((line) => line.trim() === proofLine(token))
}

/**
 * What a proof of the domain would say about who an organisation is.
 * - `own`: it says so · `host`: many who have nothing to do with each other are there · `shared`: other organisations
 *   here have it as well
 */
export type DomainStanding = 'own' | 'host' | 'shared'
