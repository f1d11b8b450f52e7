import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import type { Outline } from '../../src/modules/applications/application.ts'
import { noteDetail } from '../../src/modules/applications/consortium/participants-store.server.ts'
import { formOfDraft } from '../../src/modules/applications/form-of-draft.server.ts'
import { findOutline } from '../../src/modules/applications/outline.server.ts'
import { digestOfAnswer } from '../../src/modules/applications/submission/manifest.ts'
import { type Given, completeAnswers } from './answers-complete.ts'

/** Makes an application that can be handed in: all is answered, planned and agreed to. */
export async function complete(
  app: { database: Database; programmes: Programmes },
  { person }: SignedIn,
  code: string
): Promise<void> {
  const { database } = app
  await completeConsortium(database, (await findOutline(database, code))!, person)
  const outline = (await findOutline(database, code))!
  await tellFacts(database, outline, person)
  await answer(database, outline.id, person, await completeOf(app, outline))
  const coordinator = outline.participants[0]!.id
  // A fifth of the lump sum for managing it, the rest for the work.
  for (const [category, cents] of [
    ['work-packages', 96_000_00],
    ['management-work-package', 24_000_00]
  ] as const) {
    const id = category.slice(0, 4) + 'line'
    const content = { category, title: 'Darbi', workPackage: 'workpa10', cents }
    const digest = Buffer.from(digestOfAnswer({ id, participant: coordinator, ...content }), 'hex')
    await database
      .insertInto('applications.budget_line')
      .values({
        ...{ application: outline.id, id, participant: coordinator, digest, version: 1, changed_by: person },
        content: JSON.stringify(content)
      })
      .execute()
  }
  await mandatesOf(database, outline, person)
}

/** The mandates of all partners, given with an account. */
export async function mandatesOf(database: Database, outline: Outline, person: string): Promise<void> {
  for (const { id: participant, position, organisation } of outline.participants) {
    if (position === 0) continue
    await database
      .insertInto('applications.mandate')
      .values({
        ...{ participant, organisation, text: 'partner-1', language: 'lv', way: 'account', given_by: person },
        ...{ file: randomUUID(), digest: Buffer.alloc(32) }
      })
      .execute()
  }
}

/** Partners of other countries that have agreed, known by name: the rules ask for three organisations of three. */
async function completeConsortium(database: Database, outline: Outline, person: string): Promise<void> {
  const partners = [
    { name: 'Tartu Gümnaasium', country: 'EE' },
    { name: 'Turun lukio', country: 'FI' }
  ]
  const least = 3
  for (let position = outline.participants.length; position < least; position++) {
    await database
      .insertInto('applications.participant')
      .values({
        ...{ application: outline.id, position, role: 'partner', organisation: null, state: 'accepted' },
        ...partners[position - 1]!,
        added_by: person
      })
      .execute()
  }
}

/** What the rules ask of those who take part and no register knows. */
export async function tellFacts(
  database: Database,
  { participants }: Outline,
  person: string
): Promise<void> {
  for (const { id: participant, organisation, role } of participants) {
    await noteDetail(database, participant, {
      ...(organisation === null && { type: 'school' }),
      ...(role === 'coordinator' && { established_on: '1990-09-01' }),
      changed_by: person
    })
  }
}

/** Answers that stand in an application, past the editor. */
export async function answer(
  database: Database,
  application: string,
  by: string,
  answers: Record<string, Given>
): Promise<void> {
  for (const [path, given] of Object.entries(answers)) {
    const answered = 'text' in given ? given.text : given.value
    await database
      .insertInto('applications.answer')
      .values({
        ...{ application, path, version: 1, changed_by: by },
        text: 'text' in given ? given.text : null,
        value: 'text' in given ? null : JSON.stringify(given.value),
        length: 'text' in given ? given.text.length : 0,
        digest: Buffer.from(digestOfAnswer(answered), 'hex')
      })
      .onConflict((conflict) =>
        conflict.columns(['application', 'path']).doUpdateSet((is) => ({
          text: is.ref('excluded.text'),
          value: is.ref('excluded.value'),
          version: sql<number>`answer.version + 1`,
          length: is.ref('excluded.length'),
          digest: is.ref('excluded.digest')
        }))
      )
      .execute()
  }
}

/** Answers to all that the form of an application asks for. */
export async function completeOf(
  app: { database: Database; programmes: Programmes },
  outline: Outline
): Promise<Record<string, Given>> {
  return completeAnswers(await formOfDraft(app, outline), outline.participants, {
    'project.summary': { text: 'Lasīšanas tilti starp skolām: ģimenes, žurnāli, čivināšana.' },
    'project.duration-months': { value: 24 },
    'budget.lump-sum': { value: 120_000_00 }
  })
}
