import { countryName } from '#modules/programmes'
import { isSignedIn } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import type { App } from '../../../../app.ts'
import { listOrganisations } from '../../reads.ts'
import { type Facet, facets, questionQuery, readQuestion } from '../../search/search-question.ts'
import type { Event } from '../organisation-page.ts'

/** How many values of a facet are listed; those that are chosen always are. */
const mostValues = 12

/** The list of organisations, by the question in the address. */
export async function load({ locals: { app, language, caller }, url }: Event) {
  const question = readQuestion(url.searchParams)
  const answer = await listOrganisations(app, caller, question)
  const name = namesOf(app, language)
  const kinds = new Map(app.programmes.programme.types.map(({ id, names }) => [id, names[language]]))
  return {
    question,
    found: {
      ...answer,
      organisations: answer.organisations.map((one) => ({ ...one, kind: one.type && kinds.get(one.type) }))
    },
    facets: facets.map((facet) => {
      const values = answer.facets[facet].map(({ value, count }) => ({
        value,
        count,
        label: name(facet, value)
      }))
      const chosen = question.chosen[facet]
      // What was chosen and finds nothing any more has to stay, so that it can be let go.
      const gone = chosen.filter((value) => !values.some((one) => one.value === value))
      const all = [...values, ...gone.map((value) => ({ value, count: 0, label: name(facet, value) }))]
      return {
        facet,
        chosen: [...chosen],
        values: all.filter(({ value }, at) => at < mostValues || chosen.includes(value)),
        more: all.slice(mostValues).filter(({ value }) => !chosen.includes(value))
      }
    }),
    query: questionQuery(question),
    before: question.page > 1 ? questionQuery(question, question.page - 1) : undefined,
    after: question.page < answer.pages ? questionQuery(question, question.page + 1) : undefined,
    desk: isSignedIn(caller) && (caller.acting?.role === 'officer' || caller.acting?.role === 'administrator')
  }
}

/** What a value of a facet is called; undefined where the page has a text for it. */
function namesOf({ programmes }: App, language: Language) {
  const types = new Map(programmes.programme.types.map(({ id, names }) => [id, names[language]]))
  const topics = new Map(programmes.programme.topics.map(({ id, names }) => [id, names[language]]))
  return (facet: Facet, value: string): string | undefined => {
    if (facet === 'country') return countryName(value, language)
    if (facet === 'type') return types.get(value) ?? value
    if (facet === 'topic') return topics.get(value) ?? value
    return undefined
  }
}
