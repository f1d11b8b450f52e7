import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Logger, pino } from 'pino'
import { type Temporal } from 'temporal-polyfill'
import { type Programmes, formFor } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Refused } from '#shared/forms/refused.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { arrivalOf } from '#shared/time/arrival.ts'
import { databaseNow } from '#shared/time/database-clock.ts'
import { type ServerClock, startServerClock } from '#shared/time/server-clock.ts'
import { type Given, completeAnswers } from './answers-complete.ts'
import type { Outline } from '../../src/modules/applications/application.ts'
import { type Consortium, withConsortium } from './applications-under-way.ts'
import { someSigner } from '../../src/shared/audit/audit.fixture.ts'
import { findOutline } from '../../src/modules/applications/outline.server.ts'
import { submitApplication } from '../../src/modules/applications/actions/submit-application.ts'
import { putOnRecord } from '../../src/modules/applications/submission/accept.server.ts'
import type { AskedToSubmit } from '../../src/modules/applications/submission/asked.ts'
import { allAtHand } from '../../src/modules/applications/submission/at-hand.server.ts'
import { acceptableOf } from '../../src/modules/applications/submission/decide.server.ts'
import { digestOfAnswer } from '../../src/modules/applications/submission/manifest.ts'
import type { SubmissionReceipt } from '../../src/modules/applications/submission/receipt.ts'
import type { Submission } from '../../src/modules/applications/submission/submission.ts'

/** A consortium with all that handing in needs. */
export type AtTheDeadline = Omit<Consortium, 'app'> & { app: Consortium['app'] & HandsIn }
type HandsIn = {
  audit: ReturnType<typeof someSigner>
  serverClock: ServerClock
  log: Logger
}

/** Gives a test a consortium whose application is answered, and that may hand it in. */
export function atTheDeadline<T>(work: (consortium: AtTheDeadline) => Promise<T>): Promise<T> {
  return withConsortium(async (consortium) => {
    const serverClock = await startServerClock(consortium.database)
    try {
      const log = pino({ level: 'silent' })
      const app = { ...consortium.app, audit: someSigner(), serverClock, log }
      const { application, maria } = consortium
      await complete(app, maria, application.code)
      return await work({ ...consortium, app })
    } finally {
      serverClock.stop()
    }
  })
}

/** Makes an application that can be handed in: all is answered, planned and agreed to. */
export async function complete(
  app: { database: Database; programmes: Programmes },
  { person }: SignedIn,
  code: string
): Promise<void> {
  const { database } = app
  const outline = (await findOutline(database, code))!
  await answer(database, outline.id, person, completeOf(app, outline))
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
export function completeOf(app: { programmes: Programmes }, outline: Outline): Record<string, Given> {
  const { action, edition, field, participants } = outline
  return completeAnswers(formFor(app.programmes, { action, edition, field })!, participants, {
    'project.summary': { text: 'Lasīšanas tilti starp skolām: ģimenes, žurnāli, čivināšana.' },
    'project.duration-months': { value: 24 },
    'budget.lump-sum': { value: 120_000_00 }
  })
}

/** Hands in, as somebody presses the button now. */
export function handIn(
  { app, application }: Pick<AtTheDeadline, 'app' | 'application'>,
  caller: SignedIn,
  more: { form?: string; code?: string } = {}
): Promise<SubmissionReceipt | Refused> {
  return submitApplication(app, caller, more.code ?? application.code, {
    form: more.form ?? randomUUID(),
    declaration: '1',
    arrival: arrivalOf(undefined)
  })
}

/** Moves the deadline of a call, past the officers. */
export async function closes(database: Database, call: string, at: Temporal.Instant): Promise<void> {
  await database
    .updateTable('calls.call')
    .set({ closes_at: at.toString(), opens_at: at.subtract({ hours: 48 }).toString() })
    .where('code', '=', call)
    .execute()
}

/** Puts an application on record as it is, past the final check. */
export async function onRecord(
  app: { database: Database },
  caller: SignedIn,
  code: string
): Promise<Submission> {
  const asked: AskedToSubmit = {
    ...{ caller, application: code, form: randomUUID(), declaration: '1' },
    received: { at: await databaseNow(app.database), error: 1 }
  }
  const atHand = (await allAtHand(app.database, [asked])).get(asked)!
  const acceptable = acceptableOf(asked, atHand, {
    version: '1',
    sentences: [{ lv: 'Patiesi.', en: 'Truly.' }]
  })
  const done = await putOnRecord(
    app.database,
    new Map([[asked, { ...acceptable, submission: randomUUID() }]])
  )
  return done.get(asked)!.submission
}
