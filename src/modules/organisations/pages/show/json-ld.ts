import type { Contact } from '../../record/contact.ts'
import type { OrganisationView } from '../../reads.ts'

/** Kinds of organisation in the words of schema.org. */
const schemaTypes: Readonly<Record<string, string>> = {
  'higher-education-institution': 'CollegeOrUniversity',
  school: 'School',
  'vet-provider': 'EducationalOrganization',
  'adult-education-provider': 'EducationalOrganization',
  enterprise: 'Corporation',
  'research-institute': 'ResearchOrganization',
  'public-body': 'GovernmentOrganization',
  'school-authority': 'GovernmentOrganization',
  ngo: 'NGO',
  foundation: 'NGO',
  'sport-organisation': 'SportsOrganization',
  'social-partner': 'WorkersUnion'
}

/**
 * An organisation as schema.org data for search engines: only what everybody may see. Ready to stand inside a script
 * element: nothing in it can end one.
 */
export function jsonLdOf(
  view: OrganisationView,
  contacts: readonly Contact[],
  origin: string,
  language: string
): string {
  const open = new Set(['name', 'place', 'type', ...view.shown])
  const groups: Readonly<Record<string, string>> = {
    street: 'address',
    postcode: 'address',
    website: 'web',
    oid: 'identifiers',
    pic: 'identifiers',
    'erasmus-code': 'identifiers',
    schac: 'identifiers',
    description: 'description',
    logo: 'description'
  }
  const facts = view.facts.filter(
    ({ kind, by }) =>
      groups[kind] === undefined || open.has(groups[kind]) || by.some(({ source }) => source === 'list')
  )
  const one = (kind: string, detail = '') =>
    facts.find((fact) => fact.kind === kind && fact.detail === detail)?.value
  const address = `${origin}/${language}/organisations/${view.code}`
  const data = {
    '@context': 'https://schema.org',
    '@type': schemaTypes[view.type ?? ''] ?? 'Organization',
    '@id': address,
    url: webAddress(one('website')),
    name: view.name,
    legalName: one('legal-name'),
    alternateName: someOf(
      facts.filter(({ kind }) => kind === 'name' || kind === 'latin-name').map(({ value }) => value)
    ),
    description: one('description', language) ?? one('description', 'en') ?? one('description', 'lv'),
    logo: one('logo') && `${address}/logo`,
    address: {
      '@type': 'PostalAddress',
      streetAddress: one('street'),
      postalCode: one('postcode'),
      addressLocality: one('city'),
      addressCountry: view.country
    },
    identifier: [
      { '@type': 'PropertyValue', propertyID: 'Kopā', value: view.code },
      ...(['oid', 'pic', 'erasmus-code', 'schac'] as const).flatMap((kind) => {
        const value = one(kind)
        return value ? [{ '@type': 'PropertyValue', propertyID: kind, value }] : []
      })
    ],
    contactPoint: someOf(
      contacts
        .filter(({ shown }) => shown)
        .map(({ purpose, name, email, phone }) => ({
          '@type': 'ContactPoint',
          contactType: purpose,
          name,
          email,
          telephone: phone
        }))
    )
  }
  // “</script>” and “<!--” would end or change the element they stand in.
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
}

/** What is not there is left out. */
function someOf<Item>(items: Item[]): Item[] | undefined {
  return items.length > 0 ? items : undefined
}

/** Lists write addresses without https://. */
function webAddress(written: string | undefined): string | undefined {
  if (written === undefined) return undefined
  const address = /^https?:\/\//i.test(written) ? written : `https://${written}`
  return URL.canParse(address) ? address : undefined
}
