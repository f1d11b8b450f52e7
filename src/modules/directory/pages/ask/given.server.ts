import { organisationNames } from '#server/organisations'
import { listActions } from '#server/programmes'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { may } from '#shared/identity/index.ts'
import { permission } from '../../actions/book-advice.ts'
import { adviceGiven, bodyNames } from '../../reads.ts'
import type { Event } from '../form-event.ts'

/** The advice that the reader gave: where they can neither assess nor decide. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const given = await adviceGiven(app, caller)
  if (isRefused(given)) return refuseLoad(given, event)
  const organisations = await organisationNames(
    app.database,
    given.map(({ organisation }) => organisation),
    language
  )
  return {
    given: given.toReversed().map((advice) => ({
      ...advice,
      organisation: organisations.get(advice.organisation)?.name ?? ''
    })),
    mayBook: may(caller, permission, { body: 'any' }),
    bodyNames: Object.fromEntries(
      await bodyNames(
        app.database,
        given.map(({ body }) => body),
        language
      )
    ),
    actionNames: Object.fromEntries(listActions(app).map(({ action, names }) => [action, names]))
  }
}
