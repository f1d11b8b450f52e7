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

function openPartners(matcher: Matcher, of: Encoded): Missing[] {
  return of.partners.flatMap((partner) =>
    matcher.match(partner, of) === MAYBE ? whatOf(matcher, partner.index, of) : []
  )
}

function whatOf(matcher: Matcher, index: number, of: Encoded): Missing[] {
  const open = matcher.whyNot(of.partners[index]!, of)
  return open ? [{ of: 'partner', partner: index, what: open.why }] : []
}
