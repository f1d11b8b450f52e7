import type { Encoded } from './encode.ts'
import type { Finding, Missing } from './findings.ts'
import { MAYBE } from './lexicon.ts'
import type { Matcher } from './who.ts'

/** What an open finding waits for. */
export function missingOf(finding: Finding, of: Encoded): Missing[] {
  if (finding.answer !== 'unknown') return []
  switch (finding.about) {
    case 'organisations':
    case 'countries':
    case 'own-country':
      return openPartners(finding.matcher, of)
    case 'each-country':
      return [
        ...finding.undecided.map((partner): Missing => ({ of: 'partner', partner, what: 'country' })),
        ...finding.needs.flatMap(({ matcher }) => openPartners(matcher, of))
      ]
    case 'ratio':
      return finding.matchers.flatMap((matcher) => openPartners(matcher, of))
    case 'everyone':
      return finding.undecided.flatMap((index) => {
        const partner = of.partners[index]!
        const open = finding.who.match(partner, of) === MAYBE ? finding.who : finding.must
        return whatOf(open, index, of)
      })
    case 'one-group':
      return finding.undecided.map((partner): Missing => ({ of: 'partner', partner, what: 'country' }))
    case 'value':
      return [...finding.missing]
    case 'answer':
      return [{ of: 'answer', key: finding.key }]
    case 'any-of':
    case 'all-of':
    case 'exactly-one-of':
      return finding.parts.flatMap((part) => missingOf(part, of))
    case 'condition':
      return [...finding.missing, ...missingOf(finding.otherwise, of)]
    default:
      return []
  }
}

/**
 * What of the consortium a verdict turns on: what an open one waits for, and what breaks one that is not met. How many
 * take part, and from where, is about the consortium as a whole and names nothing.
 */
export function concernsOf(finding: Finding, of: Encoded): Missing[] {
  const found = finding.answer === 'not-met' ? breakingOf(finding, of) : missingOf(finding, of)
  const named = found.map((one): Missing => {
    const key = one.of === 'value' ? /^answers\.(.+)$/.exec(one.name)?.[1] : undefined
    return key === undefined ? one : { of: 'answer', key }
  })
  return [...new Map(named.map((one) => [JSON.stringify(one), one])).values()]
}

function breakingOf(finding: Finding, of: Encoded): Missing[] {
  switch (finding.about) {
    case 'everyone':
      return finding.breaking.flatMap((index) => whatOf(finding.must, index, of))
    case 'one-group':
      return finding.outside.map((partner): Missing => ({ of: 'partner', partner, what: 'country' }))
    case 'value':
      return [{ of: 'value', name: finding.name }]
    case 'fields':
      return [{ of: 'field' }]
    case 'answer':
      return [{ of: 'answer', key: finding.key }]
    case 'any-of':
    case 'all-of':
    case 'exactly-one-of':
      return finding.parts.flatMap((part) => breakingOf(part, of))
    default:
      return []
  }
}

function openPartners(matcher: Matcher, of: Encoded): Missing[] {
  return of.partners.flatMap((partner) =>
    matcher.match(partner, of) === MAYBE ? whatOf(matcher, partner.index, of) : []
  )
}

function whatOf(matcher: Matcher, index: number, of: Encoded): Missing[] {
  const open = matcher.whyNot(of.partners[index]!, of)
  return open ? [{ of: 'partner', partner: index, what: open.why }] : []
}
