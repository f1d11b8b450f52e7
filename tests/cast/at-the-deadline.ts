import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { type Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { filesIn } from '#shared/files/files.fixture.ts'
import type { HoldingFiles } from '#shared/files/index.ts'
import type { Refused } from '#shared/forms/refused.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import { arrivalOf } from '#shared/time/arrival.ts'
import { databaseNow } from '#shared/time/database-clock.ts'
import { type ServerClock, startServerClock } from '#shared/time/server-clock.ts'
import { complete } from './complete-application.ts'
import { type Consortium, withConsortium } from './applications-under-way.ts'
import { someSigner } from '../../src/shared/audit/audit.fixture.ts'
import { submitApplication } from '../../src/modules/applications/actions/submit-application.ts'
import { putOnRecord } from '../../src/modules/applications/submission/accept.server.ts'
import type { AskedToSubmit } from '../../src/modules/applications/submission/asked.ts'
import { allAtHand } from '../../src/modules/applications/submission/at-hand.server.ts'
import { allCircumstances } from '../../src/modules/applications/submission/circumstances.server.ts'
import { filesNamed } from '../../src/modules/applications/submission/files-at-hand.server.ts'
import { contentsOf } from '../../src/modules/applications/submission/last-look.server.ts'
import { acceptableOf } from '../../src/modules/applications/submission/decide.server.ts'
import { askedPaths, completeness } from '../../src/modules/applications/form/completeness.ts'
import { filledOf } from '../../src/modules/applications/submission/final-check.server.ts'
import type { SubmissionReceipt } from '../../src/modules/applications/submission/receipt.ts'
import type { Submission } from '../../src/modules/applications/submission/submission.ts'

/** A consortium with all that handing in needs. */
export type AtTheDeadline = Omit<Consortium, 'app'> & { app: Consortium['app'] & HandsIn }
type HandsIn = {
  audit: ReturnType<typeof someSigner>
  serverClock: ServerClock
  log: Logger
  files: HoldingFiles['files']
}

/** Gives a test a consortium whose application is answered, and that may hand it in. */
export function atTheDeadline<T>(work: (consortium: AtTheDeadline) => Promise<T>): Promise<T> {
  return withConsortium(async (consortium) => {
    const serverClock = await startServerClock(consortium.database)
    const place = filesIn(consortium.database)
    try {
      const { files, log } = place.holding
      const app = { ...consortium.app, audit: someSigner(), serverClock, log, files }
      const { application, maria } = consortium
      await complete(app, maria, application.code)
      return await work({ ...consortium, app })
    } finally {
      serverClock.stop()
      place.remove()
    }
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
  app: { database: Database; programmes: Programmes },
  caller: SignedIn,
  code: string
): Promise<Submission> {
  const asked: AskedToSubmit = {
    ...{ caller, application: code, form: randomUUID(), declaration: '1' },
    received: { at: await databaseNow(app.database), error: 1 }
  }
  const around = (await allCircumstances(app, [asked])).get(asked)!
  const [atHand] = await allAtHand(app.database, [around])
  const declaration = { version: '1', sentences: [{ lv: 'Patiesi.', en: 'Truly.' }] }
  const contents = contentsOf(atHand!, askedPaths(completeness(filledOf(atHand!))))
  const files = await filesNamed(app.database, contents.files)
  const acceptable = acceptableOf(asked, around, { contents, files, declaration })
  const done = await putOnRecord(
    app.database,
    new Map([[asked, { ...acceptable, submission: randomUUID() }]])
  )
  return done.get(asked)!.submission
}
