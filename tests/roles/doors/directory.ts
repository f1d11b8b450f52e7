import { type Door, open } from '../door.ts'
import { freshAdviceRequest, freshInvitation, freshOfficer, freshSubstitution } from '../fresh.ts'
import type { World } from '../world.ts'

const ofTheBody = ({ body }: World) => ({ parts: { body }, concerns: { body } })

/** Of any body, or any organisation: one’s own. */
const own = () => ({ concerns: { body: 'any', organisation: 'any' } })

const publicDoors: Door[] = [
  ...open(
    ['directory.listBodies'],
    'load /directory',
    'GET /directory/bodies.csv',
    'api GET /api/v1/directory/bodies'
  ),
  { door: 'load /directory/[body]', asks: ['directory.showBody'], at: ofTheBody },
  { door: 'api GET /api/v1/directory/bodies/:body', asks: ['directory.showBody'], at: ofTheBody },
  ...open(['directory.whoHandles'], 'load /directory/who-handles', 'api GET /api/v1/directory/handling')
]

const staff: Door[] = [
  { door: 'load /directory/[body]/officers', asks: ['directory.staffOf'], at: ofTheBody },
  { door: 'post /directory/[body]/officers?/invite', asks: ['directory.invite-officer'], at: ofTheBody },
  {
    door: 'post /directory/[body]/officers?/withdraw',
    asks: ['directory.withdraw-invitation'],
    at: async (world) => ({ ...ofTheBody(world), body: { invitation: await freshInvitation(world) } })
  },
  {
    door: 'post /directory/[body]/officers?/assign',
    asks: ['directory.assign-officer'],
    at: async (world) => ({ ...ofTheBody(world), body: { officer: await freshOfficer(world) } })
  },
  {
    door: 'post /directory/[body]/officers?/end',
    asks: ['directory.end-officer'],
    at: async (world) => ({ ...ofTheBody(world), body: { officer: await freshOfficer(world) } })
  },
  { door: 'post /directory/[body]/officers?/substitute', asks: ['directory.name-substitute'], at: ofTheBody },
  {
    door: 'post /directory/[body]/officers?/back',
    asks: ['directory.end-substitution'],
    at: async (world) => ({ ...ofTheBody(world), body: { substitution: await freshSubstitution(world) } })
  },
  ...open(['directory.lookAtInvitation'], 'load /directory/invitation'),
  ...open(['directory.accept-invitation'], 'post /directory/invitation')
]

const desk: Door[] = [
  { door: 'load /directory/desk', asks: ['directory.deskOf'], at: own },
  {
    door: 'post /directory/desk?/take',
    asks: ['directory.take-waiting'],
    at: ({ body, waiting }) => ({ concerns: { body }, body: { waiting } })
  },
  {
    door: 'post /directory/desk?/handOver',
    asks: ['directory.hand-over-waiting'],
    at: ({ body, waiting }) => ({ concerns: { body }, body: { waiting, to: 'body:none' } })
  },
  { door: 'load /directory/desk/advice', asks: ['directory.adviceLog'], at: own },
  { door: 'GET /directory/desk/advice.csv', asks: ['directory.adviceLog'], at: own },
  {
    door: 'post /directory/desk/advice?/strike',
    asks: ['directory.strike-advice'],
    at: ({ body, advice }) => ({ concerns: { body }, body: { advice } }),
    butNot: { administrator: 'a second officer is there' }
  },
  { door: 'load /directory/desk/advice/new', asks: ['directory.book-advice'], at: own },
  {
    door: 'post /directory/desk/advice/new',
    asks: ['directory.book-advice'],
    // An expert says for which body.
    at: ({ body }) => ({ ...own(), body: { body } })
  }
]

const advice: Door[] = [
  { door: 'load /directory/advice', asks: ['directory.adviceReceived'], at: own },
  { door: 'post /directory/advice?/ask', asks: ['directory.ask-for-advice'], at: own },
  {
    door: 'post /directory/advice?/withdraw',
    asks: ['directory.withdraw-advice-request'],
    at: async (world) => ({
      concerns: { organisation: world.school.id },
      body: { request: await freshAdviceRequest(world) }
    })
  },
  ...open(['directory.adviceGiven'], 'load /directory/advice-given')
]

export const directoryDoors: Door[] = [...publicDoors, ...staff, ...desk, ...advice]
