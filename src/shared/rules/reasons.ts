import { formatList, formatMoney, formatNumber } from '#shared/texts/format.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import type { CheckResult, Verdict } from './check.ts'
import type { Partner } from './consortium.ts'
import { LEFT_OUT, type Encoded, type EncodedPartner } from './encode.ts'
import type { Finding, Limits, Missing } from './findings.ts'
import { MAYBE, NO, YES, type Lexicon } from './lexicon.ts'
import { missingOf } from './missing.ts'
import type { ValueName } from './vocabulary.ts'
import type { Matcher, WhyNot } from './who.ts'

/** The names of things in the reader's language; the shared rules know none by themselves. */
export type Names = {
  kind: (id: string) => string
  /** Country code → name. */
  country: (code: string) => string
  /** The words of a question of the action, by its key. */
  question: (key: string) => string
  /** The words of an option of a question. */
  option: (key: string, value: unknown) => string
  field: (id: string) => string
  /** Country set → its name. */
  countrySet: (name: string) => string
}

/** What putting findings into words needs. */
export type Speech = {
  t: Say<KeysOf<'rules'>>
  language: Language
  names: Names
  lexicon: Lexicon
}

const MOST_NAMES = 8

/** Why a rule is answered as it is: what was found, what is needed, who counts and who does not and why. */
export function reasonOf(verdict: Verdict, { encoded }: CheckResult, speech: Speech): string {
  return say(verdict.finding, encoded, speech)
}

function say(finding: Finding, of: Encoded, speech: Speech): string {
  const { t } = speech
  switch (finding.about) {
    case 'met':
      return t('rules.met')
    case 'organisations':
    case 'countries':
      return countReason(finding, of, speech)
    case 'own-country':
      return finding.doubled.length > 0
        ? t('rules.own-country.doubled', {
            names: listed(
              finding.doubled.map((index) => named(of, index, speech)),
              speech
            )
          })
        : t('rules.own-country.open')
    case 'each-country':
      return eachCountryReason(finding, of, speech)
    case 'ratio':
      return t('rules.ratio.found', { found: finding.found, needed: finding.needed })
    case 'everyone':
      return everyoneReason(finding, of, speech)
    case 'one-group':
      return [
        ...(finding.outside.length > 0
          ? [
              t('rules.one-group.outside', {
                names: listed(
                  finding.outside.map((index) => withCountry(of, index, speech)),
                  speech
                )
              })
            ]
          : []),
        ...(finding.undecided.length > 0
          ? [t('rules.one-group.open', { names: openList(finding.undecided, finding.matcher, of, speech) })]
          : [])
      ].join(' ')
    case 'value':
      return valueReason(finding, speech, of)
    case 'fields':
      return fieldsReason(finding, speech)
    case 'answer':
      return answerReason(finding, speech, of)
    case 'any-of': {
      const parts = finding.parts.map((part) => say(part, of, speech)).join(` ${t('rules.any-of.or')} `)
      return finding.answer === 'not-met'
        ? t('rules.any-of.none', { parts })
        : t('rules.any-of.open', { parts })
    }
    case 'all-of':
      return finding.parts.map((part) => say(part, of, speech)).join(' ')
    case 'exactly-one-of':
      return t('rules.exactly-one-of.wrong', {
        parts: finding.parts.map((part) => say(part, of, speech)).join(' ')
      })
    case 'not-asked':
      return t('rules.not-asked')
    case 'condition':
      return [
        t('rules.condition.open'),
        missingSentence(finding.missing, of, speech),
        t('rules.condition.then', { reason: say(finding.otherwise, of, speech) })
      ].join(' ')
    case 'in-the-form':
      return t('rules.in-the-form')
    case 'assessor':
      return t('rules.assessor')
  }
}

