import { type Context, Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { HoldingFiles } from '#shared/files/index.ts'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { readBody, readObject } from '#shared/forms/read-body.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, isLanguage } from '#shared/texts/language.ts'
import { databaseNow } from '#shared/time/index.ts'
import { acceptMandate } from '../actions/accept-mandate.ts'
import { changeParticipant } from '../actions/change-participant.ts'
import { declineParticipation } from '../actions/decline-participation.ts'
import { inviteParticipant } from '../actions/invite-participant.ts'
import { moveParticipant, moving } from '../actions/move-participant.ts'
import { removeParticipant } from '../actions/remove-participant.ts'
import { sendInvitationAgain } from '../actions/send-invitation-again.ts'
import { stateFacts } from '../actions/state-facts.ts'
import type { ConsortiumView } from '../consortium/consortium-view.server.ts'
import { mandateTextFor, mandateWords } from '../consortium/mandate.ts'
import { mandateSays } from '../consortium/mandate-document.server.ts'
import { reportOf } from '../consortium/draft-check.ts'
import { checkDraft, consortiumAtWork } from '../consortium/reads.ts'
import { problemWords } from '../consortium/unread-words.ts'
import * as descriptions from './consortium-descriptions.ts'

type Variables = { Variables: { caller: Caller } }

/** The consortium of an application: who takes part, by which mandate, and whether it may apply. */
export function consortiumApi(
  app: HoldingFiles & { database: Database; programmes: Programmes }
): Hono<Variables> {
  const api = new Hono<Variables>()
  const here = '/applications/:application'
  const one = `${here}/participants/:participant`

  api.get(`${here}/consortium`, describeRoute(descriptions.show), async (c) => {
    const view = await consortiumAtWork(app, c.var.caller, c.req.param('application'), languageOf(c))
    if (isRefused(view)) return refuse(c, view)
    const day = (await databaseNow(app.database)).toString().slice(0, 10)
    return reply(c, publicOf(view, languageOf(c), day))
  })
  api.get(`${here}/check`, describeRoute(descriptions.check), async (c) => {
    const found = await checkDraft(app, c.var.caller, c.req.param('application'))
    if (isRefused(found)) return refuse(c, found)
    const { state, unread, waiting } = found.check
    const report = reportOf(found.check) ?? null
    const said = unread.map((problem) => ({ path: problem.path, message: problemWords(problem) }))
    return reply(c, { state, report, unread: said, waiting, limits: found.limits })
  })
  api.post(`${here}/participants`, describeRoute(descriptions.invite), async (c) => {
    const given = await readObject(c)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await inviteParticipant(app, c.var.caller, c.req.param('application'), given), 201)
  })
  api.patch(one, describeRoute(descriptions.change), async (c) => {
    const { application, participant } = c.req.param()
    const given = await readObject(c)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await changeParticipant(app, c.var.caller, application, { participant, given }))
  })
  api.delete(one, describeRoute(descriptions.remove), async (c) => {
    const { application, participant } = c.req.param()
    const given = { reason: c.req.query('reason') ?? '' }
    return reply(c, await removeParticipant(app, c.var.caller, application, { participant, given }))
  })
  api.post(`${one}/invitation`, describeRoute(descriptions.again), async (c) => {
    const { application, participant } = c.req.param()
    const given = await readObject(c)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await sendInvitationAgain(app, c.var.caller, application, { participant, given }))
  })
  api.post(`${one}/place`, describeRoute(descriptions.move), async (c) => {
    const { application, participant } = c.req.param()
    const given = await readBody(c, moving)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await moveParticipant(app, c.var.caller, application, { participant, ...given }))
  })
  api.put(`${one}/facts`, describeRoute(descriptions.state), async (c) => {
    const { application, participant } = c.req.param()
    const given = await readObject(c)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await stateFacts(app, c.var.caller, application, { participant, given }))
  })
  api.post(`${here}/mandate`, describeRoute(descriptions.accept), async (c) => {
    const application = c.req.param('application')
    const given = await readObject(c)
    if (isRefused(given)) return refuse(c, given)
    return reply(c, await acceptMandate(app, c.var.caller, application, given, languageOf(c)), 201)
  })
  api.delete(`${here}/mandate`, describeRoute(descriptions.decline), async (c) => {
    const given = { reason: c.req.query('reason') ?? '' }
    return reply(c, await declineParticipation(app, c.var.caller, c.req.param('application'), given))
  })
  return api
}

function languageOf(c: Context): Language {
  const asked = c.req.query('language')
  return isLanguage(asked) ? asked : 'en'
}

/** The consortium without what is nobody's business but the person's own: their ids. */
function publicOf(
  { outline, own, open, participants, gone }: ConsortiumView,
  language: Language,
  day: string
) {
  const text = own.role === 'coordinator' ? undefined : mandateTextFor(own.role, day)
  return {
    application: outline.code,
    own: own.id,
    open,
    participants: participants.map(({ mandate, invitation, detail, ...one }) => ({
      ...one,
      detail,
      invitation: invitation && { email: invitation.email, until: invitation.until.toString() },
      mandate: mandate && {
        ...{ way: mandate.way, text: mandate.text, digest: mandate.digest, findings: mandate.findings },
        ...{ signatory: mandate.signatory, position: mandate.position, verdict: mandate.verdict },
        givenAt: mandate.givenAt.toString()
      }
    })),
    gone,
    // What one agrees to by giving a mandate.
    mandate: text && { id: text.id, ...mandateWords(text, language, mandateSays(outline, own)) }
  }
}
