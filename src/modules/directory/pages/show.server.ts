import { error } from '@sveltejs/kit'
import type { App } from '../../../app.ts'
import type { Contact } from '../body.ts'
import { citationsOf } from '../citations.server.ts'
import { type MandateOnRecord, holdsOn } from '../mandate.ts'
import { showBody } from '../reads.ts'
import { today } from '../who-handles.server.ts'

type Event = { locals: { app: App }; params: { body: string } }

/** A body: what it is there for, its units, how it is reached, and where all that is written. */
export async function load({ locals: { app }, params }: Event) {
  const shown = await showBody(app, params.body)
  if (!shown) error(404, { message: 'no such body' })
  const { body, units, mandates, supervisor } = shown
  const day = today(app)
  const cited = <Value extends { sources: Contact['sources'] }>(value: Value) => ({
    ...value,
    sources: citationsOf(app.programmes, value.sources)
  })
  const mandateView = (mandate: MandateOnRecord) => ({
    ...cited(mandate),
    from: mandate.from?.toString() ?? null,
    until: mandate.until?.toString() ?? null
  })
  const current = (unit: string | null) =>
    mandates.filter((one) => one.unit === unit && holdsOn(one, day)).map(mandateView)
  return {
    body: { ...cited(body), contacts: body.contacts.map(cited), formerNames: body.formerNames.map(cited) },
    mandates: current(null),
    otherMandates: mandates.filter((one) => !holdsOn(one, day)).map(mandateView),
    units: units
      .filter(({ endedOn }) => endedOn === null || endedOn >= day.toString())
      .map((unit) => ({ ...unit, contacts: unit.contacts.map(cited), mandates: current(unit.id) })),
    supervisor: supervisor && { id: supervisor.id, names: supervisor.names },
    ended: body.endedOn !== null && body.endedOn < day.toString(),
    actionNames: Object.fromEntries(
      [...app.programmes.programme.actions].map(([id, { action }]) => [id, action.names])
    )
  }
}
