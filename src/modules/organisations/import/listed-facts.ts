import { isSharedHost } from '../domains/shared-hosts.ts'
import { readDomain } from '../identifiers/domain.ts'
import type { FactKind, Statement } from '../record/fact.ts'
import type { CharterHolder } from './charter-holder.ts'

/** The kinds of fact that the list of charter holders speaks of. */
export const listedKinds = [
  'legal-name',
  'country',
  'city',
  'street',
  'postcode',
  'type',
  'website',
  'domain',
  'oid',
  'pic',
  'erasmus-code',
  'charter'
] as const satisfies readonly FactKind[]

/** What the list says of a holder, as statements of its record. */
export function listedStatements(holder: CharterHolder): Statement[] {
  const one = (kind: (typeof listedKinds)[number], value: string | undefined): Statement[] =>
    value === undefined ? [] : [{ kind, detail: '', value }]
  return [
    ...one('legal-name', holder.legalName),
    ...one('country', holder.country),
    ...one('city', holder.city),
    ...one('street', holder.street),
    ...one('postcode', holder.postcode),
    // Only higher education institutions can hold the charter.
    ...one('type', 'higher-education-institution'),
    ...one('website', holder.website),
    ...one('domain', domainOf(holder.website)),
    ...one('oid', holder.oid),
    ...one('pic', holder.pic),
    ...one('erasmus-code', holder.erasmusCode),
    {
      kind: 'charter',
      detail: '',
      // A copy of the list without the numbers of proposals still tells charters apart by their days.
      value: holder.proposal ?? holder.erasmusCode.replaceAll(/ +/g, ' '),
      validFrom: holder.from,
      validUntil: holder.until
    }
  ]
}

function domainOf(website: string | undefined): string | undefined {
  const read = website === undefined ? undefined : readDomain(website)
  return read && 'value' in read && !isSharedHost(read.value) ? read.value : undefined
}
