import { type Door, open } from '../door.ts'
import type { World } from '../world.ts'

const theSchool = ({ school }: World) => ({
  parts: { code: school.code, step: 'place' },
  concerns: { organisation: school.id }
})
const picture = (world: World) => ({
  ...theSchool(world),
  parts: { code: world.school.code, step: 'picture' }
})

export const organisationsDoors: Door[] = [
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
