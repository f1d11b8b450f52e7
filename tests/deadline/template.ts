/** One application, begun by the product's own actions and answered from end to end: all others are copies of it. */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { root } from '../../src/configuration.ts'
import { startApplication } from '../../src/modules/applications/actions/start-application.ts'
import type { Outline } from '../../src/modules/applications/application.ts'
import { declarationOf } from '../../src/modules/applications/submission/decide.server.ts'
import { findOutline } from '../../src/modules/applications/outline.server.ts'
import { registerOrganisation } from '../../src/modules/organisations/actions/register-organisation.ts'
import { formFor } from '../../src/modules/programmes/forms/form-for.server.ts'
import { loadProgrammes } from '../../src/modules/programmes/programmes.server.ts'
import { type JsonValue, canonicalJson } from '#shared/audit/index.ts'
import { type Database, type DatabaseServer, connect } from '#shared/database/index.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { callerAgain, personActing } from '../cast/cast.ts'
import { answerAll } from './answer-all.ts'
import { type Installation, ok, openCall } from './open-call.ts'
import { textOf } from './two-kilobytes.ts'

export type Template = {
  /** The code of the call. */
  call: string
  application: string
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

/** How much of what the form has room for is written: about 12 pages, 36 kB. */
const written = 0.3

const schools = [
  { name: 'Mārupes pamatskola', country: 'LV', city: 'Mārupe' },
  { name: 'Vilniaus gimnazija', country: 'LT', city: 'Vilnius' },
  { name: 'Tartu Kool', country: 'EE', city: 'Tartu' },
  { name: 'Liceo di Torino', country: 'IT', city: 'Torino' },
  { name: 'Gymnasium Kiel', country: 'DE', city: 'Kiel' }
]

export async function writeTemplate(server: DatabaseServer): Promise<Template> {
  const database = connect(server, 'kopa-command')
  try {
    const app = { database, programmes: loadProgrammes(join(root, 'programmes')) }
    const call = await openCall(app)
    const people: { caller: SignedIn; organisation: string }[] = []
    for (const school of schools) people.push(await personAt(app, school))
    const [{ caller, organisation }] = people as [(typeof people)[number]]
    const asked = { call, action: 'cooperation-partnerships', field: 'school', organisation }
    const { code } = ok(
      await startApplication(app, caller, { ...asked, title: 'Lasīšanas tilti', language: 'lv' })
    )
    const { id } = (await findOutline(database, code))!
    await addPartners(database, id, caller.person, people)
    const outline = (await findOutline(database, code))!
    await answerWholeForm(app, outline, caller.person)
    return {
      call,
      application: id,
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

async function personAt(app: Installation, school: (typeof schools)[number]) {
  const { database } = app
  const person = await personActing(database, { name: `Direktore ${school.city}` })
  const given = { ...school, type: 'school', seen: [] }
  const { organisation } = ok(await registerOrganisation(app, person, given))
  return { organisation, caller: await callerAgain(database, person) }
}

async function addPartners(
  database: Database,
  application: string,
  added_by: string,
  people: readonly { organisation: string }[]
): Promise<void> {
  const partners = people.map(({ organisation }, position) => {
    const { name, country } = schools[position]!
    const state = 'accepted' as const
    return { application, position, role: 'partner' as const, organisation, name, country, state, added_by }
  })
  await database.insertInto('applications.participant').values(partners.slice(1)).execute()
}

/** Every answer as the product keeps it, in one version. */
async function answerWholeForm({ database, programmes }: Installation, outline: Outline, by: string) {
  const { id: application, action, edition, field, participants } = outline
  const form = formFor(programmes, { action, edition, field })!
  const answers = answerAll({ form, participants }, written)
  const saved = textOf(0)
  answers.set(savedPath, { text: saved, length: saved.length })
  for (const [path, { text = null, value = null, length }] of answers) {
    const digest = hash('sha256', canonicalJson(text ?? (value as JsonValue)), 'buffer')
    const kept = text === null ? JSON.stringify(value) : null
    await database
      .insertInto('applications.answer')
      .values({ application, path, text, value: kept, version: 1, length, digest, changed_by: by })
      .execute()
    const delta = text === null ? null : JSON.stringify([[0, '', text]])
    await database
      .insertInto('applications.answer_version')
      .values({ application, path, version: 1, delta, value: kept, how: 'typed', saved_by: by })
      .execute()
  }
}
