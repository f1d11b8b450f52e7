/** One application, begun by the product's own actions and answered from end to end: all others are copies of it. */
import { join } from 'node:path'
import { root } from '../../src/configuration.ts'
import { startApplication } from '../../src/modules/applications/actions/start-application.ts'
import type { Outline } from '../../src/modules/applications/application.ts'
import { declarationOf } from '../../src/modules/applications/submission/decide.server.ts'
import { formOfDraft } from '../../src/modules/applications/form-of-draft.server.ts'
import { questionOf } from '../../src/modules/applications/form/filled.ts'
import { readPath } from '../../src/modules/applications/path.ts'
import { findOutline } from '../../src/modules/applications/outline.server.ts'
import { registerOrganisation } from '../../src/modules/organisations/actions/register-organisation.ts'
import { loadProgrammes } from '../../src/modules/programmes/programmes.server.ts'
import { type DatabaseServer, connect } from '#shared/database/index.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { callerAgain, personActing } from '../cast/cast.ts'
import { answer, complete } from '../cast/complete-application.ts'
import { type Installation, ok, openCall } from './open-call.ts'
import { textOf } from './two-kilobytes.ts'
import { writtenText } from './written-text.ts'

export type Template = {
  /** The code of the call. */
  call: string
  application: string
  /** Its code. */
  code: string
  /** The coordinator's first; so are the organisations. */
  participants: string[]
  organisations: string[]
  /** The coordinator's representative. */
  person: string
  /** The text that is saved again and again, and its version. */
  path: string
  version: number
  /** The version of the declaration of honour that a submission agrees to. */
  declaration: string
}

/** The text that is saved again and again. */
const savedPath = 'project.summary'

/** Who begins an application, with whom, and how much of what the form has room for is written. */
export type Consortium = { schools: readonly School[]; share: number }

export type School = { name: string; country: string; city: string }

/** Five schools, about 12 pages: 36 kB. */
export const usual: Consortium = {
  share: 0.3,
  schools: [
    { name: 'Mārupes pamatskola', country: 'LV', city: 'Mārupe' },
    { name: 'Vilniaus gimnazija', country: 'LT', city: 'Vilnius' },
    { name: 'Tartu Kool', country: 'EE', city: 'Tartu' },
    { name: 'Liceo di Torino', country: 'IT', city: 'Torino' },
    { name: 'Gymnasium Kiel', country: 'DE', city: 'Kiel' }
  ]
}

/** @param under the code of a call that is open; otherwise a new one is opened */
export async function writeTemplate(
  server: DatabaseServer,
  { schools, share }: Consortium = usual,
  under?: string
): Promise<Template> {
  const database = connect(server, 'kopa-command')
  try {
    const app = { database, programmes: loadProgrammes(join(root, 'programmes')) }
    const call = under ?? (await openCall(app))
    const people: Partner[] = []
    for (const school of schools) people.push({ school, ...(await personAt(app, school)) })
    const [{ caller, organisation }] = people as [(typeof people)[number]]
    const asked = { call, action: 'cooperation-partnerships', field: 'school', organisation }
    const { code } = ok(
      await startApplication(app, caller, { ...asked, title: 'Lasīšanas tilti', language: 'lv' })
    )
    const { id } = (await findOutline(database, code))!
    await addPartners(app, id, caller.person, people)
    const outline = (await findOutline(database, code))!
    await complete(app, caller, code)
    await lengthen(app, outline, caller.person, share)
    return {
      call,
      application: id,
      code,
      participants: outline.participants.map((one) => one.id),
      organisations: people.map((one) => one.organisation),
      person: caller.person,
      path: savedPath,
      version: 1,
      declaration: declarationOf(app, outline.edition).version
    }
  } finally {
    await database.destroy()
  }
}

type Partner = { school: School; caller: SignedIn; organisation: string }

async function personAt(app: Installation, school: School) {
  const { database } = app
  const person = await personActing(database, { name: `Direktore ${school.city}` })
  const given = { ...school, type: 'school', seen: [] }
  const { organisation } = ok(await registerOrganisation(app, person, given))
  return { organisation, caller: await callerAgain(database, person) }
}

async function addPartners(
  { database }: Installation,
  application: string,
  added_by: string,
  people: readonly Partner[]
): Promise<void> {
  const partners = people.map(({ organisation, school: { name, country } }, position) => {
    const state = 'accepted' as const
    return { application, position, role: 'partner' as const, organisation, name, country, state, added_by }
  })
  await database.insertInto('applications.participant').values(partners.slice(1)).execute()
}

/** Longer texts than those of tests, and the one that is saved over and over in its first version. */
async function lengthen(app: Installation, outline: Outline, by: string, share: number): Promise<void> {
  const { database } = app
  const { id: application } = outline
  const form = await formOfDraft(app, outline)
  const rows = await database
    .selectFrom('applications.answer')
    .select('path')
    .where('application', '=', application)
    .where('text', 'is not', null)
    .execute()
  const texts: Record<string, { text: string }> = {}
  for (const { path } of rows) {
    const { section, question } = readPath(path)!
    const asked = questionOf(form, section, question!)
    if (asked?.kind === 'text')
      texts[path] = { text: writtenText(Math.ceil(asked.limit * share), path.length) }
  }
  await answer(database, application, by, texts)
  await database
    .deleteFrom('applications.answer')
    .where('application', '=', application)
    .where('path', '=', savedPath)
    .execute()
  const text = textOf(0)
  await answer(database, application, by, { [savedPath]: { text } })
  const delta = JSON.stringify([[0, '', text]])
  await database
    .insertInto('applications.answer_version')
    .values({ application, path: savedPath, version: 1, delta, value: null, how: 'typed', saved_by: by })
    .execute()
}
