import type { App } from '../../../../app.ts'
import { nearest, fold } from '../../nearest.ts'
import { listActions } from '../../reads.ts'

type Event = { locals: { app: App }; params: { action: string } }

/** What is known of the action that an address names, also for the page that says it does not exist. */
export function load({ locals: { app }, params }: Event) {
  const actions = listActions(app)
  const known = actions.find(({ action }) => action === params.action)
  const candidates = actions.map((entry) => ({
    id: entry,
    forms: [entry.action, entry.names.en, entry.names.lv].map(fold)
  }))
  return { known, similar: known ? [] : nearest(params.action, candidates) }
}
