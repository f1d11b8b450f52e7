/** What it takes to open a long application, and to print it. */
import { openSession } from '../../src/modules/people/sessions.server.ts'
import { connect } from '../../src/shared/database/index.ts'
import { countPages } from '../../src/shared/documents/pdf-pages.ts'
import { type Consortium, type Template, writeTemplate } from '../../tests/deadline/template.ts'
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
const long: Consortium = {
  share: 1,
  schools: cities.map((city, at) => ({ name: `${city} lyceum`, country: countries[at]!, city }))
}

const perSecond = 20

export async function opening(product: Product, call: string, seconds: number): Promise<Opening> {
  const template = await writeTemplate(product.server, long, call)
  const { code, person } = template
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
  return { pages, pdf: await printed(product, template, cookie) }
}

async function signedIn({ server }: Product, person: string): Promise<string> {
  const database = connect(server, 'kopa-command')
  const { secret } = await openSession(database, person, { secondFactor: true })
  await database.destroy()
  return `kopa-session=${secret}`
}

/** Each print is of another text: what the typesetter remembers of the one before is of no use. */
async function printed({ origin }: Product, template: Template, cookie: string): Promise<Opening['pdf']> {
  const { application, code, path } = template
  const times: number[] = []
  let pdf = new Uint8Array()
  // The first starts the typesetter.
  for (let turn = 0; turn < 6; turn++) {
    const saved = await fetch(`${origin}/api/v1/applications/${application}/answers/${path}`, {
      method: 'PUT',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ base: turn + 1, text: 'Kopsavilkums. '.repeat(20 * (turn + 2)) })
    })
    if (saved.status !== 200) throw new Error(`${path}: ${saved.status} ${await saved.text()}`)
    const began = performance.now()
    const answer = await fetch(`${origin}/lv/applications/${code}/draft.pdf`, { headers: { cookie } })
    if (answer.status !== 200) throw new Error(`draft.pdf: ${answer.status}`)
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
