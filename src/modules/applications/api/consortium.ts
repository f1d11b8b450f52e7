import { type Context, Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { HoldingFiles } from '#shared/files/index.ts'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, isLanguage } from '#shared/texts/language.ts'
import { databaseNow } from '#shared/time/index.ts'
import { acceptMandate } from '../actions/accept-mandate.ts'
import { changeParticipant } from '../actions/change-participant.ts'
import { declineParticipation } from '../actions/decline-participation.ts'
import { inviteParticipant } from '../actions/invite-participant.ts'
import { moveParticipant } from '../actions/move-participant.ts'
import { removeParticipant } from '../actions/remove-participant.ts'
import { sendInvitationAgain } from '../actions/send-invitation-again.ts'
import { stateFacts } from '../actions/state-facts.ts'
import type { ConsortiumView } from '../consortium/consortium-view.server.ts'
import { mandateTextFor, mandateWords } from '../consortium/mandate.ts'
import { mandateSays } from '../consortium/mandate-document.server.ts'
import { reportOf } from '../consortium/draft-check.ts'
import { checkDraft, consortiumAtWork } from '../consortium/reads.ts'
import { problemWords } from '../consortium/unread-words.ts'

type Variables = { Variables: { caller: Caller } }

/** The consortium of an application: who takes part, by which mandate, and whether it may apply. */
export function consortiumApi(
  app: HoldingFiles & { database: Database; programmes: Programmes }
): Hono<Variables> {
  const api = new Hono<Variables>()
  const here = '/applications/:application'
  const one = `${here}/participants/:participant`

  api.get(`${here}/consortium`, describeRoute(show), async (c) => {
    const view = await consortiumAtWork(app, c.var.caller, c.req.param('application'), languageOf(c))
    if (isRefused(view)) return refuse(c, view)
    const day = (await databaseNow(app.database)).toString().slice(0, 10)
    return reply(c, publicOf(view, languageOf(c), day))
  })
  api.get(`${here}/check`, describeRoute(check), async (c) => {
    const found = await checkDraft(app, c.var.caller, c.req.param('application'))
    if (isRefused(found)) return refuse(c, found)
    const { state, unread, waiting } = found.check
    const report = reportOf(found.check) ?? null
    const said = unread.map((problem) => ({ path: problem.path, message: problemWords(problem) }))
    return reply(c, { state, report, unread: said, waiting, limits: found.limits })
  })
  api.post(`${here}/participants`, describeRoute(invite), async (c) =>
    reply(c, await inviteParticipant(app, c.var.caller, c.req.param('application'), await bodyOf(c)), 201)
  )
  api.patch(one, describeRoute(change), async (c) => {
    const { application, participant } = c.req.param()
    return reply(
      c,
      await changeParticipant(app, c.var.caller, application, { participant, given: await bodyOf(c) })
    )
  })
  api.delete(one, describeRoute(remove), async (c) => {
    const { application, participant } = c.req.param()
    const given = { reason: c.req.query('reason') ?? '' }
    return reply(c, await removeParticipant(app, c.var.caller, application, { participant, given }))
  })
  api.post(`${one}/invitation`, describeRoute(again), async (c) => {
    const { application, participant } = c.req.param()
    const given = await bodyOf(c)
    return reply(c, await sendInvitationAgain(app, c.var.caller, application, { participant, given }))
  })
  api.post(`${one}/place`, describeRoute(move), async (c) => {
    const { application, participant } = c.req.param()
    const { to } = (await bodyOf(c)) as { to?: unknown }
    return reply(c, await moveParticipant(app, c.var.caller, application, { participant, to: String(to) }))
  })
  api.put(`${one}/facts`, describeRoute(state), async (c) => {
    const { application, participant } = c.req.param()
    return reply(c, await stateFacts(app, c.var.caller, application, { participant, given: await bodyOf(c) }))
  })
  api.post(`${here}/mandate`, describeRoute(accept), async (c) => {
    const application = c.req.param('application')
    return reply(c, await acceptMandate(app, c.var.caller, application, await bodyOf(c), languageOf(c)), 201)
  })
  api.delete(`${here}/mandate`, describeRoute(decline), async (c) => {
    const given = { reason: c.req.query('reason') ?? '' }
    return reply(c, await declineParticipation(app, c.var.caller, c.req.param('application'), given))
  })
  return api
}

/** What a body holds, if it is JSON; what is missing then is said field by field. */
async function bodyOf(c: Context): Promise<object> {
  const given: unknown = await c.req.json().catch(() => ({}))
  return typeof given === 'object' && given !== null ? given : {}
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

const ok = (description: string) => ({ 200: { description } }) as const
const coordinator = 'For people of the coordinator, while the application is a draft.'

const show = {
  operationId: 'showConsortium',
  summary: 'Who takes part in an application',
  description:
    'Participants in their order with the state of their mandates, those who left, and the text of the mandate that one’s own organisation would give (language: lv or en).',
  responses: ok('The consortium.')
} as const
const check = {
  operationId: 'checkDraft',
  summary: 'May this consortium apply?',
  description:
    'The answer of the rules of the call over the draft as it stands, with citations and the fewest changes; limits across applications. Of another organisation it is only said that it passed a limit.',
  responses: ok(
    'state (checked, no-rules, unreadable: the rules could not be asked), report (null unless checked), unread (what of the draft no rule can read, and why), waiting, limits.'
  )
} as const
const invite = {
  operationId: 'inviteParticipant',
  summary: 'Asks an organisation to take part',
  description: `organisation (a code of the register), or name, country and email; role (partner or associated), tasks, language of the mail (lv or en), replaces (a participant). ${coordinator}`,
  responses: { 201: { description: 'The participant, and how it was asked: account or mail.' } }
} as const
const change = {
  operationId: 'changeParticipant',
  summary: 'Changes a participant: role, tasks, edits (own or all)',
  description: coordinator,
  responses: ok('The participant.')
} as const
const remove = {
  operationId: 'removeParticipant',
  summary: 'Takes a participant out',
  description: `It is told so, with the reason. ${coordinator}`,
  responses: ok('The participant.')
} as const
const again = {
  operationId: 'sendInvitationAgain',
  summary: 'Asks a participant once more',
  description: `With a new link where it is asked by mail; the one before no longer works. ${coordinator}`,
  responses: ok('How it was asked: account or mail.')
} as const
const move = {
  operationId: 'moveParticipant',
  summary: 'Moves a participant one place up or down',
  description: `to: up or down. ${coordinator}`,
  responses: ok('The order.')
} as const
const state = {
  operationId: 'stateFacts',
  summary: 'Says what the check asks about one’s own organisation',
  description:
    'establishedOn (YYYY-MM-DD), nonProfit and europeanNgo (yes, no), functions (ids). Left out is unknown.',
  responses: ok('The participant.')
} as const
const accept = {
  operationId: 'acceptMandate',
  summary: 'Gives the mandate of one’s own organisation',
  description: 'text (the id of the text that was read), position, agree (true). For who may sign for it.',
  responses: { 201: { description: 'The mandate and its document.' } }
} as const
const decline = {
  operationId: 'declineParticipation',
  summary: 'Says no, or leaves',
  description: 'For who may sign for the organisation, while the application is a draft.',
  responses: ok('declined or left.')
} as const
