import { grantRole } from '#server/people'
import { type Door, open } from '../door.ts'
import { callerAgain } from '../../cast/cast.ts'
import { freshMember, freshMemberInvitation, freshRequest } from '../fresh.ts'
import type { Visitor } from '../visitors.ts'
import type { World } from '../world.ts'

const theSchool = ({ school }: World) => ({
  parts: { code: school.code, step: 'place' },
  concerns: { organisation: school.id }
})
const picture = (world: World) => ({
  ...theSchool(world),
  parts: { code: world.school.code, step: 'picture' }
})

/** Inside of the school: its people, and the officers who look after it. */
const inside = ({ school, lookingAfter }: World) => ({
  parts: { code: school.code },
  concerns: { organisation: school.id, body: lookingAfter }
})
const pair = (world: World) => ({
  ...inside(world),
  query: `keep=${world.school.code}&other=${world.orphan.code}`
})

/** Whoever works there decides, as long as anybody does. */
const insidersDecide = {
  officer: 'the school has people who decide',
  administrator: 'the school has people who decide'
}

/** Whoever left is back, in the same role. */
async function comeBack({ site: { app } }: World, visitor: Visitor): Promise<void> {
  const { caller } = visitor
  if (caller.person === undefined || !('session' in caller.by)) return
  const acting = caller.acting
  if (!acting || !('organisation' in acting)) return
  await grantRole(app.database, caller.person, acting)
  visitor.caller = await callerAgain(app.database, caller)
}

const members: Door[] = [
  {
    door: 'load /organisations/[code=organisation]/members',
    asks: ['organisations.showMembers'],
    at: inside
  },
  {
    door: 'post /organisations/[code=organisation]/members?/invite',
    asks: ['organisations.invite-member'],
    at: theSchool
  },
  {
    door: 'post /organisations/[code=organisation]/members?/withdraw',
    asks: ['organisations.withdraw-invitation'],
    at: async (world) => ({
      ...theSchool(world),
      body: { invitation: await freshMemberInvitation(world) }
    })
  },
  {
    door: 'post /organisations/[code=organisation]/members?/answer',
    asks: ['organisations.answer-request'],
    at: async (world) => ({
      ...inside(world),
      body: { decision: `:${await freshRequest(world, world.school.id)}` }
    }),
    butNot: insidersDecide
  },
  {
    door: 'post /organisations/[code=organisation]/members?/end',
    asks: ['organisations.end-membership'],
    at: async (world) => ({ ...inside(world), body: { role: (await freshMember(world)).acting!.id } })
  },
  {
    door: 'post /organisations/[code=organisation]/members?/appoint',
    asks: ['organisations.appoint-representative'],
    at: async (world) => ({ ...theSchool(world), body: { person: (await freshMember(world)).person } })
  },
  {
    door: 'post /organisations/[code=organisation]/members?/substitute',
    asks: ['organisations.name-substitute'],
    at: theSchool
  },
  {
    door: 'post /organisations/[code=organisation]/members?/leave',
    asks: ['organisations.leave-organisation'],
    at: theSchool,
    afterwards: comeBack
  },
  // Whoever is signed in sees their own request, if there is one.
  {
    door: 'load /organisations/[code=organisation]/joining',
    asks: ['organisations.ownRequest'],
    at: theSchool
  },
  {
    door: 'post /organisations/[code=organisation]/joining?/ask',
    asks: ['organisations.ask-to-join'],
    at: theSchool
  },
  {
    door: 'post /organisations/[code=organisation]/joining?/withdraw',
    asks: ['organisations.withdraw-request'],
    at: async (world, { caller: { person } }) => ({
      ...theSchool(world),
      concerns: { person },
      body: { request: await freshRequest(world, world.orphan.id, person) }
    })
  },
  {
    door: 'load /organisations/invitations/[secret]',
    asks: ['organisations.showInvitation'],
    at: () => ({ parts: { secret: 'none' } })
  },
  {
    door: 'post /organisations/invitations/[secret]',
    asks: ['organisations.accept-invitation'],
    at: () => ({ parts: { secret: 'none' } })
  }
]

