import { loadProgrammes } from '#server/programmes'
import { type Consortium, withConsortium } from './applications-under-way.ts'

const programmes = loadProgrammes('programmes')
/** A participant by its place: Maria’s school, then Jonas’s. */
export const own = ({ application }: Consortium, at: number) => application.participants[at]!.id
/** A share of the lump sum. */
export const share = (participant: string, cents: number) => ({
  participant,
  category: 'work-packages',
  title: 'Lasītava',
  cents
})

type AtWork = {
  database: Consortium['database']
  programmes: typeof programmes
  clock: Consortium['app']['clock']
}

/** Maria’s application with the rules of the programme, ready for its budget. */
export function written<T>(work: (consortium: Consortium & { at: AtWork }) => Promise<T>) {
  return withConsortium((consortium) =>
    work({ ...consortium, at: { database: consortium.database, programmes, clock: consortium.app.clock } })
  )
}
