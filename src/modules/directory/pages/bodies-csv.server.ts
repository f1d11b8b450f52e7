import { writeCsv } from '#shared/spreadsheets/write-csv.ts'
import type { Language } from '#shared/texts/language.ts'
import type { App } from '../../../app.ts'
import { filterBodies, readFilter } from '../filter.ts'
import { listBodies } from '../reads.ts'

type Event = { locals: { app: App }; params: { lang: Language }; url: URL }

/** The list as a table, one line a mandate. */
export async function GET({ locals: { app }, params, url }: Event): Promise<Response> {
  const listed = filterBodies(await listBodies(app), readFilter(url.searchParams))
  const lines = listed.flatMap(({ body, mandates }) => mandates.map((mandate) => ({ body, mandate })))
  const table = writeCsv(
    [
      { heading: 'id', value: ({ body }) => body.id },
      { heading: 'name', value: ({ body }) => body.names[params.lang] },
      { heading: 'short', value: ({ body }) => body.short ?? undefined },
      { heading: 'kinds', value: ({ body }) => body.kinds.join(' ') },
      { heading: 'country', value: ({ body }) => body.country ?? undefined },
      { heading: 'purpose', value: ({ mandate }) => mandate.purpose },
      { heading: 'countries', value: ({ mandate }) => mandate.countries?.join(' ') },
      { heading: 'fields', value: ({ mandate }) => mandate.fields?.join(' ') },
      { heading: 'actions', value: ({ mandate }) => mandate.actions?.join(' ') },
      { heading: 'from', value: ({ mandate }) => mandate.from?.toString() },
      { heading: 'until', value: ({ mandate }) => mandate.until?.toString() },
      {
        heading: 'website',
        value: ({ body }) => body.contacts.find(({ kind }) => kind === 'website')?.value
      },
      { heading: 'checked', value: ({ body }) => body.checked ?? undefined }
    ],
    lines
  )
  return new Response(table, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="bodies.csv"'
    }
  })
}
