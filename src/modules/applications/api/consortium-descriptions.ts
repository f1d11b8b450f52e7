import type { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { answers, takes } from '#shared/forms/api-described.ts'
import { agreement } from '../actions/accept-mandate.ts'
import { participantChange } from '../actions/change-participant.ts'
import { newParticipant } from '../actions/invite-participant.ts'
import { moving } from '../actions/move-participant.ts'
import { newInvitation } from '../actions/send-invitation-again.ts'
import { ownFacts } from '../actions/state-facts.ts'
import { consortiumSchema, draftCheckSchema } from './answered.ts'

/** What the OpenAPI document says about each endpoint of a consortium. */
type Description = Parameters<typeof describeRoute>[0]

const ok = (description: string) => ({ 200: { description } }) as const
const coordinator = 'For people of the coordinator, while the application is a draft.'

export const show: Description = {
  operationId: 'showConsortium',
  summary: 'Who takes part in an application',
  description:
    'Participants in their order with the state of their mandates, those who left, and the text of the mandate that one’s own organisation would give (language: lv or en).',
  responses: { 200: answers(consortiumSchema, 'The consortium.') }
}

export const check: Description = {
  operationId: 'checkDraft',
  summary: 'May this consortium apply?',
  description:
    'The answer of the rules of the call over the draft as it stands, with citations and the fewest changes; limits across applications. Of another organisation it is only said that it passed a limit.',
  responses: {
    200: answers(
      draftCheckSchema,
      '`report` only where `state` is checked; `unread`: what no rule can read, and why.'
    )
  }
}

export const invite: Description = {
  operationId: 'inviteParticipant',
  summary: 'Asks an organisation to take part',
  description: `By its code in the register, or by name, country and email. ${coordinator}`,
  requestBody: takes(newParticipant, { registered: { organisation: 'KP-D2QS-CVTF', role: 'partner' } }),
  responses: {
    201: answers(z.object({ participant: z.uuid(), by: z.enum(['account', 'mail']) }), 'How it was asked.')
  }
}

export const change: Description = {
  operationId: 'changeParticipant',
  summary: 'Changes a participant: role, tasks, edits (own or all)',
  description: coordinator,
  requestBody: takes(participantChange),
  responses: ok('The participant.')
}

export const remove: Description = {
  operationId: 'removeParticipant',
  summary: 'Takes a participant out',
  description: `It is told so, with the reason. ${coordinator}`,
  responses: ok('The participant.')
}

export const again: Description = {
  operationId: 'sendInvitationAgain',
  summary: 'Asks a participant once more',
  description: `With a new link where it is asked by mail; the one before no longer works. ${coordinator}`,
  requestBody: takes(newInvitation),
  responses: ok('How it was asked: account or mail.')
}

export const move: Description = {
  operationId: 'moveParticipant',
  summary: 'Moves a participant one place up or down',
  description: coordinator,
  requestBody: takes(moving),
  responses: ok('The order.')
}

export const state: Description = {
  operationId: 'stateFacts',
  summary: 'Says what the check asks about one’s own organisation',
  description: 'All of it each time: what is left out is unknown.',
  requestBody: takes(ownFacts),
  responses: ok('The participant.')
}

export const accept: Description = {
  operationId: 'acceptMandate',
  summary: 'Gives the mandate of one’s own organisation',
  description: 'For who may sign for it.',
  requestBody: takes(agreement, { read: { text: 'partner-1', position: 'Head', agree: true } }),
  responses: {
    201: answers(z.object({ mandate: z.uuid(), file: z.uuid() }), 'The mandate and its document.')
  }
}

export const decline: Description = {
  operationId: 'declineParticipation',
  summary: 'Says no, or leaves',
  description: 'For who may sign for the organisation, while the application is a draft.',
  responses: ok('declined or left.')
}
