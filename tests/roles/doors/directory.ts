import { type Door, open } from '../door.ts'
import { freshAdviceRequest, freshInvitation, freshOfficer, freshSubstitution } from '../fresh.ts'
import type { World } from '../world.ts'

const ofTheBody = ({ body }: World) => ({ parts: { body }, concerns: { body } })

const ofTheSchool = ({ school }: World) => ({
  parts: { organisation: school.id },
  concerns: { organisation: school.id }
})

/** At the body, with one more part of the address. */
const part = (name: string, value: string) => (world: World) => {
  const place = ofTheBody(world)
  return { ...place, parts: { ...place.parts, [name]: value } }
}

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

const editing: Door[] = [
  ...open(['directory.save-body'], 'load /directory/new', 'post /directory/new'),
  { door: 'load /directory/[body]/edit', asks: ['directory.save-body'], at: ofTheBody },
  { door: 'post /directory/[body]/edit', asks: ['directory.save-body'], at: ofTheBody },
  // An officer who is not the head is told so.
  { door: 'load /directory/[body]/units/[unit]', asks: ['directory.save-unit'], at: part('unit', 'new') },
  { door: 'post /directory/[body]/units/[unit]', asks: ['directory.save-unit'], at: part('unit', 'new') },
  {
    door: 'load /directory/[body]/mandates/[mandate]',
    asks: ['directory.save-mandate'],
    at: part('mandate', 'new')
  },
  {
    door: 'post /directory/[body]/mandates/[mandate]?/save',
    asks: ['directory.save-mandate'],
    at: part('mandate', 'new')
  },
  {
    door: 'post /directory/[body]/mandates/[mandate]?/strike',
    asks: ['directory.strike-mandate'],
    at: part('mandate', 'none'),
    alsoIn: [404]
  }
]

const ofMachines: Door[] = [
  { door: 'api GET /api/v1/directory/desk', asks: ['directory.deskOf'], at: own },
  {
    door: 'api POST /api/v1/directory/waiting/:waiting/taking',
    asks: ['directory.take-waiting'],
    at: ({ body, waiting }) => ({
      parts: { waiting },
      concerns: { body },
      body: { taken: 'by-nobody' }
    })
  },
  {
    door: 'api POST /api/v1/directory/waiting/:waiting/handing-over',
    asks: ['directory.hand-over-waiting'],
    at: ({ body, waiting }) => ({ parts: { waiting }, concerns: { body }, body: { body: 'none' } })
  },
  { door: 'api GET /api/v1/directory/bodies/:body/advice', asks: ['directory.adviceLog'], at: ofTheBody },
  { door: 'api POST /api/v1/directory/bodies/:body/advice', asks: ['directory.book-advice'], at: ofTheBody },
  {
    door: 'api POST /api/v1/directory/advice/:advice/striking',
    asks: ['directory.strike-advice'],
    at: ({ body, advice }) => ({ parts: { advice }, concerns: { body } }),
    butNot: { administrator: 'a second officer is there' }
  },
  ...open(['directory.adviceGiven'], 'api GET /api/v1/directory/advice-given'),
  {
    door: 'api GET /api/v1/directory/organisations/:organisation/advice',
    asks: ['directory.adviceReceived'],
    at: ofTheSchool
  },
  {
    door: 'api POST /api/v1/directory/organisations/:organisation/advice-requests',
    asks: ['directory.ask-for-advice'],
    at: ofTheSchool
  },
  {
    door: 'api DELETE /api/v1/directory/advice-requests/:request',
    asks: ['directory.withdraw-advice-request'],
    at: async (world) => ({
      parts: { request: await freshAdviceRequest(world) },
      concerns: { organisation: world.school.id }
    })
  },
  { door: 'api GET /api/v1/directory/bodies/:body/officers', asks: ['directory.staffOf'], at: ofTheBody },
  {
    door: 'api POST /api/v1/directory/bodies/:body/invitations',
    asks: ['directory.invite-officer'],
    at: ofTheBody
  },
  {
    door: 'api DELETE /api/v1/directory/invitations/:invitation',
    asks: ['directory.withdraw-invitation'],
    at: async (world) => ({
      parts: { invitation: await freshInvitation(world) },
      concerns: { body: world.body }
    })
  },
  {
    door: 'api PUT /api/v1/directory/bodies/:body/officers/:officer',
    asks: ['directory.assign-officer'],
    at: async (world) => part('officer', await freshOfficer(world))(world)
  },
  {
    door: 'api DELETE /api/v1/directory/bodies/:body/officers/:officer',
    asks: ['directory.end-officer'],
    at: async (world) => part('officer', await freshOfficer(world))(world)
  },
  {
    door: 'api POST /api/v1/directory/bodies/:body/substitutions',
    asks: ['directory.name-substitute'],
    at: ofTheBody
  },
  {
    door: 'api DELETE /api/v1/directory/substitutions/:substitution',
    asks: ['directory.end-substitution'],
    at: async (world) => ({
      parts: { substitution: await freshSubstitution(world) },
      concerns: { body: world.body }
    })
  },
  { door: 'api PUT /api/v1/directory/bodies/:body', asks: ['directory.save-body'], at: ofTheBody },
  {
    door: 'api PUT /api/v1/directory/bodies/:body/units/:unit',
    asks: ['directory.save-unit'],
    at: part('unit', 'new')
  },
  {
    door: 'api PUT /api/v1/directory/bodies/:body/mandates/:mandate',
    asks: ['directory.save-mandate'],
    at: part('mandate', 'new')
  },
  {
    door: 'api DELETE /api/v1/directory/bodies/:body/mandates/:mandate',
    asks: ['directory.strike-mandate'],
    at: part('mandate', 'none'),
    alsoIn: [404]
  }
]

export const directoryDoors: Door[] = [
  ...publicDoors,
  ...staff,
  ...desk,
  ...advice,
  ...editing,
  ...ofMachines
]
