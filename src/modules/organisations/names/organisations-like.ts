import { countryName } from '#modules/programmes'
import type { Suggested } from '#shared/design/suggested.ts'
import type { Language } from '#shared/texts/language.ts'

const most = 6

/** As the API names one (api.ts, suggestions). */
type Found = { code: string; name: string; country: string; city?: string }

/**
 * Organisations of the register that may be meant by what somebody types, asked in the browser.
 * @param address where the one with a code is to be opened, or chosen
 */
export async function organisationsLike(
  asked: string,
  {
    language,
    address,
    signal
  }: { language: Language; address: (code: string) => string; signal: AbortSignal }
): Promise<Suggested[]> {
  const answer = await fetch(`/api/v1/organisations/suggestions?q=${encodeURIComponent(asked)}`, { signal })
  if (!answer.ok) return []
  const { organisations } = (await answer.json()) as { organisations: Found[] }
  return organisations.slice(0, most).map(({ code, name, city, country }) => ({
    href: address(code),
    label: name,
    beside: [city, countryName(country, language)].filter(Boolean).join(', ')
  }))
}
