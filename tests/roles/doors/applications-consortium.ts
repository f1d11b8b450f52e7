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

/** A link that was never sent. */
const link = () => ({ parts: { secret: 'none' } })
const desk = ({ calls, body }: World) => ({
  parts: { call: calls.published, mandate: '00000000-0000-4000-8000-000000000000' },
  concerns: { body }
})

const page = '/applications/[application]/consortium'
const one = `${page}/[participant]`
const api = '/api/v1/applications/:application'

/** Nothing is named: whoever may ask hears so. */
const asked = { role: 'partner' }

export const applicationsConsortiumDoors: readonly Door[] = [
  { door: `load ${page}`, asks: ['applications.consortiumAtWork', 'applications.checkDraft'], at: draft },
  { door: `post ${page}?/move`, asks: ['applications.move-participant'], at: withBody({ to: 'up' }) },
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
  // The coordinator has no mandate: its own people hear that there is none.
  { door: `GET ${one}/mandate`, asks: ['applications.consortiumAtWork'], at: draft, alsoIn: [409] },
  { door: `GET ${one}/mandate-to-sign`, asks: ['applications.consortiumAtWork'], at: draft, alsoIn: [409] },
  { door: 'load /applications/mandates/[secret]', asks: ['applications.mandateByLink'], at: link },
  {
    door: 'post /applications/mandates/[secret]?/accept',
    asks: ['applications.accept-mandate-by-link'],
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
