import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import { announce } from '#shared/events/index.ts'
import { paragraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { copyFacts, moveBelongings, renewRecord } from '../duplicates/merge-store.server.ts'
import { planMerge } from '../duplicates/plan-merge.ts'
import { bodiesOfBoth, holdBoth } from '../duplicates/two-records.server.ts'
import type { Holding } from '../record/insiders.server.ts'
import { factsInForce } from '../record/record-store.server.ts'
import '../organisations-tables.server.ts'

/** Officers of a body that looks after both; across borders, administrators. */
export const permission: Permission = ['officer', 'administrator']

const schema = z.object({ reason: paragraphs(2000) })

/**
 * Makes one record of two that are the same organisation. The one that stays gets what only the other says, its
 * people, contacts and grants; the code of the other leads to it. Two identifiers of one kind that differ belong to
 * two organisations: that is refused. It can be undone.
 */
export async function mergeOrganisations(
  app: Holding,
  caller: Caller,
  { kept, merged, given }: { kept: string; merged: string; given: unknown }
): Promise<{ merge: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const within = { ...app, database: transaction }
    const no = refusalFor(caller, permission, { body: await bodiesOfBoth(within, caller, kept, merged) })
    if (no) return no
    const both = await holdBoth(transaction, kept, merged)
    if (!both) return refused('not-found')
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const [stays, goes] = both
    const facts = {
      stays: await factsInForce(transaction, kept),
      goes: await factsInForce(transaction, merged)
    }
    const { differences, facts: brought } = planMerge(facts.stays, facts.goes)
    if (differences[0]) {
      const { kind, kept: one, merged: other } = differences[0]
      return notNow(`organisations.merge.differ.${kind}`, { one, other })
    }
    const { reason } = read.data
    const by = { person: caller.person, source: 'officer' } as const
    const moved = {
      facts: await copyFacts(transaction, brought, kept, stays.revision + 1),
      ...(await moveBelongings(transaction, merged, kept))
    }
    await renewRecord(transaction, stays, { ...by, act: 'merged-from' }, null)
    await renewRecord(transaction, goes, { ...by, act: 'merged-into' }, kept)
    const { id } = await transaction
      .insertInto('organisations.merge')
      .values({ kept, merged, merged_by: caller.person, reason, moved: JSON.stringify(moved) })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const [subject, other] of [
      [kept, merged],
      [merged, kept]
    ] as const) {
      await record(transaction, {
        act: 'organisations.merged',
        by: actorOf(caller),
        subject: { kind: 'organisation', id: subject },
        payload: { merge: id, kept, merged, with: other, reason, moved: counted(moved) }
      })
    }
    await announce(transaction, 'organisations.merged', { kept, merged })
    return { merge: id }
  })
}

function counted(moved: Record<string, readonly string[]>): Record<string, number> {
  return Object.fromEntries(Object.entries(moved).map(([kind, ids]) => [kind, ids.length]))
}

/** What a merge of two records would come to, for who decides it. */
export async function previewMerge(
  app: Holding,
  caller: Caller,
  { kept, merged }: { kept: string; merged: string }
): Promise<ReturnType<typeof planMerge> | Refused> {
  const no = refusalFor(caller, permission, { body: await bodiesOfBoth(app, caller, kept, merged) })
  if (no) return no
  const [stays, goes] = await Promise.all([
    factsInForce(app.database, kept),
    factsInForce(app.database, merged)
  ])
  return kept === merged || stays.length === 0 || goes.length === 0
    ? refused('not-found')
    : planMerge(stays, goes)
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'organisations.merged': { kept: string; merged: string }
  }
}