function countReason(
  finding: Extract<Finding, { about: 'organisations' | 'countries' }>,
  of: Encoded,
  speech: Speech
): string {
  const { t, language } = speech
  const { matcher, found, atLeast, atMost } = finding
  const needed =
    atLeast !== undefined && atLeast === atMost
      ? [t('rules.count.exactly', { value: atLeast })]
      : [
          ...(atLeast === undefined ? [] : [t('rules.count.at-least', { value: atLeast })]),
          ...(atMost === undefined ? [] : [t('rules.count.at-most', { value: atMost })])
        ]
  const sentence = finding.about === 'organisations' ? 'rules.count.organisations' : 'rules.count.countries'
  const counted = present(of).filter((partner) => matcher.match(partner, of) === YES)
  const open = present(of).filter((partner) => matcher.match(partner, of) === MAYBE)
  const out = present(of).filter((partner) => matcher.match(partner, of) === NO)
  const reasons = out.map(
    (partner) => `${named(of, partner.index, speech)} (${whyNot(partner, matcher, of, speech)})`
  )
  const parts = [t(sentence, { found, needed: formatList(needed, language) })]
  if (counted.length > 0) {
    parts.push(
      t('rules.count.counted', {
        names: listed(
          counted.map(({ index }) => named(of, index, speech)),
          speech
        )
      })
    )
  }
  if (open.length > 0) {
    parts.push(
      t('rules.count.might-count', {
        names: openList(
          open.map(({ index }) => index),
          matcher,
          of,
          speech
        )
      })
    )
  }
  if (reasons.length > 0) parts.push(t('rules.count.not-counted', { names: listed(reasons, speech) }))
  return parts.join(' ')
}

function eachCountryReason(
  finding: Extract<Finding, { about: 'each-country' }>,
  of: Encoded,
  speech: Speech
): string {
  const { t, lexicon, names, language } = speech
  const parts = finding.lacking.map(({ country, needs }) =>
    t('rules.each-country.lacking', {
      country: names.country(lexicon.countryCodes[country]!),
      needs: formatList(
        needs.map(({ need, found, atLeast }) => {
          const kinds = kindsOf(finding.needs[need]!.matcher, speech)
          return kinds
            ? t('rules.each-country.need', { found, needed: atLeast, kinds })
            : t('rules.each-country.need-any', { found, needed: atLeast })
        }),
        language
      )
    })
  )
  if (typeof finding.needed === 'number') {
    parts.unshift(t('rules.each-country.satisfied', { found: finding.satisfied, needed: finding.needed }))
  }
  if (finding.undecided.length > 0) {
    const open = finding.undecided.map((index) => named(of, index, speech))
    parts.push(t('rules.each-country.open', { names: listed(open, speech) }))
  }
  return parts.join(' ')
}

function everyoneReason(
  { breaking, undecided, who, must }: Extract<Finding, { about: 'everyone' }>,
  of: Encoded,
  speech: Speech
): string {
  const { t } = speech
  const parts: string[] = []
  if (breaking.length > 0) {
    const names = breaking.map(
      (index) => `${named(of, index, speech)} (${whyNot(of.partners[index]!, must, of, speech)})`
    )
    parts.push(t('rules.everyone.breaking', { names: listed(names, speech) }))
  }
  if (undecided.length > 0) {
    const names = undecided.map((index) => {
      const partner = of.partners[index]!
      const open = who.match(partner, of) === MAYBE ? who.whyNot(partner, of) : must.whyNot(partner, of)
      return `${named(of, index, speech)} (${t(`rules.open.${open?.why ?? 'kind'}`)})`
    })
    parts.push(t('rules.everyone.open', { names: listed(names, speech) }))
  }
  return parts.join(' ')
}

function valueReason(finding: Extract<Finding, { about: 'value' }>, speech: Speech, of: Encoded): string {
  const { t } = speech
  if (finding.missing.length > 0) return missingSentence(finding.missing, of, speech)
  const { name, given, limits } = finding
  return t('rules.value.given', {
    value: given === undefined ? '–' : quantity(name, given, speech),
    limits: limitsText(name, limits, speech)
  })
}

function fieldsReason(
  { given, fields }: Extract<Finding, { about: 'fields' }>,
  { t, language, names }: Speech
): string {
  return t('rules.fields.given', {
    given: names.field(given),
    fields: formatList(fields.map(names.field), language, 'or')
  })
}

function answerReason(finding: Extract<Finding, { about: 'answer' }>, speech: Speech, of: Encoded): string {
  const { t, names } = speech
  if (finding.answer === 'unknown') return missingSentence([{ of: 'answer', key: finding.key }], of, speech)
  if (Array.isArray(finding.given)) return t('rules.answer.picked', { picked: finding.picked })
  return t('rules.answer.given', { given: names.option(finding.key, finding.given) })
}

