import { redirect } from '@sveltejs/kit'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { typedIn } from '#shared/forms/read-form.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { isSignedIn, may } from '#shared/identity/index.ts'
import { appointRepresentative } from '../../actions/appoint-representative.ts'
import { endMembership } from '../../actions/end-membership.ts'
import { inviteMember } from '../../actions/invite-member.ts'
import { leaveOrganisation } from '../../actions/leave-organisation.ts'
import { nameSubstitute } from '../../actions/name-substitute.ts'
import { withdrawInvitation } from '../../actions/withdraw-invitation.ts'
import { showMembers } from '../../reads.server.ts'
import { aboutOrganisation, doneOf, settle } from '../inside.server.ts'
import { dayOf, lastDayOf } from '../moment.ts'
import { type Event, organisationAddress } from '../organisation-page.ts'
import { answerFromPage } from './answer-from-page.server.ts'
import { shownRequest } from './shown-request.ts'

type MembersEvent = Event<{ code: string }>

const dones = ['invited', 'withdrawn', 'answered', 'ended', 'appointed', 'substitute'] as const

/** Who works for an organisation, and what the reader can do about it. */
export async function load(event: MembersEvent) {
  const { app, caller, language } = event.locals
  const organisation = await aboutOrganisation(event)
  const shown = await showMembers(app, caller, organisation.id)
  if (isRefused(shown)) refuseLoad(shown, event)
  const own = isSignedIn(caller) ? caller.person : undefined
  const here = { organisation: organisation.id }
  const signing = shown.members.find(({ role }) => isSignedIn(caller) && role === caller.acting?.id)
  const people = new Set(shown.members.map(({ person }) => person))
  return {
    organisation,
    done: doneOf(event.url, dones),
    may: {
      invite: may(caller, ['member'], here),
      sign: may(caller, ['representative'], here) && signing?.insteadOf === null,
      // From outside the reason has to be said.
      endFromOutside: !may(caller, ['member'], here)
    },
    last: people.size === 1,
    members: shown.members.map(({ role, as, person, name, email, from, until, insteadOf }) => ({
      ...{ role, as, person, name, email },
      self: person === own,
      since: dayOf(from, language),
      until: until ? lastDayOf(until, language) : undefined,
      standsIn: insteadOf !== null
    })),
    coming: shown.coming.map(({ role, name, from, until }) => ({
      ...{ role, name },
      from: dayOf(from, language),
      until: until ? lastDayOf(until, language) : ''
    })),
    requests: shown.requests.map((request) => shownRequest(request, caller, language)),
    invitations: shown.invitations.map(({ id, email, role, expiresAt }) => ({
      ...{ id, email, role },
      until: dayOf(expiresAt, language)
    }))
  }
}

export const actions = {
  invite: async (event: MembersEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await inviteMember(app, caller, id, typedIn(form))
    return settle(event, form, outcome, { code, page: 'members', done: 'invited' })
  },

  withdraw: async (event: MembersEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await withdrawInvitation(app, caller, id, String(form.get('invitation')))
    return settle(event, form, outcome, { code, page: 'members', done: 'withdrawn' })
  },

  answer: async (event: MembersEvent) => {
    const { code } = await aboutOrganisation(event)
    return answerFromPage(event, organisationAddress(event.locals.language, code, '/members?done=answered'))
  },

  end: async (event: MembersEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await endMembership(app, caller, id, {
      role: String(form.get('role')),
      given: typedIn(form)
    })
    return settle(event, form, outcome, { code, page: 'members', done: 'ended' })
  },

  appoint: async (event: MembersEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await appointRepresentative(app, caller, id, String(form.get('person')))
    return settle(event, form, outcome, { code, page: 'members', done: 'appointed' })
  },

  substitute: async (event: MembersEvent) => {
    const { app, caller } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await nameSubstitute(app, caller, id, typedIn(form))
    return settle(event, form, outcome, { code, page: 'members', done: 'substitute' })
  },

  leave: async (event: MembersEvent) => {
    const { app, caller, language } = event.locals
    const { id, code } = await aboutOrganisation(event)
    const form = await event.request.formData()
    const outcome = await leaveOrganisation(app, caller, id)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    redirect(303, organisationAddress(language, code))
  }
}
