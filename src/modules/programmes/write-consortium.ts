import type { Partner } from '#shared/rules/consortium.ts'
import { partnerFields } from './read-partner.ts'
import type { ConsortiumRequest } from './read-consortium.ts'

/** A request as the plain data of a consortium file: what `readConsortium` reads back as the same request. */
export function consortiumFile({ action, edition, consortium }: ConsortiumRequest): Record<string, unknown> {
  const { field, durationMonths, grantEur, partners, answers } = consortium
  return {
    ...(action !== undefined && { action }),
    ...(field !== undefined && { field }),
    ...(edition !== undefined && { callYear: edition }),
    ...(durationMonths !== undefined && { durationMonths }),
    ...(grantEur !== undefined && { grantEur }),
    partners: partners.map(partnerInFile),
    ...(answers !== undefined && { answers })
  }
}

/** The consortium file as JSON, for a download. */
export function writeConsortiumJson(request: ConsortiumRequest): string {
  return `${JSON.stringify(consortiumFile(request), null, 2)}\n`
}

function partnerInFile(partner: Partner): Record<string, unknown> {
  const fields = partnerFields.flatMap((field) => {
    const value = partner[field]
    if (value === undefined) return []
    // People count partners from 1.
    return [
      [field, Array.isArray(value) && field === 'independentOf' ? value.map((one) => Number(one) + 1) : value]
    ]
  })
  return Object.fromEntries(fields)
}
