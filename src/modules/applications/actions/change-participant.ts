import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { oneOf, optional, optionalParagraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { partnerHeldByCoordinator } from '../consortium/held.server.ts'
import { mandatesIn } from '../consortium/mandates-store.server.ts'
import { detailsOf, noteDetail } from '../consortium/participants-store.server.ts'
import { outlineChanged } from '../outline.server.ts'

/** The coordinator's people. */
export const permission: Permission = ['member']

const mostTasks = 2000 // not of a guide: characters

export const participantChange = z.object({
  role: optional(oneOf(['partner', 'associated'])),
  edits: optional(oneOf(['own', 'all'])),
  tasks: z.string().optional().meta({ description: 'An empty text takes them away.' })
})

/**
 * Changes what a partner is in the consortium: its role, its tasks, and whether it writes its own part only. A
 * mandate was given for a role, so that the role of who gave one stays.
 */
export async function changeParticipant(
  app: { database: Database },
  caller: Caller,
  application: string,
  { participant, given }: { participant: string; given: unknown }
): Promise<{ participant: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const held = await partnerHeldByCoordinator(transaction, caller, application, participant)
    if (isRefused(held)) return held
    const { outline, partner } = held
    const read = readInput(participantChange, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const { role = partner.role, edits = partner.edits } = read.data
    const tasks = readInput(tasksSchema, read.data)
    if ('problems' in tasks) return refused('invalid', { problems: tasks.problems })
    const before = (await detailsOf(transaction, outline.id)).get(partner.id)?.tasks
    const after = read.data.tasks === undefined ? before : tasks.data.tasks
    if (role === 'associated' && after === undefined)
      return invalid('tasks', 'applications-consortium.problem.tasks-missing')
    if (role !== partner.role && (await mandatesIn(transaction, outline.id)).has(partner.id))
      return notNow('applications-consortium.problem.role-has-mandate')
    await transaction
      .updateTable('applications.participant')
      .set({ role, edits })
      .where('id', '=', partner.id)
      .execute()
    await noteDetail(transaction, partner.id, { tasks: after ?? null, changed_by: caller.person })
    await outlineChanged(transaction, outline.id)
    await record(transaction, {
      act: 'applications.participant-changed',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: { participant: partner.id, role, edits, tasks: after ?? null }
    })
    return { participant: partner.id }
  })
}

const tasksSchema = z.object({ tasks: optionalParagraphs(mostTasks) })