const proofs: Door[] = [
  {
    door: 'load /organisations/[code=organisation]/domains',
    asks: ['organisations.showDomains'],
    at: theSchool
  },
  {
    door: 'post /organisations/[code=organisation]/domains?/ask',
    asks: ['organisations.ask-for-domain-proof'],
    at: theSchool
  },
  // None was begun.
  {
    door: 'post /organisations/[code=organisation]/domains?/look',
    asks: ['organisations.check-domain-proof'],
    at: theSchool,
    alsoIn: [404]
  },
  {
    door: 'load /organisations/domain-proofs/[secret]',
    asks: ['organisations.showDomainMail'],
    at: () => ({ parts: { secret: 'none' } })
  },
  {
    door: 'post /organisations/domain-proofs/[secret]',
    asks: ['organisations.confirm-domain-mail'],
    at: () => ({ parts: { secret: 'none' } })
  },
  {
    door: 'load /organisations/[code=organisation]/evidence',
    asks: ['organisations.seeableFacts'],
    at: inside
  },
  {
    door: 'post /organisations/[code=organisation]/evidence',
    asks: ['organisations.see-documents'],
    at: inside
  },
  {
    door: 'load /organisations/[code=organisation]/grants',
    asks: ['organisations.showExperience'],
    at: inside
  },
  {
    door: 'post /organisations/[code=organisation]/grants?/note',
    asks: ['organisations.note-earlier-grant'],
    at: inside
  },
  // None was noted.
  {
    door: 'post /organisations/[code=organisation]/grants?/strike',
    asks: ['organisations.strike-earlier-grant'],
    at: inside,
    alsoIn: [404]
  }
]

const desk: Door[] = [
  {
    door: 'load /organisations/[code=organisation]/history',
    asks: ['organisations.showHistory'],
    at: inside
  },
  {
    door: 'post /organisations/[code=organisation]/history?/undo',
    asks: ['organisations.undo-merge'],
    at: (world) => ({ ...inside(world), body: { merge: world.merge } })
  },
  {
    door: 'load /organisations/desk',
    asks: ['organisations.showDesk'],
    at: () => ({ concerns: { body: 'any' } })
  },
  {
    door: 'post /organisations/desk?/answer',
    asks: ['organisations.answer-request'],
    at: async (world) => ({
      concerns: { organisation: world.orphan.id, body: world.lookingAfter },
      body: { decision: `:${await freshRequest(world, world.orphan.id)}` }
    })
  },
  { door: 'load /organisations/desk/pair', asks: ['organisations.merge-organisations'], at: pair },
  { door: 'post /organisations/desk/pair?/merge', asks: ['organisations.merge-organisations'], at: pair },
  { door: 'post /organisations/desk/pair?/apart', asks: ['organisations.tell-apart'], at: pair }
]

const records: Door[] = [
  ...open(['organisations.findOrganisations'], 'api GET /api/v1/organisations/suggestions'),
  ...open(['organisations.listOrganisations'], 'load /organisations', 'api GET /api/v1/organisations'),
  ...open(['organisations.listForFile'], 'GET /organisations/list.csv'),
  ...open(
    ['organisations.register-organisation'],
    'load /organisations/registration',
    'post /organisations/registration',
    'api POST /api/v1/organisations'
  ),
  {
    door: 'load /organisations/[code=organisation]',
    asks: ['organisations.showOrganisation'],
    at: theSchool
  },
  { door: 'api GET /api/v1/organisations/:code', asks: ['organisations.organisationByCode'], at: theSchool },
  // The school has none.
  {
    door: 'GET /organisations/[code=organisation]/logo',
    asks: ['organisations.showOrganisation'],
    at: theSchool,
    alsoIn: [404]
  },
  // It only leads to the first step.
  { door: 'GET /organisations/[code=organisation]/edit', asks: [], at: theSchool },
  {
    door: 'load /organisations/[code=organisation]/edit/[step]',
    asks: ['organisations.change-record'],
    at: theSchool
  },
  {
    door: 'post /organisations/[code=organisation]/edit/[step]?/save',
    asks: ['organisations.change-record'],
    at: theSchool
  },
  {
    door: 'post /organisations/[code=organisation]/edit/[step]?/picture',
    asks: ['organisations.change-logo'],
    at: picture
  },
  {
    door: 'post /organisations/[code=organisation]/edit/[step]?/remove-picture',
    asks: ['organisations.change-logo'],
    at: picture
  },
  {
    door: 'api PUT /api/v1/organisations/:code/sections/:section',
    asks: ['organisations.change-record'],
    at: ({ school }) => ({
      parts: { code: school.code, section: 'place' },
      concerns: { organisation: school.id },
      body: { revision: 1 }
    })
  }
]

export const organisationsDoors: Door[] = [...records, ...members, ...proofs, ...desk]
