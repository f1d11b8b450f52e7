import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { anyOf } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { type FactGroup, alwaysShown, factGroups } from '../record/fact.ts'
import { changedMeanwhile, holdRecord, markChanged } from '../record/record-store.server.ts'
import '../organisations-tables.server.ts'

export const permission: Permission = ['member']

/** What an organisation may show or keep to itself. */
export const choosableGroups = factGroups.filter((group) => !alwaysShown.includes(group)) as [
  FactGroup,
  ...FactGroup[]
]

const schema = z.object({ shown: anyOf(choosableGroups) })

/** Chooses which groups of facts everybody may see. */
export async function chooseShown(
  app: { database: Database },
  caller: Caller,
  organisation: string,
  { revision, given }: { revision: number; given: unknown }
): Promise<{ revision: number } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const shown = choosableGroups.filter((group) => read.data.shown.includes(group))
  return app.database.transaction().execute(async (transaction) => {
    const head = await holdRecord(transaction, organisation)
    if (!head) return refused('not-found')
    const before = choosableGroups.filter((group) => head.shown.includes(group))
    if (before.join() === shown.join()) return { revision: head.revision }
    if (await changedMeanwhile(transaction, organisation, revision, 'changed-shown'))
      return refused('changed', { current: { revision: head.revision, shown: before } })
    await transaction
      .updateTable('organisations.organisation')
      .set({ shown })
      .where('id', '=', organisation)
      .execute()
    const next = await markChanged(transaction, head, {
      person: caller.person,
      source: 'organisation',
      act: 'changed-shown'
    })
    await record(transaction, {
      act: 'organisations.shown-chosen',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { revision: next, shown }
    })
    return { revision: next }
  })
}
