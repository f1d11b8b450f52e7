import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { accessOf, ofTheConsortium, refusedUnlessAll } from '../access.ts'
import { lockOutline, outlineChanged } from '../outline.server.ts'

export const permission: Permission = ofTheConsortium

/** Gives a draft another title. Only who speaks for the whole application may. @param application its code or id */
export async function renameApplication(
  app: { database: Database },
  caller: Caller,
  application: string,
  title: string
): Promise<{ code: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const outline = await lockOutline(transaction, application)
    if (!outline) return refused('not-found')
    const no = refusedUnlessAll(accessOf(outline, caller))
    if (isRefused(no)) return no
    if (outline.state !== 'draft') return notNow('applications-editor.problem.not-a-draft')
    if (outline.title === title) return { code: outline.code }
    await transaction
      .updateTable('applications.application')
      .set({ title })
      .where('id', '=', outline.id)
      .execute()
    await outlineChanged(transaction, outline.id)
    await record(transaction, {
      act: 'applications.renamed',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: { code: outline.code, from: outline.title, to: title }
    })
    return { code: outline.code }
  })
}
