import { type ReadIdentifier, plain } from './identifier.ts'

/**
 * Reads the web domain of an organisation out of what people write: an address of a page, an e-mail address or the
 * domain itself. Letters beyond ASCII become punycode; a leading `www.` is left out.
 */
export function readDomain(written: string): ReadIdentifier {
  const text = plain(written)
  if (text === '') return { problem: 'empty' }
  const named = text
    .replace(/^[a-z][a-z0-9+.-]*:\/*/i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '')
    .replace(/:\d{1,5}$/, '')
  const domain = hostname(named)
  if (domain === undefined) return { problem: 'domain-form' }
  return checked(domain.replace(/^www\.(?=.*\.)/, ''))
}

/** Reads SCHAC's schacHomeOrganization: a domain name, as the institution registered it, and nothing around it. */
export function readSchacHome(written: string): ReadIdentifier {
  const text = plain(written).replace(/^urn:schac:homeorganization:/i, '')
  if (text === '') return { problem: 'empty' }
  const domain = hostname(text)
  return domain === undefined ? { problem: 'domain-form' } : checked(domain)
}

/** Lower case and punycode, as URL makes it; undefined for what can be no host. */
function hostname(text: string): string | undefined {
  if (/[\s/\\@?#:%[\]]/.test(text)) return undefined
  const address = `http://${text}`
  if (!URL.canParse(address)) return undefined
  return new URL(address).hostname.replace(/\.$/, '')
}

function checked(domain: string): ReadIdentifier {
  if (/^\d+(\.\d+){3}$/.test(domain)) return { problem: 'domain-number' }
  const labels = domain.split('.')
  if (labels.length === 1 && /^[a-z0-9-]+$/.test(domain)) return { problem: 'domain-single' }
  const wellFormed =
    domain.length <= 253 &&
    labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/.test(labels.at(-1)!)
  return wellFormed ? { value: domain } : { problem: 'domain-form' }
}
