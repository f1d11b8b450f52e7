import { type Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { useFile } from '#shared/files/index.ts'
import { type Refused, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { ofTheConsortium, refusedUnlessAll } from '../access.ts'
import { coordinatorOf } from '../application.ts'
import { usedByApplication } from '../attachments/used-by.server.ts'
import { givenFile } from '../attachments/given-file.ts'
import { type Cloned, carriedToAnother } from '../copies/carried-to-another.ts'
import { putAnswers } from '../copies/put-answers.server.ts'
import { formOfEarlier } from '../copies/remarks-on-earlier.server.ts'
import { openDraft } from '../draft.server.ts'
import { formOfDraft } from '../form-of-draft.server.ts'
import { lockOutline } from '../outline.server.ts'
import { type NewApplication, startApplication } from './start-application.ts'

export const permission: Permission = ofTheConsortium

/**
 * Begins an application with the answers of an earlier one of the same consortium, under a call of the same or of
 * another edition. Partners are asked anew, and write their parts anew; what the new form has no place for is told.
 * The form that asks may be sent twice: it makes one.
 * @param earlier its code
 */
export async function cloneApplication(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  earlier: string,
  given: NewApplication
): Promise<{ code: string; left: Cloned['left']; changed: Cloned['changed'] } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const from = await openDraft(app, caller, earlier)
  if (isRefused(from)) return from
  // It carries the whole project: whoever writes their own part only does not take it along.
  const no = refusedUnlessAll(from.access)
  if (no) return no
  const begun = await startApplication(app, caller, given)
  if (isRefused(begun)) return begun
  return app.database.transaction().execute(async (transaction) => {
    const inTransaction = { ...app, database: transaction }
    const to = (await lockOutline(transaction, begun.code))!
    const carried = carriedToAnother({
      from: {
        form: await formOfEarlier(inTransaction, from.outline),
        answers: from.answers,
        own: from.outline.participants.find(({ organisation }) => organisation === given.organisation)?.id
      },
      to: { form: await formOfDraft(inTransaction, to), own: coordinatorOf(to).id }
    })
    const told = { code: to.code, left: carried.left, changed: carried.changed }
    if (await wasCloned(transaction, to.id)) return told
    await putAnswers(transaction, to.id, carried.answers, caller.person)
    for (const { given: answer } of carried.answers) {
      const file = givenFile(answer.value)
      if (file) await useFile(transaction, file.file, usedByApplication(to.id))
    }
    await transaction
      .updateTable('applications.application')
      .set({ cloned_from: from.outline.id })
      .where('id', '=', to.id)
      .execute()
    await record(transaction, {
      act: 'applications.cloned',
      by: actorOf(caller),
      subject: { kind: 'application', id: to.id },
      payload: { code: to.code, from: from.outline.code, answers: carried.answers.length }
    })
    return told
  })
}

async function wasCloned(transaction: Database, application: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('applications.application')
    .select('cloned_from')
    .where('id', '=', application)
    .executeTakeFirst()
  return row?.cloned_from != null
}
