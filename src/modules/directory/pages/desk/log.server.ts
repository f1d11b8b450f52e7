import { redirect } from '@sveltejs/kit'
import { organisationByCode } from '#server/organisations'
import { listActions } from '#server/programmes'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { writeCsv } from '#shared/spreadsheets/write-csv.ts'
import { strikeAdvice } from '../../actions/strike-advice.ts'
import { adviceLog, deskOf } from '../../reads.ts'
import type { Event } from '../form-event.ts'

/** The advice of the officer's body, narrowed down by what the address says. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const desk = await deskOf(app, caller, language)
  if (isRefused(desk)) return refuseLoad(desk, event)
  const filter = await filterOf(event)
  const lines = await adviceLog(app, caller, { ...filter, body: desk.body.id, language })
  if (isRefused(lines)) return refuseLoad(lines, event)
  return {
    body: desk.body,
    units: desk.units,
    lines,
    advisors: desk.officers
      .filter(({ person }, index, all) => all.findIndex((one) => one.person === person) === index)
      .map(({ person, name }) => ({ person, name })),
    me: caller.person,
    asked: {
      organisation: event.url.searchParams.get('organisation') ?? '',
      advisor: filter.advisor ?? '',
      edition: filter.edition === undefined ? '' : String(filter.edition)
    },
    booked: event.url.searchParams.get('booked') ?? '',
    editions: app.programmes.editions,
    query: event.url.search,
    actionNames: Object.fromEntries(listActions(app).map(({ action, names }) => [action, names]))
  }
}

// An organisation that nobody has finds nothing, rather than everything.
const nobody = '00000000-0000-0000-0000-000000000000'

async function filterOf({ url, locals: { app } }: Event) {
  const code = url.searchParams.get('organisation') ?? ''
  const advisor = url.searchParams.get('advisor') ?? ''
  const edition = Number(url.searchParams.get('edition') || NaN)
  return {
    organisation: code ? ((await organisationByCode(app, code))?.id ?? nobody) : undefined,
    advisor: /^[0-9a-f-]{36}$/.test(advisor) ? advisor : undefined,
    edition: Number.isInteger(edition) && edition > 0 && edition < 10_000 ? edition : undefined
  }
}

export const actions = {
  strike: async (event: Event) => {
    const form = await event.request.formData()
    const { app, caller, language } = event.locals
    const outcome = await strikeAdvice(app, caller, {
      advice: String(form.get('advice')),
      because: form.get('because') ?? undefined
    })
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, `/${language}/directory/desk/advice`)
  }
}

/** The same log as a table, without the notes. */
export async function GET(event: Event): Promise<Response> {
  const { app, caller, language } = event.locals
  const desk = await deskOf(app, caller, language)
  if (isRefused(desk)) return refuseLoad(desk, event)
  const lines = await adviceLog(app, caller, { ...(await filterOf(event)), body: desk.body.id, language })
  if (isRefused(lines)) return refuseLoad(lines, event)
  const table = writeCsv(
    [
      { heading: 'on', value: ({ on }) => on },
      { heading: 'organisation', value: ({ organisation }) => organisation?.code },
      { heading: 'name', value: ({ organisation }) => organisation?.name },
      { heading: 'advisor', value: ({ advisor }) => advisor },
      { heading: 'how', value: ({ how }) => how },
      { heading: 'action', value: ({ action }) => action ?? undefined },
      { heading: 'edition', value: ({ edition }) => edition },
      { heading: 'topic', value: ({ topic }) => topic },
      { heading: 'struck', value: ({ struck }) => struck?.because }
    ],
    lines
  )
  return new Response(table, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="advice.csv"'
    }
  })
}
