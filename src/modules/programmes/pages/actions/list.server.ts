import type { App } from '../../../../app.ts'
import { isField } from '../../programme-data.ts'
import { listActions, listFamilies } from '../../reads.ts'

type Event = { locals: { app: App }; url: URL }

/** All actions by family, of one edition (the latest unless another is asked for) and perhaps one field. */
export function load({ locals: { app }, url }: Event) {
  const { editions } = app.programmes
  const latest = editions[0]!
  const asked = url.searchParams.get('edition') ?? String(latest)
  const edition = asked === 'all' ? undefined : Number(asked)
  const askedField = url.searchParams.get('field')
  const field = isField(askedField) ? askedField : undefined
  const actions = listActions(app, edition).filter(({ fields }) => !field || fields.includes(field))
  return {
    editions,
    edition: edition === undefined ? ('all' as const) : edition,
    knownEdition: edition === undefined || editions.includes(edition),
    latest,
    field,
    count: actions.length,
    families: listFamilies(app)
      .map(({ id, names }) => ({ id, names, actions: actions.filter(({ family }) => family === id) }))
      .filter((family) => family.actions.length > 0)
  }
}