/** A number with its unit: months, euros, or as it is. */
export function quantity(
  name: ValueName,
  value: number,
  { t, language }: Pick<Speech, 't' | 'language'>
): string {
  if (name === 'durationMonths') return t('rules.value.months', { value })
  if (name === 'grantEur') return formatMoney(value * 100, language)
  return formatNumber(value, language)
}

function limitsText(name: ValueName, { oneOf, atLeast, atMost }: Limits, speech: Speech): string {
  const { t, language } = speech
  const q = (value: number) => quantity(name, value, speech)
  if (oneOf) return formatList(oneOf.map(q), language, 'or')
  if (atLeast !== undefined && atMost !== undefined)
    return t('rules.value.between', { from: q(atLeast), to: q(atMost) })
  if (atLeast !== undefined) return t('rules.value.at-least', { value: q(atLeast) })
  return t('rules.value.at-most', { value: q(atMost ?? 0) })
}

/** What the answer still waits for, as a sentence. */
export function missingSentence(missing: readonly Missing[], of: Encoded, speech: Speech): string {
  const items = [...new Set(missing.map((one) => missingText(one, of, speech)))]
  return speech.t('rules.missing.sentence', { items: listed(items, speech) })
}

/** One thing that would settle an open answer. */
export function missingText(missing: Missing, of: Encoded, speech: Speech): string {
  const { t, names } = speech
  switch (missing.of) {
    case 'partner':
      return t(`rules.missing.${missing.what}`, { partner: named(of, missing.partner, speech) })
    case 'answer':
      return t('rules.missing.answer', { question: names.question(missing.key) })
    case 'field':
      return t('rules.missing.field')
    case 'value':
      return missing.name === 'durationMonths'
        ? t('rules.missing.durationMonths')
        : t('rules.missing.grantEur')
  }
}

/** Everything that would settle an undetermined answer, each once. */
export function openPoints({ verdicts, encoded }: CheckResult): Missing[] {
  const all = verdicts
    .filter(({ answer, rule }) => answer === 'unknown' && rule.spec.severity === 'block')
    .flatMap(({ finding }) => missingOf(finding, encoded))
  const seen = new Set<string>()
  return all.filter((missing) => {
    const key = JSON.stringify(missing)
    return !seen.has(key) && Boolean(seen.add(key))
  })
}

function whyNot(partner: EncodedPartner, matcher: Matcher, of: Encoded, speech: Speech): string {
  const { t, names, language } = speech
  const why: WhyNot = matcher.whyNot(partner, of)?.why ?? 'role'
  const given = of.consortium.partners[partner.index]
  if (why === 'role') return t('rules.why.role', { role: given?.role ?? 'other' })
  if (why === 'kind')
    return t('rules.why.kind', {
      type: given?.type ? names.kind(given.type).toLocaleLowerCase(language) : '?'
    })
  if (why === 'country' || why === 'coordinator-country') {
    return t(`rules.why.${why}`, { country: given?.country ? names.country(given.country) : '?' })
  }
  return t(`rules.why.${why}`)
}

function openList(indices: readonly number[], matcher: Matcher, of: Encoded, speech: Speech): string {
  return listed(
    indices.map((index) => {
      const open = matcher.whyNot(of.partners[index]!, of)
      return `${named(of, index, speech)} (${speech.t(`rules.open.${open?.why ?? 'country'}`)})`
    }),
    speech
  )
}

function kindsOf({ who }: Matcher, { names, language }: Speech): string {
  return formatList((who.are ?? []).map(names.kind), language, 'or')
}

/** The organisation's own name, or its number in the list. */
export function named(of: Encoded, index: number, { t }: Pick<Speech, 't'>): string {
  const partner: Partner | undefined = of.consortium.partners[index]
  return partner?.name?.trim() || t('rules.partner.unnamed', { number: index + 1 })
}

function withCountry(of: Encoded, index: number, speech: Speech): string {
  const country = of.consortium.partners[index]?.country
  return `${named(of, index, speech)} (${country ? speech.names.country(country) : '?'})`
}

function listed(items: readonly string[], { t, language }: Speech): string {
  if (items.length <= MOST_NAMES) return formatList(items, language)
  const rest = t('rules.list.more', { count: items.length - MOST_NAMES })
  return formatList([...items.slice(0, MOST_NAMES), rest], language)
}

function present(of: Encoded): EncodedPartner[] {
  return of.partners.filter(({ role }) => role !== LEFT_OUT)
}
