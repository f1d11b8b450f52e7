import { type Field, countryCode, fields } from '#modules/programmes'
import { type BodyKind, bodyKinds } from './body.ts'
import type { Purpose } from './mandate.ts'
import type { BodyListed } from './reads.ts'

/** What a list of bodies is narrowed to. */
export type BodyFilter = {
  kind?: BodyKind | undefined
  /** ISO code: bodies whose mandates reach it; 'europe': bodies of all Europe only. */
  country?: string | undefined
  field?: Field | undefined
}

/** What a body does as what it is: an agency that is also a Euroguidance centre guides careers as the latter only. */
const tasks: Readonly<Partial<Record<BodyKind, readonly Purpose[]>>> = {
  'national-agency': ['manages-actions', 'informs-applicants'],
  'executive-agency': ['manages-actions', 'informs-applicants'],
  'naric-centre': ['recognises-diplomas'],
  'eurodesk-centre': ['informs-youth'],
  'euroguidance-centre': ['guides-careers'],
  'eqf-coordination-point': ['frames-qualifications'],
  'europass-centre': ['presents-skills'],
  'eqavet-reference-point': ['assures-vet-quality'],
  'eurydice-unit': ['describes-education'],
  'youth-wiki-correspondent': ['describes-youth-policy'],
  'here-team': ['reforms-higher-education'],
  'vet-team': ['spreads-vet-tools']
}

/** Reads the choices of an address; what is not known counts as not chosen. */
export function readFilter(given: Pick<URLSearchParams, 'get'>): BodyFilter {
  const country = given.get('country') ?? ''
  return {
    kind: bodyKinds.find((kind) => kind === given.get('kind')),
    country: country === 'europe' ? country : countryCode(country),
    field: fields.find((field) => field === given.get('field'))
  }
}

/** The bodies that fit, each with those of its mandates that fit. */
export function filterBodies(
  listed: readonly BodyListed[],
  { kind, country, field }: BodyFilter
): BodyListed[] {
  return listed
    .filter(({ body }) => kind === undefined || body.kinds.includes(kind))
    .filter(({ body }) => country !== 'europe' || body.country === null)
    .map(({ body, mandates }) => ({
      body,
      mandates: mandates.filter(
        ({ purpose, fields, countries }) =>
          (kind === undefined || (tasks[kind]?.includes(purpose) ?? true)) &&
          (field === undefined || fields === null || fields.includes(field)) &&
          (country === undefined || country === 'europe' || !countries || countries.includes(country))
      )
    }))
    .filter(
      ({ body, mandates }) =>
        mandates.length > 0 || (field === undefined && (country === undefined || body.country === country))
    )
}
