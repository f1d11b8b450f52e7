/** What it takes to open a long application, and to print it. */
import { openSession } from '../../src/modules/people/sessions.server.ts'
import { connect } from '../../src/shared/database/index.ts'
import { countPages } from '../../src/shared/documents/pdf-pages.ts'
import { type Consortium, writeTemplate } from '../../tests/deadline/template.ts'
import type { Product } from '../../tests/deadline/product.ts'
import { median } from '../measure.ts'
import { scriptOf } from '../page-script.ts'
import type { Latencies } from './latencies.ts'
import { runLoad } from './load.ts'

export type Opening = {
  pages: { what: string; firstByte: Latencies; failures: number; scriptBytes: number }[]
  pdf: { milliseconds: number; pages: number; bytes: number }
}

const cities = [
  'Rīga',
  'Kaunas',
  'Narva',
  'Milano',
  'Hamburg',
  'Lyon',
  'Porto',
  'Gent',
  'Graz',
  'Brno',
  'Turku'
]
const countries = ['LV', 'LT', 'EE', 'IT', 'DE', 'FR', 'PT', 'BE', 'AT', 'CZ', 'FI']

/** Ten partners, and most of what the form has room for. */
export const long: Consortium = {
  share: 0.95,
  schools: cities.map((city, at) => ({ name: `${city} lyceum`, country: countries[at]!, city }))
}

const perSecond = 20

export async function opening(product: Product, call: string, seconds: number): Promise<Opening> {
  const { code, person } = await writeTemplate(product.server, long, call)
  const cookie = await signedIn(product, person)
  const pages: Opening['pages'] = []
  for (const [what, path] of [
    ['the overview', ''],
    ['a section of six long texts', '/sections/relevance'],
    ['the final check', '/submission']
  ] as const) {
    const address = `/lv/applications/${code}${path}`
    const asking = { of: 'page' as const, paths: [address], cookies: [cookie], origin: product.origin }
    const load = { place: product.place, clients: 16, seconds, streams: [{ asking, perSecond }] }
    await runLoad({ ...load, seconds: 3 })
    const [{ failures, ...firstByte }] = (await runLoad(load)).streams as [
      Awaited<ReturnType<typeof runLoad>>['streams'][0]
    ]
    const failed = Object.values(failures).reduce((sum, count) => sum + count, 0)
    const scriptBytes = await scriptOf(product.origin + address, { cookie })
    pages.push({ what, firstByte, failures: failed, scriptBytes })
  }
  return { pages, pdf: await printed(`${product.origin}/lv/applications/${code}/draft.pdf`, cookie) }
}

export async function signedIn({ server }: Product, person: string): Promise<string> {
  const database = connect(server, 'kopa-command')
  const { secret } = await openSession(database, person, { secondFactor: true })
  await database.destroy()
  return `kopa-session=${secret}`
}

async function printed(address: string, cookie: string): Promise<Opening['pdf']> {
  const times: number[] = []
  let pdf = new Uint8Array()
  // The first starts the typesetter.
  for (let turn = 0; turn < 6; turn++) {
    const began = performance.now()
    const answer = await fetch(address, { headers: { cookie } })
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`)
    pdf = new Uint8Array(await answer.arrayBuffer())
    if (turn > 0) times.push(performance.now() - began)
  }
  const counted = await countPages(pdf)
  return {
    milliseconds: median(times),
    pages: 'pages' in counted ? counted.pages : NaN,
    bytes: pdf.length
  }
}
