import { z } from 'zod'
import type { Programmes } from '#server/programmes'
import { oneOf, optionalLine, optionalWebAddress } from '#shared/forms/fields.ts'
import { isSharedHost } from '../domains/shared-hosts.ts'
import { readDomain } from '../identifiers/domain.ts'
import {
  countryField,
  identifierField,
  latinNameField,
  nameField,
  registerNumberOf,
  registerNumberProblem
} from './fields.server.ts'
import type { Statement } from './fact.ts'

/** What somebody who registers an organisation says of it: enough to find it again and to tell it apart. */
export function registrationSchema({ programme }: Programmes) {
  const types = programme.types.map(({ id }) => id) as [string, ...string[]]
  return z
    .object({
      name: nameField(),
      latinName: latinNameField(),
      country: countryField(),
      city: optionalLine(100),
      type: oneOf(types),
      website: optionalWebAddress(),
      oid: identifierField('oid'),
      pic: identifierField('pic'),
      registerNumber: optionalLine(40),
      /** Codes of organisations that were offered and are others. */
      seen: z.preprocess(
        (given) => (typeof given === 'string' ? given.split(/[\s,]+/).filter(Boolean) : (given ?? [])),
        z.array(z.string().max(40)).max(100)
      )
    })
    .check(({ value, issues }) => {
      const message = registerNumberProblem(value.country, value.registerNumber)
      if (message) issues.push({ code: 'custom', path: ['registerNumber'], message, input: value })
    })
}

export type Registration = z.output<ReturnType<typeof registrationSchema>>

/** What was said, as statements of the record. */
export function statementsOf(given: Registration): Statement[] {
  const one = (kind: Statement['kind'], value: string | undefined, detail = ''): Statement[] =>
    value === undefined ? [] : [{ kind, detail, value }]
  return [
    ...one('legal-name', given.name),
    ...one('latin-name', given.latinName),
    ...one('country', given.country),
    ...one('city', given.city),
    ...one('type', given.type),
    ...one('website', given.website),
    ...one('domain', given.website && domainOf(given.website)),
    ...one('oid', given.oid),
    ...one('pic', given.pic),
    ...one(
      'register-number',
      given.registerNumber && registerNumberOf(given.country, given.registerNumber),
      given.country
    )
  ]
}

/** A page at a site builder or in a social network is a website, but no domain of one's own. */
function domainOf(website: string): string | undefined {
  const read = readDomain(website)
  return 'value' in read && !isSharedHost(read.value) ? read.value : undefined
}
