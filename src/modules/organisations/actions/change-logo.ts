import { record } from '#shared/audit/index.ts'
import { type FileRefusal, type HoldingFiles, releaseFile, storeImage, useFile } from '#shared/files/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { countFor } from '../limits.server.ts'
import { changeTo, isNoChange } from '../record/change.ts'
import { changeRecord, factsInForce, holdRecord } from '../record/record-store.server.ts'

export const permission: Permission = ['member']

/** The longest side a logo is kept with, in pixels, and the most a picture may weigh. */
const longestSide = 800
const mostBytes = 5_000_000 // not of a guide: bytes

/**
 * Puts a picture in the place of the logo, or takes it away.
 * @param picture undefined: there is to be none
 */
export async function changeLogo(
  app: HoldingFiles,
  caller: Caller,
  organisation: string,
  picture: File | undefined
): Promise<{ revision: number } | Refused | FileRefusal> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const tooOften = await countFor(app.database, 'picture', caller.person)
  if (tooOften) return tooOften
  const stored =
    picture &&
    (await storeImage(app, {
      content: picture,
      name: picture.name,
      mostBytes,
      longestSide,
      purpose: 'organisations.logo',
      uploadedBy: caller.person
    }))
  if (stored && 'refused' in stored) return stored
  return app.database.transaction().execute(async (transaction) => {
    const head = await holdRecord(transaction, organisation)
    if (!head) return refused('not-found')
    const facts = await factsInForce(transaction, organisation)
    const statements = stored ? [{ kind: 'logo' as const, detail: '', value: stored.file.id }] : []
    const change = changeTo(facts, 'organisation', ['logo'], statements)
    if (isNoChange(change)) return { revision: head.revision }
    const use = `organisations.logo:${organisation}`
    for (const { value } of change.ended) await releaseFile(transaction, value, use)
    if (stored) await useFile(transaction, stored.file.id, use)
    const revision = await changeRecord(
      transaction,
      head,
      facts,
      {
        ended: change.ended,
        begun: change.begun.map((statement) => ({ ...statement, level: 'self-declared' }))
      },
      { person: caller.person, source: 'organisation', act: 'changed-logo' }
    )
    await record(transaction, {
      act: 'organisations.logo-changed',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { revision, sha256: stored ? stored.file.sha256 : null }
    })
    return { revision }
  })
}
