import { error } from '@sveltejs/kit'
import { type Caller, may } from '#shared/identity/index.ts'
import type { App } from '../../../app.ts'
import type { Contact } from '../body.ts'
import { citationsOf } from '../citations.server.ts'
import { type MandateOnRecord, holdsOn } from '../mandate.ts'
import { permission as editBody } from '../actions/save-body.ts'
import { isHead } from '../officers.server.ts'
import { permissions, showBody } from '../reads.ts'
import { today } from '../who-handles.server.ts'

type Event = { locals: { app: App; caller: Caller }; params: { body: string }; url: URL }

/** A body: what it is there for, its units, how it is reached, and where all that is written. */
export async function load({ locals: { app, caller }, params, url }: Event) {
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
    // What a reader may change is offered; the actions ask again.
    may: {
      editBody: may(caller, editBody),
      seeStaff: may(caller, permissions.staffOf, { body: body.id }),
      editUnits: may(caller, ['administrator']) || (await isHead(app.database, caller, body.id))
    },
    began: url.searchParams.has('began') && may(caller, ['person']),
    ended: body.endedOn !== null && body.endedOn < day.toString(),
    actionNames: Object.fromEntries(
      [...app.programmes.programme.actions].map(([id, { action }]) => [id, action.names])
    )
  }
}
