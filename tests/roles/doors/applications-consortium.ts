import { startApplication } from '#server/applications'
import { pdf } from '#shared/files/files.fixture.ts'
import { inviteParticipant } from '../../../src/modules/applications/actions/invite-participant.ts'
import { uploadMandate } from '../../../src/modules/applications/actions/upload-mandate.ts'
import { ok } from '../../cast/calls-at-desk.ts'
import type { Door, Place } from '../door.ts'
import type { World } from '../world.ts'

/** Maria’s draft, and her own part in it: what cannot be done to a coordinator is refused after the permission. */
async function draft({ application, school, site }: World): Promise<Place> {
  const { id } = await site.app.database
    .selectFrom('applications.participant')
    .select('id')
    .where('application', '=', application.id)
    .where('role', '=', 'coordinator')
    .executeTakeFirstOrThrow()
  return {
    parts: { application: application.code, participant: id },
    concerns: { organisation: school.id }
  }
}

const withBody = (body: Readonly<Record<string, unknown>>) => async (world: World) => ({
  ...(await draft(world)),
  body
})

/** The coordinator stays first: whoever may move partners hears so. */
async function moved(world: World): Promise<Place> {
  const place = await draft(world)
  return { ...place, body: { participant: place.parts!.participant, to: 'up' } }
}

/** A link that was never sent. */
const link = () => ({ parts: { secret: 'none' } })
/** A mandate that waits for an officer, in an application of Maria’s beside the one of the walk. */
const waiting = new WeakMap<World, Promise<string>>()

function mandateOf(world: World): Promise<string> {
  const made = waiting.get(world) ?? sendMandate(world)
  waiting.set(world, made)
  return made
}

async function sendMandate({ site: { app }, cast: { maria }, calls, school }: World): Promise<string> {
  const begun = { action: 'cooperation-partnerships', field: 'school', language: 'lv', title: 'Otrs' }
  const { code } = ok(
    await startApplication(app, maria, { ...begun, call: calls.published, organisation: school.id })
  )
  const partner = { name: 'Escola', country: 'PT', email: 'rita@example.pt', role: 'partner' }
  const { participant } = ok(await inviteParticipant(app, maria, code, partner))
  const given = { participant, content: new Blob([pdf()]).stream(), name: 'm.pdf', language: 'lv' } as const
  const sent = await uploadMandate(app, maria, code, given)
  if (!('mandate' in sent)) throw new Error(JSON.stringify(sent))
  return sent.mandate
}

const desk = async (world: World) => {
  const mandate = await mandateOf(world)
  return {
    parts: { call: world.calls.published, mandate },
    concerns: { body: world.body },
    // No verdict is named: whoever may say one hears so.
    body: { mandate }
  }
}

const page = '/applications/[application]/consortium'
const one = `${page}/[participant]`
const api = '/api/v1/applications/:application'

/** Nothing is named: whoever may ask hears so. */
const asked = { role: 'partner' }

export const applicationsConsortiumDoors: readonly Door[] = [
  { door: `load ${page}`, asks: ['applications.consortiumAtWork', 'applications.checkDraft'], at: draft },
  { door: `post ${page}?/move`, asks: ['applications.move-participant'], at: moved },
  { door: `load ${page}/invitation`, asks: ['applications.consortiumAtWork'], at: draft },
  { door: `post ${page}/invitation`, asks: ['applications.invite-participant'], at: withBody(asked) },
  { door: `load ${one}`, asks: ['applications.consortiumAtWork'], at: draft },
  { door: `post ${one}?/accept`, asks: ['applications.accept-mandate'], at: draft },
  { door: `post ${one}?/decline`, asks: ['applications.decline-participation'], at: draft },
  { door: `post ${one}?/change`, asks: ['applications.change-participant'], at: draft },
  { door: `post ${one}?/again`, asks: ['applications.send-invitation-again'], at: draft },
  { door: `post ${one}?/remove`, asks: ['applications.remove-participant'], at: draft },
  { door: `post ${one}?/upload`, asks: ['applications.upload-mandate'], at: draft },
  {
    door: `post ${one}?/state`,
    asks: ['applications.state-facts'],
    at: withBody({ nonProfit: 'perhaps' })
  },
  { door: `GET ${one}/mandate`, asks: ['applications.consortiumAtWork'], at: draft },
  { door: `GET ${one}/mandate-to-sign`, asks: ['applications.consortiumAtWork'], at: draft },
  {
    door: 'load /applications/mandates/[secret]',
    asks: ['applications.mandateByLink', 'applications.givenByLink'],
    at: link
  },
  {
    door: 'GET /applications/mandates/[secret]/document',
    asks: ['applications.givenByLink'],
    at: link
  },
  {
    door: 'post /applications/mandates/[secret]?/accept',
    asks: ['applications.accept-mandate-by-link'],
    at: link
  },
  {
    door: 'post /applications/mandates/[secret]?/connect',
    asks: ['applications.connect-partner'],
    at: link
  },
  { door: 'post /applications/mandates/[secret]?/decline', asks: ['applications.decline-by-link'], at: link },
  { door: 'load /applications/desk/[call]/mandates', asks: ['applications.mandatesToConfirm'], at: desk },
  {
    door: 'GET /applications/desk/[call]/mandates/[mandate]',
    asks: ['applications.mandatesToConfirm'],
    at: desk
  },
  { door: 'post /applications/desk/[call]/mandates', asks: ['applications.confirm-mandate'], at: desk },
  { door: `api GET ${api}/consortium`, asks: ['applications.consortiumAtWork'], at: draft },
  { door: `api GET ${api}/check`, asks: ['applications.checkDraft'], at: draft },
  { door: `api POST ${api}/participants`, asks: ['applications.invite-participant'], at: withBody(asked) },
  {
    door: `api PATCH ${api}/participants/:participant`,
    asks: ['applications.change-participant'],
    at: draft
  },
  {
    door: `api DELETE ${api}/participants/:participant`,
    asks: ['applications.remove-participant'],
    at: draft
  },
  {
    door: `api POST ${api}/participants/:participant/invitation`,
    asks: ['applications.send-invitation-again'],
    at: draft
  },
  {
    door: `api POST ${api}/participants/:participant/place`,
    asks: ['applications.move-participant'],
    at: withBody({ to: 'up' })
  },
  {
    door: `api PUT ${api}/participants/:participant/facts`,
    asks: ['applications.state-facts'],
    at: withBody({ nonProfit: 'perhaps' })
  },
  { door: `api POST ${api}/mandate`, asks: ['applications.accept-mandate'], at: draft },
  { door: `api DELETE ${api}/mandate`, asks: ['applications.decline-participation'], at: draft }
]
