import { error } from '@sveltejs/kit'
import { Temporal } from 'temporal-polyfill'
import type { Language } from '#shared/texts/language.ts'
import type { App } from '../../../../app.ts'
import { showAction } from '../../reads.ts'
import { changesSince } from './changes-since.ts'
import { handledBy } from './handled-by.server.ts'
import { participation } from '../../participation.server.ts'

type Event = {
  locals: { app: App; language: Language }
  params: { action: string; edition: string }
  url: URL
}

/** An action in an edition, what changed since the edition before, and who may take part. */
export async function load({ locals: { app, language }, params: { action, edition: written }, url }: Event) {
  const edition = /^\d{4}$/.test(written) ? Number(written) : NaN
  const view = showAction(app, action, edition)
  if (!view) error(404, { message: 'no such action or edition' })
  const { programmes } = app
  const countries = participation(programmes, action, edition)
  const before = view.editions.filter((year) => year < edition).at(-1)
  const earlier = before === undefined ? undefined : showAction(app, action, before)
  const { kinds, countrySets } = programmes.edition(edition)!.data
  const now = app.clock()
  const instants = view.deadlines.map(({ instant }) => Temporal.Instant.from(instant))
  const passed = (instant: Temporal.Instant) => Temporal.Instant.compare(instant, now) < 0
  const country = url.searchParams.get('country')
  return {
    view,
    handled: await handledBy(app, { action, edition, language, country }),
    countries,
    names: { kinds, countrySets },
    changes:
      earlier &&
      changesSince(
        { view: earlier, countries: participation(programmes, action, earlier.edition) },
        { view, countries }
      ),
    // A call without a known deadline is over once its year is.
    past:
      instants.length > 0 ? instants.every(passed) : edition < now.toZonedDateTimeISO('Europe/Brussels').year,
    passedDeadlines: instants.map(passed),
    latest: view.editions.at(-1)!,
    unverified: unverifiedValues(view)
  }
}

/** How many values of the page rest on nothing verified, and of how many. */
function unverifiedValues(view: NonNullable<ReturnType<typeof showAction>>) {
  const { rules, deadlines, facts, funding, categories, awardCriteria, codes, managedBy } = view
  const values = [rules, deadlines, facts, funding, categories, awardCriteria, codes, managedBy].flat()
  const unsure = values.filter(({ confidence }) => confidence === 'unverified')
  return { count: unsure.length, total: values.length }
}
