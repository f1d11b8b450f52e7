import { oneAddress } from './addresses.ts'

/** A mail server, and how it is spoken to. */
export type MailServer = {
  host: string
  port: number
  /** 'from-the-start': smtps. 'required': STARTTLS or nothing. 'if-offered': also in the clear. */
  encryption: 'from-the-start' | 'required' | 'if-offered'
  login: { user: string; password: string } | undefined
}

const loopback = ['localhost', '127.0.0.1', '::1']

/**
 * Reads the address of a mail server: smtps://user:password@host:465, or smtp://host:587, which must offer STARTTLS
 * unless it is on this machine or ?tls=optional is said. Nothing is left to guess: a password never travels in the
 * clear by accident.
 * @returns undefined for anything else
 */
export function readMailServer(address: string): MailServer | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, hostname, port, username, password, pathname, searchParams, hash } = new URL(address)
  const options = [...searchParams]
  if (!/^smtps?:$/.test(protocol) || hostname === '' || !/^\/?$/.test(pathname) || hash !== '')
    return undefined
  if (options.some(([name, value]) => name !== 'tls' || value !== 'optional')) return undefined
  const host = hostname.replace(/^\[|\]$/g, '')
  const optional = options.length > 0 || loopback.includes(host)
  const fromTheStart = protocol === 'smtps:'
  return {
    host,
    port: port === '' ? (fromTheStart ? 465 : 587) : Number(port),
    encryption: fromTheStart ? 'from-the-start' : optional ? 'if-offered' : 'required',
    login:
      username === ''
        ? undefined
        : { user: decodeURIComponent(username), password: decodeURIComponent(password) }
  }
}

/** Whether the configuration may name this as the mail server. */
export function isMailServer(address: string): boolean {
  return readMailServer(address) !== undefined
}

/** The sender of mail, such as Kopā <kopa@example.eu>. */
export type Sender = { name: string; address: string }

/** Reads “address” or “Name <address>”; undefined for anything else. */
export function readSender(text: string): Sender | undefined {
  const [, name = '', within, bare] = /^(?:([^<>"\p{Cc}]*?)\s*<([^<>]+)>|([^<>]+))$/u.exec(text.trim()) ?? []
  const address = within ?? bare ?? ''
  return oneAddress.test(address) ? { name: name.trim(), address } : undefined
}

/** Whether the configuration may name this as the sender. */
export function isSender(text: string): boolean {
  return readSender(text) !== undefined
}
