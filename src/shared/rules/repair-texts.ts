import { formatList, formatMoney } from '#shared/texts/format.ts'
import type { Encoded } from './encode.ts'
import type { RepairChange } from './repairs.ts'
import { named, quantity, type Speech } from './reasons.ts'

const MOST_KINDS = 5

/** A change in words. */
export function changeText(change: RepairChange, of: Encoded, speech: Speech): string {
  const { t, language, names } = speech
  switch (change.kind) {
    case 'add': {
      return t(`rules.change.add-${change.as}`, {
        kinds: kindsText(change, speech),
        places: placesText(change, speech)
      })
    }
    case 'leave-out':
      return t('rules.change.leave-out', { partner: named(of, change.partner, speech) })
    case 'role':
      return t(`rules.change.to-${change.role}`, { partner: named(of, change.partner, speech) })
    case 'coordinator':
      return change.partner < of.partners.length
        ? t('rules.change.coordinator', { partner: named(of, change.partner, speech) })
        : t('rules.change.coordinator-added')
    case 'charter':
      return t('rules.change.charter', { partner: named(of, change.partner, speech) })
    case 'value':
      if (change.name === 'durationMonths') return t('rules.change.durationMonths', { value: change.value })
      if (change.name === 'grantEur') {
        return t('rules.change.grantEur', { value: formatMoney(change.value * 100, language) })
      }
      return t('rules.change.value', {
        question: names.question(change.name.slice('answers.'.length)),
        value: quantity(change.name, change.value, speech)
      })
    case 'answer':
      if (Array.isArray(change.value)) {
        return t('rules.change.choices', { question: names.question(change.key), count: change.value.length })
      }
      return t('rules.change.value', {
        question: names.question(change.key),
        value: names.option(change.key, change.value)
      })
  }
}

type AddChange = Extract<RepairChange, { kind: 'add' }>

function kindsText({ kinds, anyKind }: AddChange, { t, language, names }: Speech): string {
  if (anyKind) return t('rules.change.any-kind')
  const shown = kinds.slice(0, MOST_KINDS).map((kind) => names.kind(kind).toLocaleLowerCase(language))
  if (kinds.length <= MOST_KINDS) return formatList(shown, language, 'or')
  return t('rules.change.many-kinds', { kinds: formatList(shown, language, 'or') })
}

function placesText({ countries, newCountries }: AddChange, speech: Speech): string {
  const { t, language, names, lexicon } = speech
  const places = [
    ...countries.map((country) => names.country(lexicon.countryCodes[country]!)),
    ...new Set(newCountries.map((group) => smallestSet(group, speech)))
  ]
  return places.length === 0 ? t('rules.change.any-place') : formatList(places, language, 'or')
}

/** The narrowest named set all the countries are in. */
function smallestSet(countries: readonly number[], { t, names, lexicon }: Speech): string {
  const codes = countries.map((country) => lexicon.countryCodes[country]!)
  const holding = Object.entries(lexicon.data.sets)
    .filter(([, members]) => codes.every((code) => members.includes(code)))
    .sort(([, a], [, b]) => a.length - b.length)
  const name = holding[0]?.[0]
  return name ? t('rules.change.new-place', { set: names.countrySet(name) }) : t('rules.change.new-place-any')
}
