import { countryName } from '#modules/programmes'
import { writeCsv } from '#shared/spreadsheets/write-csv.ts'
import { texts } from '#shared/texts/index.ts'
import { listForFile } from '../../reads.ts'
import { readQuestion } from '../../search/search-question.ts'
import type { Event } from '../organisation-page.ts'

/** The list of organisations as a table for spreadsheet programs. */
export async function csv({ locals: { app, caller, language }, url }: Event): Promise<Response> {
  const t = texts(language)
  const types = new Map(app.programmes.programme.types.map(({ id, names }) => [id, names[language]]))
  const found = await listForFile(app, caller, readQuestion(url.searchParams))
  const table = writeCsv(
    [
      { heading: t('organisations.show.code'), value: ({ code }) => code },
      { heading: t('organisations.fact.legal-name'), value: ({ name }) => name },
      { heading: t('organisations.fact.country'), value: ({ country }) => countryName(country, language) },
      { heading: t('organisations.fact.city'), value: ({ city }) => city },
      { heading: t('organisations.fact.type'), value: ({ type }) => type && (types.get(type) ?? type) },
      {
        heading: t('organisations.list.facet.level'),
        value: ({ level }) => t(`organisations.level.${level}`)
      },
      { heading: t('organisations.fact.charter'), value: ({ charterUntil }) => charterUntil }
    ],
    found
  )
  return new Response(table, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="organisations.csv"'
    }
  })
}
