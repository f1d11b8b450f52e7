import { inviteParticipant, saveAnswer, startApplication, writeComment } from '#server/applications'
import { inventedApplication } from '../invented-application.ts'
import { callerFor } from './callers.server.ts'
import { done } from './done.ts'
import type { Entered } from './enter-cast.server.ts'
import type { OpenedCalls } from './open-calls.server.ts'
import type { RegisteredOrganisations } from './register-organisations.server.ts'
import type { World } from './world.server.ts'

/** Maria begins an application in the call for schools, writes some of it, asks two partners, and leaves a comment. */
export async function beginApplication(
  world: World,
  entered: Entered,
  { organisations, calls }: { organisations: RegisteredOrganisations; calls: OpenedCalls }
): Promise<void> {
  const maria = await callerFor(world.database, entered, 'maria')
  const { action, field, language, title, texts, values, comment } = inventedApplication
  const organisation = organisations.school.organisation
  const begun = { call: calls.schools, action, field, language, title, organisation }
  const { code } = done(await startApplication(world, maria, begun), 'Maria begins an application')
  for (const partner of [organisations.gymnasium, organisations.company]) {
    const given = { organisation: partner.code, role: 'partner' }
    done(await inviteParticipant(world, maria, code, given), 'Maria asks a partner')
  }
  for (const [path, text] of Object.entries(texts))
    done(await saveAnswer(world, maria, code, path, { base: 0, text }), path)
  for (const [path, value] of Object.entries(values))
    done(await saveAnswer(world, maria, code, path, { base: 0, value }), path)
  done(await writeComment(world, maria, code, comment), 'Maria leaves a comment')
}
